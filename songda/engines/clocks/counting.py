"""Counting time 计时: the moment at which a length is used up, and every day that did not count, with the reason."""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass, field

from songda.engines.clocks.calendar import ONE_DAY, ONE_TICK
from songda.engines.clocks.definition import Count, Length
from songda.engines.clocks.ground import FURTHEST, Ground, NeverError, Skipped


@dataclass(slots=True)
class Counted:
    """The moment a length ends, in the place's own time, and the days that did not count on the way."""

    at: dt.datetime
    skipped: list[Skipped] = field(default_factory=list)


def end_of(length: Length, start: dt.datetime, ground: Ground) -> Counted:
    """The moment at which `length`, begun at `start`, is used up. The day of the start is not counted (民法典 201).

    NeverError where the calendar holds no such moment. Costs one look at each day on the way.
    """
    if length.count in (Count.DAYS, Count.WORKING_DAYS):
        return _days(length, start, ground)
    if length.count is Count.MONTHS:
        return _months(length, start, ground)
    return spend(dt.timedelta(hours=length.amount), length.count, start, ground)


def further(length: Length, due: dt.datetime, ground: Ground) -> Counted:
    """The moment `length` after a deadline. Days are counted from the day the deadline belongs to: 24:00 of 10 March and one day
    more is 24:00 of 11 March.
    """
    hours = length.count in (Count.HOURS, Count.WORKING_HOURS)
    return end_of(length, due if hours else due - ONE_TICK, ground)


def spend(left: dt.timedelta, count: Count, start: dt.datetime, ground: Ground) -> Counted:
    """The moment at which so much time has passed while hours counted."""
    day, skipped = ground.calendar.local(start).date(), []
    for _ in range(FURTHEST):
        if reason := ground.hours_off(day, count):
            skipped.append(Skipped(day, reason))
        for first, last in ground.open_spans(day, count):
            begun = max(first, start)
            if begun + left <= last:
                return Counted(ground.calendar.local(begun + left), skipped)
            left -= max(last - begun, dt.timedelta())
        day += ONE_DAY
    raise NeverError("日历上没有足够的工作时间。")


def months_after(day: dt.date, count: int) -> dt.date:
    """`count` calendar months on (or back): 31 January + 1 month is the last day of February."""
    index = day.month - 1 + count
    year, month = day.year + index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, months.monthrange(year, month)[1]))


def _days(length: Length, start: dt.datetime, ground: Ground) -> Counted:
    working = length.count is Count.WORKING_DAYS
    day, left, skipped = ground.calendar.local(start).date(), length.amount, []
    for _ in range(FURTHEST):
        day += ONE_DAY
        if reason := ground.day_off(day, working=working):
            skipped.append(Skipped(day, reason))
            continue
        left -= 1
        if left == 0:
            return _closed(day, skipped, ground, working=working)
    raise NeverError("日历上没有足够的可计日。")


def _months(length: Length, start: dt.datetime, ground: Ground) -> Counted:
    """The same day `amount` months on (its month's last day where there is none), later by each day that did not count."""
    day, skipped = ground.calendar.local(start).date(), []
    last = months_after(day, length.amount)
    for _ in range(FURTHEST):
        day += ONE_DAY
        if reason := ground.day_off(day, working=False):
            skipped.append(Skipped(day, reason))
            last += ONE_DAY
        elif day >= last:
            return _closed(day, skipped, ground, working=False)
    raise NeverError("日历上没有足够的可计日。")


def _closed(day: dt.date, skipped: list[Skipped], ground: Ground, *, working: bool) -> Counted:
    """The close of the last day; of a natural period, of the next working day that counts where it is a day off (民法典 203)."""
    for _ in range(FURTHEST):
        rolls = not working and ground.rolls and not ground.calendar.works(day)
        reason = f"末日遇{ground.calendar.rest(day)}顺延" if rolls else ground.day_off(day, working=working)
        if not reason:
            return Counted(ground.close_of(day, working=working), skipped)
        skipped.append(Skipped(day, reason))
        day += ONE_DAY
    raise NeverError("日历上没有足够的工作日。")
