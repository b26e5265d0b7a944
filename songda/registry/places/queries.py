"""Reads of places: the list, what is near, what holds a point, how many there are where, and the tile map.

A box narrows the rows by an index, then each is measured exactly. Nothing is asked of an extension or of the network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from songda.kernel.paths import path_end
from songda.registry.actors import Actor
from songda.registry.organisations import access as organisations
from songda.registry.organisations.models import Organisation
from songda.registry.places.access import visible_to
from songda.registry.places.models import Place, Tile
from songda.registry.places.rules.drawing import Outline, Sketch, sketch
from songda.registry.places.rules.geometry import HALF_ROUND, Box, Point, around, contains, distance_to, middle
from songda.registry.places.rules.tiles import AreaValue, TileMap, laid_out

FIRST_LOOK = 100.0  # metres
GROWTH = 3
NEIGHBOURS = 6


@dataclass(frozen=True, slots=True)
class Near:
    """A place and how far it is, in metres (0: inside)."""

    place: Place
    metres: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of the list. `area`: the code of a unit."""

    text: str = ""
    kind: str = ""
    area: str = ""


def listed(actor: Actor, wanted: Wanted | None = None) -> QuerySet[Place]:
    """The places in sight that are still there, by the pinyin of names."""
    wanted = wanted or Wanted()
    found = present(actor, wanted.kind).select_related("home", "subject").order_by("name_key", "id")
    if wanted.area:
        home = organisations.visible_to(actor).filter(code=wanted.area).first()
        found = found.filter(area_path__gte=home.area_path, area_path__lt=path_end(home.area_path)) if home else found.none()
    return found.filter(name__contains=wanted.text) if wanted.text else found


def present(actor: Actor, kind: str = "") -> QuerySet[Place]:
    """The places in sight that are still there, of one kind or all."""
    found = visible_to(actor).filter(closed_on=None)
    return found.filter(kind=kind) if kind else found


def overlapping(places: QuerySet[Place], box: Box) -> QuerySet[Place]:
    """Those whose box meets another box. The boxes are asked first and alone: beside a scope, planners forget their index."""
    meeting = Place.objects.filter(south__lte=box.north, north__gte=box.south, west__lte=box.east, east__gte=box.west)
    return places.filter(pk__in=meeting.values("pk"))


def within_distance(point: Point, metres: float, *, actor: Actor, kind: str = "") -> list[Near]:
    """Every place within a distance, nearest first. Two queries."""
    return _loaded(_measured(point, metres, present(actor, kind)))


def nearest(point: Point, *, actor: Actor, kind: str = "", limit: int = 5) -> list[Near]:
    """The nearest places, at most `limit`. The circle grows until it holds enough, so that the answer is exact."""
    radius, places = FIRST_LOOK, present(actor, kind)
    while True:
        found = _measured(point, radius, places)
        if len(found) >= limit or radius >= HALF_ROUND:
            return _loaded(found[:limit])
        radius = min(radius * GROWTH, HALF_ROUND)


def containing(point: Point, *, actor: Actor, kind: str = "") -> list[Place]:
    """The areas that hold a point, the smallest box first. One query."""
    areas = present(actor, kind).filter(form=Place.Form.AREA).select_related("home")
    rows = overlapping(areas, Box(point[0], point[1], point[0], point[1]))
    held = [place for place in rows if contains(place.corners, point)]
    return sorted(held, key=lambda place: ((place.north - place.south) * (place.east - place.west), place.pk))


def neighbours_of(place: Place, actor: Actor) -> list[Near]:
    """What lies nearest to the middle of a place, without itself."""
    return [one for one in nearest(middle(place.corners), actor=actor, limit=NEIGHBOURS + 1) if one.place.pk != place.pk][
        :NEIGHBOURS
    ]


def sketch_of(place: Place, neighbours: Sequence[Near]) -> Sketch:
    """The sketch on a place's page: it, and the neighbours not too far to be drawn beside it."""
    own = around(middle(place.corners), 1.0)
    tall = max(place.north - place.south, place.east - place.west, own.north - own.south, 20_000)
    beside = [one.place for one in neighbours if _apart(place, one.place) <= 2 * tall]
    outlines = [Outline(place.corners, place.form, place.name)]
    outlines += [Outline(one.corners, one.form, one.name, f"/places/{one.pk}/") for one in beside if _size(one) <= 3 * tall]
    return sketch(outlines)


def counts(actor: Actor, kind: str = "") -> dict[str, int]:
    """How many places there are at each area path. One query."""
    rows = present(actor, kind).order_by().values("area_path").annotate(n=Count("pk")).values_list("area_path", "n")
    return dict(rows)


def heat(by_path: Mapping[str, int], actor: Actor, address: str = "") -> list[AreaValue]:
    """Numbers by area path summed up to the districts and zones in sight, for the tile map. `address`: what the area's code is put
    behind to reach its rows.
    """
    kinds = (Organisation.Kind.DISTRICT, Organisation.Kind.ZONE)
    areas = organisations.visible_to(actor).filter(kind__in=kinds, ends_on=None).order_by("area_path", "code")
    return [
        AreaValue(
            area.code,
            area.short_name,
            sum(number for path, number in by_path.items() if path.startswith(area.area_path)),
            f"{address}{area.code}" if address else "",
        )
        for area in areas
    ]


def tile_map(values: Sequence[AreaValue]) -> TileMap:
    """The values on the map. One query."""
    rows = Tile.objects.filter(organisation__code__in=[one.code for one in values])
    return laid_out(
        values, {code: (row, column) for code, row, column in rows.values_list("organisation__code", "row", "column")}
    )


def _measured(point: Point, metres: float, places: QuerySet[Place]) -> list[tuple[float, int]]:
    """Distance and number of what lies in a circle, in order. Only what is measured is read."""
    rows = overlapping(places, around(point, metres)).order_by().values_list("pk", "form", "points")
    measured = ((distance_to(point, [(corner[0], corner[1]) for corner in points], form), pk) for pk, form, points in rows)
    return sorted(one for one in measured if one[0] <= metres)


def _loaded(measured: Sequence[tuple[float, int]]) -> list[Near]:
    found = Place.objects.select_related("home").in_bulk([pk for _metres, pk in measured])
    return [Near(found[pk], metres) for metres, pk in measured]


def _apart(one: Place, other: Place) -> int:
    here, there = middle(one.corners), middle(other.corners)
    return max(abs(here[0] - there[0]), abs(here[1] - there[1]))


def _size(place: Place) -> int:
    return max(place.north - place.south, place.east - place.west)
