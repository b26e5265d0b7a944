"""What comes round 周期: daily dispatch 日调度, weekly meeting 周例会, monthly report 月通报; and what a day off does to it."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass

from songda.engines.clocks.calendar import ONE_DAY, Calendar
from songda.engines.clocks.counting import months_after
from songda.engines.clocks.ground import FURTHEST, NeverError


class Every(enum.StrEnum):
    """How often."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class OffDay(enum.StrEnum):
    """What happens where the day falls on a day off."""

    KEEP = "keep"  # 照常: the 5+2 campaign
    SKIP = "skip"  # 取消
    LATER = "later"  # 顺延 to the next working day
    EARLIER = "earlier"  # 提前 to the working day before


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle: at `time`, every day, on weekday `on` (1 Monday … 7 Sunday), or on day `on` of the month (31: its last day)."""

    every: Every
    time: dt.time
    on: int = 1
    off: OffDay = OffDay.KEEP

    def __post_init__(self) -> None:
        most = {Every.DAY: 1, Every.WEEK: 7, Every.MONTH: 31}[self.every]
        if not 1 <= self.on <= most:
            raise ValueError(f"周期的日应为 1 至 {most}。")


def next_after(cycle: Cycle, now: dt.datetime, calendar: Calendar) -> dt.datetime:
    """The first occurrence later than `now`; NeverError where all fall on days off."""
    start = calendar.local(now).date()
    for day in occurrences(cycle, start, start + dt.timedelta(days=FURTHEST), calendar):
        if calendar.at(day, cycle.time) > now:
            return calendar.at(day, cycle.time)
    raise NeverError("周期所有的日子都逢休息日。")


def occurrences(cycle: Cycle, first: dt.date, last: dt.date, calendar: Calendar) -> Iterator[dt.date]:
    """The days from `first` to `last` on which it is held, in order, each once (a Saturday's and a Sunday's may meet on Monday)."""
    latest: dt.date | None = None
    for nominal in _nominal(cycle, first - dt.timedelta(days=62)):
        if nominal > last + dt.timedelta(days=62):
            return
        day = _held(nominal, cycle.off, calendar)
        if day is None or (latest is not None and day <= latest):
            continue
        latest = day
        if first <= day <= last:
            yield day


def _nominal(cycle: Cycle, first: dt.date) -> Iterator[dt.date]:
    """The days by rule, without end, from the period of `first` on."""
    if cycle.every is Every.MONTH:
        month = first.replace(day=1)
        for count in range(FURTHEST):
            begins = months_after(month, count)
            yield min(begins + dt.timedelta(days=cycle.on - 1), months_after(begins, 1) - ONE_DAY)
        return
    step = 1 if cycle.every is Every.DAY else 7
    day = first if step == 1 else first - dt.timedelta(days=first.isoweekday() - cycle.on)
    for count in range(FURTHEST):
        yield day + dt.timedelta(days=count * step)


def _held(day: dt.date, off: OffDay, calendar: Calendar) -> dt.date | None:
    if off is OffDay.KEEP or calendar.works(day):
        return day
    if off is OffDay.SKIP:
        return None
    step = ONE_DAY if off is OffDay.LATER else -ONE_DAY
    while not calendar.works(day):
        day += step
    return day
