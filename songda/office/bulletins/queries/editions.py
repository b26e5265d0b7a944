"""Published pieces and time: what was corrected behind one since, how two editions differ, whether its numbers come out again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from songda.office.bulletins.models import BoundNumber, Piece
from songda.office.bulletins.queries.manuscripts import bound_of, reading_of
from songda.office.bulletins.rules.differences import Changed, Reworded, numbers_changed, reworded
from songda.office.bulletins.rules.frozen import sections_in
from songda.office.bulletins.rules.wording import said
from songda.office.indicators.models import Value
from songda.office.indicators.queries import shown


@dataclass(frozen=True, slots=True)
class Correction:
    """A value behind a published number that was replaced since: what it said, what it says now, why and when."""

    token: str
    label: str
    old: str
    new: str
    reason: str
    at: dt.datetime


def corrections_of(piece: Piece) -> list[Correction]:
    """The corrections since, of the numbers of a piece; as many queries as corrections were made one upon the other."""
    rows = [one for one in bound_of(piece) if one.value is not None]
    newest = replacements([one.value_id for one in rows if one.value_id is not None])
    found = []
    for one in rows:
        value = newest.get(one.value_id or 0)
        if value is not None and said(shown(value)) != one.text:
            found.append(
                Correction(one.token, value.indicator.label, one.text, said(shown(value)), value.reason, value.recorded_at)
            )
    return found


def replacements(ids: Iterable[int]) -> dict[int, Value]:
    """By value, the newest that stands for it now; only those that were replaced."""
    first: dict[int, int] = {one: one for one in ids}
    found: dict[int, Value] = {}
    while first:
        later = Value.objects.filter(replaces__in=first).select_related("indicator", "organisation")
        step = {value.pk: (first[value.replaces_id], value) for value in later if value.replaces_id is not None}
        found |= dict(step.values())
        first = {key: begun for key, (begun, _value) in step.items()}
    return found


@dataclass(frozen=True, slots=True)
class Differences:
    """How an edition differs from the one it restates."""

    numbers: list[Changed]
    words: list[Reworded]


def differences_of(piece: Piece) -> Differences:
    """Between a restated edition and the one it restates. A reason is the correction's own."""
    if piece.restates is None:
        return Differences([], [])
    old, new = piece.restates, reading_of(piece).content
    reasons = {one.token: one.reason for one in corrections_of(old)}
    before, after = (numbers_in(one["notes"]) for one in (old.frozen, new))
    labels = {note["token"]: note["label"] for one in (old.frozen, new) for note in one["notes"]}
    return Differences(numbers_changed(before, after, labels, reasons), reworded(sections_in(old.frozen), sections_in(new)))


def numbers_in(notes: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """By token, how each number reads."""
    return {note["token"]: note["text"] for note in notes}


def reproduces(piece: Piece) -> list[str]:
    """The tokens of a published piece whose kept value no longer gives the printed text; none: it comes out again as printed."""
    printed = numbers_in(piece.frozen["notes"])
    return [one.token for one in bound_of(piece) if one.token in printed and _again(one) != printed[one.token]]


def _again(one: BoundNumber) -> str:
    return said(shown(one.value)) if one.value is not None else ""
