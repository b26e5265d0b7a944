"""What is left 剩余: from when on no more than a length remains, and when half of the time is used up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from songda.engines.clocks.calendar import ONE_DAY
from songda.engines.clocks.counting import months_after, spend
from songda.engines.clocks.definition import Count, Length
from songda.engines.clocks.ground import FURTHEST, Ground, NeverError


def before(length: Length, due: dt.datetime, ground: Ground) -> dt.datetime:
    """From when on no more than `length` is left until `due`.

    In days: the beginning of the last so many counted days (of one working day: the morning of the last). In hours: exact. In
    months: the end of the day so many months back. Costs one look at each day on the way back.
    """
    if length.count in (Count.HOURS, Count.WORKING_HOURS):
        return _hours_back(length, due, ground)
    working = length.count is Count.WORKING_DAYS
    if length.count is Count.MONTHS:
        return _months_back(length, due, ground)
    left = length.amount
    for day in _back_from(due, ground):
        whole = ground.close_of(day, working=working) <= due
        left -= whole and not ground.day_off(day, working=working)
        if left == 0:
            return ground.open_of(day, working=working)
    raise NeverError("日历上没有足够的可计日。")


def half_used(count: Count, first: dt.datetime, due: dt.datetime, ground: Ground) -> dt.datetime | None:
    """When half of what counts between `first` and `due` is used up; None where there is no half (a single day)."""
    if count in (Count.HOURS, Count.WORKING_HOURS):
        half = time_between(count, first, due, ground) / 2
        return spend(half, count, first, ground).at if half > dt.timedelta(minutes=30) else None
    working = count is Count.WORKING_DAYS
    days = [
        day
        for day in _days_between(ground.calendar.local(first).date() + ONE_DAY, ground.calendar.day_of_deadline(due))
        if not ground.day_off(day, working=working)
    ]
    return ground.close_of(days[(len(days) - 1) // 2], working=working) if len(days) > 1 else None


def time_between(count: Count, first: dt.datetime, last: dt.datetime, ground: Ground) -> dt.timedelta:
    """How much time that counts lies between two moments."""
    total = dt.timedelta()
    for day in _days_between(ground.calendar.local(first).date(), ground.calendar.local(last).date()):
        for begins, ends in ground.open_spans(day, count):
            total += max(min(ends, last) - max(begins, first), dt.timedelta())
    return total


def _hours_back(length: Length, due: dt.datetime, ground: Ground) -> dt.datetime:
    left = dt.timedelta(hours=length.amount)
    for day in _back_from(due, ground):
        for first, last in reversed(list(ground.open_spans(day, length.count))):
            ended = min(last, due)
            if ended - left >= first:
                return ground.calendar.local(ended - left)
            left -= max(ended - first, dt.timedelta())
    raise NeverError("日历上没有足够的工作时间。")


def _months_back(length: Length, due: dt.datetime, ground: Ground) -> dt.datetime:
    target = months_after(ground.calendar.day_of_deadline(due), -length.amount)
    for day in _back_from(due, ground):
        if day <= target:
            return ground.close_of(day, working=False)
        target -= ONE_DAY * bool(ground.day_off(day, working=False))
    raise NeverError("日历上没有足够的可计日。")


def _back_from(due: dt.datetime, ground: Ground) -> Iterator[dt.date]:
    day = ground.calendar.day_of_deadline(due)
    for back in range(FURTHEST):
        yield day - dt.timedelta(days=back)


def _days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for on in range((last - first).days + 1):
        yield first + dt.timedelta(days=on)
