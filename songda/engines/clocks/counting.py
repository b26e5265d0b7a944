"""Counting time 计时: the moment at which a length is used up, and every day that did not count, with the reason."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from songda.engines.clocks.calendar import ONE_DAY, Calendar, Desk, Span
from songda.engines.clocks.definition import Count, Exemption, Length
from songda.engines.clocks.events import Pause

FURTHEST = 20_000  # days; a calendar on which nothing ever counts ends here instead of hanging


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day, or the part of it, that did not count, and why."""

    day: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Where counting takes place: the calendar, the desk, and what stands still."""

    calendar: Calendar
    desk: Desk
    exempt: tuple[Exemption, ...] = ()
    pauses: tuple[Pause, ...] = ()
    rolls: bool = True

    def day_off(self, day: dt.date, *, working: bool) -> str:
        """Why a whole day does not count; empty where it does. A day counts unless the clock stands still at its close."""
        for window in self.exempt:
            if window.first <= day <= window.last:
                return window.reason
        close = self.close_of(day, working=working)
        for pause in self.pauses:
            if pause.since < close and (pause.until is None or pause.until >= close):
                return f"暂停：{pause.reason}" if pause.reason else "暂停"
        if working and not self.desk.opens_on(day, self.calendar):
            return self.calendar.names.get(day, "周末")
        return ""

    def close_of(self, day: dt.date, *, working: bool) -> dt.datetime:
        """When a counted day is over: the desk's closing hour for working days, 24:00 for natural ones."""
        return self.desk.closes_at(day, self.calendar) if working else self.calendar.midnight_after(day)


@dataclass(slots=True)
class Counted:
    """The moment a length ends, and the days that did not count on the way."""

    at: dt.datetime
    skipped: list[Skipped] = field(default_factory=list)


class NeverError(ValueError):
    """The length is never used up on this calendar."""


def end_of(length: Length, start: dt.datetime, ground: Ground) -> Counted:
    """The moment at which `length`, begun at `start`, is used up. The day of the start is not counted (民法典 201)."""
    if length.count in (Count.DAYS, Count.WORKING_DAYS):
        return _days(length, start, ground)
    if length.count is Count.MONTHS:
        return _months(length, start, ground)
    return _hours(length, start, ground)


def _days(length: Length, start: dt.datetime, ground: Ground) -> Counted:
    working = length.count is Count.WORKING_DAYS
    day, left, skipped = ground.calendar.local(start).date(), length.amount, []
    for _ in range(FURTHEST):
        day += ONE_DAY
        reason = ground.day_off(day, working=working)
        if reason:
            skipped.append(Skipped(day, reason))
            continue
        left -= 1
        if left == 0:
            return _rolled(Counted(ground.close_of(day, working=working), skipped), day, ground, working=working)
    raise NeverError("日历上没有足够的可计日。")


def _months(length: Length, start: dt.datetime, ground: Ground) -> Counted:
    """The same day `amount` months on (its month's last day where there is none), later by each day that did not count."""
    first = ground.calendar.local(start).date()
    last = months_after(first, length.amount)
    skipped: list[Skipped] = []
    day = first
    for _ in range(FURTHEST):
        day += ONE_DAY
        reason = ground.day_off(day, working=False)
        if reason:
            skipped.append(Skipped(day, reason))
            last += ONE_DAY
        if day >= last:
            return _rolled(Counted(ground.close_of(day, working=False), skipped), day, ground, working=False)
    raise NeverError("日历上没有足够的可计日。")


def _rolled(counted: Counted, day: dt.date, ground: Ground, *, working: bool) -> Counted:
    if working or not ground.rolls:
        return counted
    for _ in range(FURTHEST):
        if ground.calendar.works(day):
            return Counted(ground.close_of(day, working=False), counted.skipped)
        counted.skipped.append(Skipped(day, f"末日遇{ground.calendar.names.get(day, '周末')}顺延"))
        day += ONE_DAY
    raise NeverError("日历上没有足够的工作日。")


def _hours(length: Length, start: dt.datetime, ground: Ground) -> Counted:
    left = dt.timedelta(hours=length.amount)
    day, skipped = ground.calendar.local(start).date(), []
    for _ in range(FURTHEST):
        reason = _hours_off(day, length, ground)
        if reason:
            skipped.append(Skipped(day, reason))
        else:
            for first, last in _open(day, start, length, ground):
                if first + left <= last:
                    return Counted(first + left, skipped)
                left -= last - first
        day += ONE_DAY
    raise NeverError("日历上没有足够的工作时间。")


def _hours_off(day: dt.date, length: Length, ground: Ground) -> str:
    window = next((one for one in ground.exempt if one.first <= day <= one.last), None)
    if window:
        return window.reason
    shut = length.count is Count.WORKING_HOURS and not ground.desk.opens_on(day, ground.calendar)
    return ground.calendar.names.get(day, "周末") if shut else ""


def _open(day: dt.date, start: dt.datetime, length: Length, ground: Ground) -> Iterator[Span]:
    """The spans of a day that count: the desk's hours or the whole day, from `start` on, without the pauses."""
    whole = (ground.calendar.at(day, dt.time()), ground.calendar.midnight_after(day))
    spans = ground.desk.spans_on(day, ground.calendar) if length.count is Count.WORKING_HOURS else iter((whole,))
    for first, last in spans:
        if last > start:
            yield from _without((max(first, start), last), ground.pauses)


def _without(span: Span, pauses: tuple[Pause, ...]) -> Iterator[Span]:
    first, last = span
    for pause in pauses:
        if pause.until is not None and pause.until <= first:
            continue
        if pause.since >= last:
            break
        if pause.since > first:
            yield first, pause.since
        if pause.until is None:
            return
        first = max(first, pause.until)
    if first < last:
        yield first, last


def months_after(day: dt.date, count: int) -> dt.date:
    """`count` calendar months on: 31 January + 1 month is the last day of February."""
    index = day.month - 1 + count
    year, month = day.year + index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, months.monthrange(year, month)[1]))
