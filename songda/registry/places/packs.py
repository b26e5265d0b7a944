"""Places and the tile map as a pack declares them. A place that is known by its code is corrected where it changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.places.actions import NewPlace, add_place, correct_place
from songda.registry.places.models import Place, Tile
from songda.registry.places.rules import shapes
from songda.registry.subjects.models import Subject

Item = Mapping[str, Any]


def fault_of_shape(item: Item) -> str:
    """What is wrong with the shape of a declared place, '' where nothing is; for the check of a pack."""
    try:
        return shapes.fault_of(shapes.points_of(item["points"]), item["form"])
    except ValueError as error:
        return str(error)


def load(places: Sequence[Item], tiles: Sequence[Item], *, demonstration: bool, by: Actor, now: dt.datetime) -> int:
    """Enter what is new or changed; how many."""
    homes = dict(Organisation.objects.values_list("code", "pk"))
    known = {place.code: place for place in Place.objects.exclude(code=None)}
    changed = sum(
        _load_place(item, known.get(item["code"]), homes, demonstration=demonstration, who=(by, now)) for item in places
    )
    return changed + _load_tiles(tiles, homes)


def _load_place(
    item: Item, known: Place | None, homes: Mapping[str, int], *, demonstration: bool, who: tuple[Actor, dt.datetime]
) -> int:
    by, now = who
    new = NewPlace(
        kind=item["kind"],
        name=item["name"],
        home_id=homes[item["area"]],
        form=item["form"],
        points=shapes.points_of(item["points"]),
        subject_id=_subject_of(item),
        note=item.get("note", ""),
        code=item["code"],
        demonstration=demonstration,
    )
    if known is None:
        add_place(new, by=by, now=now)
        return 1
    said = (known.kind, known.name, known.home_id, known.form, known.corners, known.subject_id, known.note)
    if known.closed_on is not None or said == (new.kind, new.name, new.home_id, new.form, new.points, new.subject_id, new.note):
        return 0
    correct_place(known.pk, new, by=by, now=now)
    return 1


def _subject_of(item: Item) -> int | None:
    number = item.get("subject")
    return None if number is None else Subject.objects.filter(local_number=number).values_list("pk", flat=True).first()


def _load_tiles(tiles: Sequence[Item], homes: Mapping[str, int]) -> int:
    """The layout is one thing: where any square differs, all are laid anew."""
    wanted = {(homes[one["area"]], one["row"], one["column"]) for one in tiles}
    present = set(Tile.objects.values_list("organisation_id", "row", "column"))
    if not wanted or wanted == present:
        return 0
    Tile.objects.all().delete()
    Tile.objects.bulk_create([Tile(organisation_id=area, row=row, column=column) for area, row, column in sorted(wanted)])
    return len(wanted - present)
