"""A target against time 进度: actual ÷ target, the share of the year gone by, behind or not, what the rest of the year needs.

Only months count whose value is known; the share of time is that at the as-of of the value, not of today, so that a late return
makes no place look behind. What is late is said beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from songda.office.economy.rules.parameters import PaceRule

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Reported:
    """A value of one month as the store has it: what it is, from which day to which day it counts, when it first came in.

    `since` is 1 January for a number that runs up over the year, the month's first day for a month's own.
    """

    number: Fraction
    since: dt.date
    until: dt.date
    first_recorded_on: dt.date
    value_id: int
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the year. `total` is the number from 1 January (or held at the month's last known day), None where unknown.

    `late`: due and not there, or there after its due day. `joined`: it comes with the next month's, and is not asked for by itself.
    """

    number: int
    due_on: dt.date
    reported: Reported | None
    own: Fraction | None
    total: Fraction | None
    late: bool
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How a target stands. Shares are fractions of one; `needed` is per month for the months left; `forecast` at the year's end.

    `until`, `actual` and all that follows from them are None where no month's value is known.
    """

    target: Fraction
    factor: Fraction
    until: dt.date | None = None
    actual: Fraction | None = None
    progress: Fraction | None = None
    time: Fraction | None = None
    threshold: Fraction | None = None
    light: str = "none"
    left: int = 0
    needed: Fraction | None = None
    average: Fraction | None = None
    forecast: Fraction | None = None
    late: bool = False


def months_of(year: int, found: Mapping[int, Reported], rule: PaceRule, on: dt.date, *, adds: bool) -> list[Month]:
    """The months of a year that have begun by a day. `found`: the reported value by month; `adds`: numbers add over the year.

    A month's own number is added to the total before it, or taken as the difference of two totals; where the month before is
    missing, only what is certain is given.
    """
    months: list[Month] = []
    before: Fraction | None = Fraction(0)
    for number in range(1, MONTHS + 1):
        if dt.date(year, number, 1) > on:
            break
        one, joined = found.get(number), number in rule.joined
        due = due_day(year, number + joined, rule)
        own, total = (_split(one, before, year) if adds else (None, one.number)) if one else (None, None)
        late = one.first_recorded_on > due if one else on > due and not joined
        months.append(Month(number, due, one, own, total, late, joined))
        before = total
    return months


def due_day(year: int, month: int, rule: PaceRule) -> dt.date:
    """The last day on which a month's value is in time."""
    return dt.date(year + month // MONTHS, month % MONTHS + 1, rule.due_day)


def time_share(until: dt.date) -> Fraction:
    """How much of the year has gone by at the end of a day."""
    first = dt.date(until.year, 1, 1)
    return Fraction((until - first).days + 1, (dt.date(until.year + 1, 1, 1) - first).days)


def progress_of(target: Fraction, months: Sequence[Month], rule: PaceRule, *, adds: bool, ceiling: bool = False) -> Progress:
    """How a target stands by the last month that is known. `ceiling`: the target must not be exceeded (less is better).

    A level (`adds` false) has to be held at any time: the share of time is one, and nothing is needed per month.
    """
    late = any(one.late for one in months)
    known = [(one.number, one.total, one.reported.until) for one in months if one.total is not None and one.reported]
    if not known:
        return Progress(target, rule.factor, late=late)
    month, actual, until = known[-1]
    share, time = actual / target, time_share(until) if adds else Fraction(1)
    threshold = time / rule.factor if ceiling else time * rule.factor
    light = _light(share, time, threshold, ceiling=ceiling)
    standing = Progress(target, rule.factor, until, actual, share, time, threshold, light, late=late)
    if not adds:
        return standing
    left = MONTHS - month
    needed = max(target - actual, Fraction(0)) / left if left else None
    return replace(standing, left=left, needed=needed, average=actual / month, forecast=actual / time)


def _light(share: Fraction, time: Fraction, threshold: Fraction, *, ceiling: bool) -> str:
    behind, slow = (share > threshold, share > time) if ceiling else (share < threshold, share < time)
    return "red" if behind else "yellow" if slow else "green"


def _split(one: Reported, before: Fraction | None, year: int) -> tuple[Fraction | None, Fraction | None]:
    """The month's own number and the total from 1 January, as far as they are certain."""
    runs_up = one.since == dt.date(year, 1, 1)
    if runs_up:
        return (None if before is None else one.number - before), one.number
    return one.number, (None if before is None else before + one.number)
