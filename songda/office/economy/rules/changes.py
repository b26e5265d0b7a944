"""Change against the period before 变动: what a number may be compared with, and whether that is good.

A number held at a moment is compared with the moment before. One counted over a period is compared with the same period a year
before, else with the period of equal length just before it; a number that runs up from 1 January is never compared with itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

SLACK = dt.timedelta(days=3)  # months have 28 to 31 days


@dataclass(frozen=True, slots=True)
class Point:
    """A value in time: from which day until which day it counts (the same day for a number held at a moment)."""

    number: Fraction
    since: dt.date
    until: dt.date
    value_id: int


@dataclass(frozen=True, slots=True)
class Change:
    """`turn` up, down, same or none; `good` whether that is for the better (None: it has no better side, or nothing to compare)."""

    turn: str
    basis: str = ""
    before: Point | None = None
    difference: Fraction = Fraction(0)
    good: bool | None = None


def change_of(points: Sequence[Point], *, flow: bool, better: str = "") -> Change:
    """How the newest of some points stands to the one that it may be compared with."""
    ordered = sorted(points, key=lambda one: (one.until, one.since))
    if not ordered:
        return Change("none")
    newest, earlier = ordered[-1], ordered[:-1]
    basis, before = _of_flow(newest, earlier) if flow else _of_moment(newest, earlier)
    if before is None:
        return Change("none")
    difference = newest.number - before.number
    turn = "up" if difference > 0 else "down" if difference < 0 else "same"
    good = None if turn == "same" or not better else turn == better
    return Change(turn, basis, before, difference, good)


def _of_moment(newest: Point, earlier: Sequence[Point]) -> tuple[str, Point | None]:
    return "moment", next((one for one in reversed(earlier) if one.until < newest.until), None)


def _of_flow(newest: Point, earlier: Sequence[Point]) -> tuple[str, Point | None]:
    year = [one for one in earlier if one.since == _year_before(newest.since) and one.until == _year_before(newest.until)]
    if year:
        return "year", year[-1]
    length = newest.until - newest.since
    near = [
        one
        for one in earlier
        if abs((one.until - one.since) - length) <= SLACK and dt.timedelta(0) < newest.since - one.until <= SLACK
    ]
    return "period", near[-1] if near else None


def _year_before(day: dt.date) -> dt.date:
    """The same day a year before; the last of February for its last."""
    following = day + dt.timedelta(days=1)
    if following.day == 1:
        return following.replace(year=following.year - 1) - dt.timedelta(days=1)
    return day.replace(year=day.year - 1)
