"""Binding 绑定: every place of a text gets the value that holds for its unit at its moment; computed ones are computed and kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from songda.kernel import clock
from songda.kernel.errors import Refused
from songda.kernel.recall import recalling
from songda.office.bulletins.models import BoundNumber, Piece
from songda.office.bulletins.queries.manuscripts import bound_of, manuscript_of
from songda.office.bulletins.rules.places import Place, places_in
from songda.office.bulletins.rules.rendering import Section, key_of, plain, sections_of
from songda.office.bulletins.rules.wording import said
from songda.office.indicators.actions import compute_value
from songda.office.indicators.queries import definitions, value_at
from songda.office.indicators.rules.shown import Shown
from songda.office.indicators.rules.sources import source_of
from songda.office.indicators.states import Origin
from songda.registry.actors import Actor, system
from songda.registry.organisations.models import Organisation
from songda.registry.organisations.queries import territory_of

TOLD = (Origin.RETURNED, Origin.READ)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a place came to: its token, its indicator's code, its value."""

    token: str
    code: str
    shown: Shown | None

    @property
    def text(self) -> str:
        """As it is printed; empty where nothing is known."""
        return said(self.shown) if self.shown is not None else ""


@recalling()
def draw(piece: Piece, *, by: Actor, now: dt.datetime) -> list[Drawn]:
    """Every place of the piece with its value, each once, in order."""
    found: dict[str, Drawn] = {}
    for section, place in _places(piece):
        token = key_of(section, place)
        if token not in found:
            found[token] = Drawn(token, place.name, _value(place, _units(piece, section, place), piece.as_of, by, now))
    return list(found.values())


def bind(piece: Piece, drawn: Sequence[Drawn]) -> None:
    """Keep what was drawn as the piece's numbers, and the title as it reads with them."""
    BoundNumber.objects.filter(piece=piece).delete()
    BoundNumber.objects.bulk_create(
        BoundNumber(
            piece=piece, seq=at, token=one.token, code=one.code, text=one.text, value_id=one.shown.value_id if one.shown else None
        )
        for at, one in enumerate(drawn, 1)
    )  # fmt: skip
    title = plain(manuscript_of(piece, bound_of(piece)).title)[:200]
    Piece.objects.filter(pk=piece.pk).update(title=title)
    piece.title = title


def changes_in(piece: Piece, drawn: Sequence[Drawn]) -> list[tuple[str, str, str]]:
    """What reads otherwise now than it stands in the piece: label, old, new."""
    labels = {code: one.label for code, one in definitions().items()}
    held = {one.token: one for one in bound_of(piece)}
    changed = []
    for one in drawn:
        kept = held.get(one.token)
        value_id = one.shown.value_id if one.shown else None
        if kept is not None and (kept.text, kept.value_id) != (one.text, value_id):
            changed.append((labels.get(one.code, one.code), kept.text, one.text))
    return changed


def _places(piece: Piece) -> Iterator[tuple[Section, Place]]:
    yield from ((Section("", ""), place) for place in places_in(piece.headline))
    for section in sections_of(piece.sections):
        yield from ((section, place) for place in places_in(section.text))


def _units(piece: Piece, section: Section, place: Place) -> list[Organisation]:
    """Whose value is meant: the unit named; else the section's unit and the territory it works for; else the piece's."""
    code = place.unit or section.unit
    unit = Organisation.objects.filter(code=code).select_related("parent").first() if code else piece.unit
    if unit is None:
        return []
    return [unit] if place.unit else list({one.pk: one for one in (unit, territory_of(unit), territory_of(piece.unit))}.values())


def _value(place: Place, units: Sequence[Organisation], as_of: dt.datetime, by: Actor, now: dt.datetime) -> Shown | None:
    moment, since = place.moment(as_of, clock.place()), place.first_day()
    for unit in units:
        if territory_of(unit).pk == unit.pk:
            _compute(place, unit, moment, by, now)
        found = value_at(place.name, unit, as_of=moment, since=since, cell=place.cell)
        if found is not None and found.origin == Origin.COMPUTED and not found.number:
            # A room that has no rows of this place counts none: what a unit returned says more.
            found = value_at(place.name, unit, as_of=moment, since=since, cell=place.cell, origins=TOLD) or found
        if found is not None:
            return found
    return None


def counter(unit: Organisation, by: Actor) -> Actor:
    """Who counts: the writer, and for an area above the writer's, whose values the writer may read, the house in the writer's name."""
    above = any(path.startswith(unit.area_path) and path != unit.area_path for path in by.area_paths)
    return system(by.name) if above else by


def _compute(place: Place, unit: Organisation, moment: dt.datetime, by: Actor, now: dt.datetime) -> None:
    """Have the room with the rows count, where the indicator is computed and one has them. A refusal leaves what was returned."""
    known = definitions()
    one = known.get(place.name)
    sources = [known[code].source for code in (one.numerator, one.denominator) if code in known] if one else []
    counted = one is not None and any(source_of(code) for code in (one.source, *sources) if code)
    if one is None or one.origin != Origin.COMPUTED or not counted:
        return
    try:
        compute_value(place.name, unit.pk, as_of=moment, since=place.first_day(), cell=place.cell, by=counter(unit, by), now=now)
    except Refused:
        return
