"""Intervals 符合区间: from who fits now and who fitted before to the fewest rows to write.

An interval is half-open, [entered_on, left_on), in days. So a subject that enters and leaves on one day leaves no row, and one
that leaves and comes back on one day never left. Times only go forward: what a later day already says is not touched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Interval:
    """A stored interval: its row, its subject, since when, until when (None: still) and the expected amount in fen."""

    row: int
    subject: int
    entered_on: dt.date
    left_on: dt.date | None
    fen: int | None


@dataclass(slots=True)
class Changes:
    """What to write: subjects that enter; intervals to close, to drop, to reopen; amounts to correct (row → fen)."""

    enter: list[int] = field(default_factory=list)
    close: list[Interval] = field(default_factory=list)
    drop: list[Interval] = field(default_factory=list)
    reopen: list[Interval] = field(default_factory=list)
    amounts: dict[int, int | None] = field(default_factory=dict)

    @property
    def entered(self) -> tuple[int, ...]:
        """Subjects that fit and did not before."""
        return (*self.enter, *(one.subject for one in self.reopen))

    @property
    def left(self) -> tuple[int, ...]:
        """Subjects that fitted and do not now."""
        return tuple(one.subject for one in (*self.close, *self.drop))

    def __bool__(self) -> bool:
        return bool(self.enter or self.close or self.drop or self.reopen or self.amounts)


def changes(stored: Iterable[Interval], fits: Mapping[int, int | None], on: dt.date, exempt: Collection[int] = ()) -> Changes:
    """What to write so that exactly `fits` (subject → fen) are present on `on`.

    `stored` are the present intervals and those that ended on `on` or later. `exempt` subjects are left as they are:
    something newer than the facts looked at has spoken about them.
    """
    found = Changes()
    untouched = set(exempt)
    present: set[int] = set()
    for one in stored:
        if one.entered_on > on or (one.left_on is not None and one.left_on > on):
            untouched.add(one.subject)
        if one.subject in untouched:
            continue
        if one.subject in fits:
            present.add(one.subject)
            _keep(one, fits[one.subject], found)
        elif one.left_on is None:
            (found.drop if one.entered_on == on else found.close).append(one)
    found.enter = [subject for subject in fits if subject not in present and subject not in untouched]
    return found


def _keep(one: Interval, fen: int | None, found: Changes) -> None:
    if one.left_on is not None:
        found.reopen.append(one)
    if one.fen != fen:
        found.amounts[one.row] = fen
