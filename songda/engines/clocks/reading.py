"""Reading a clock 读时限: where it stands, until when, which lamp burns, and everything that explains it."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace

from songda.engines.clocks.calendar import Calendar
from songda.engines.clocks.counting import Ground, Skipped, end_of
from songda.engines.clocks.definition import Count, Definition, Length
from songda.engines.clocks.events import Course, Event, course_of


class Standing(enum.StrEnum):
    """Where a clock stands."""

    IDLE = "idle"  # 未起算: nothing has started it
    WAITING = "waiting"  # 待条件: the event it awaits has not come
    RUNNING = "running"  # 计时中
    PAUSED = "paused"  # 暂停
    STOPPED = "stopped"  # 已办结


class Lamp(enum.StrEnum):
    """Lamps 灯: green more than half left, blue 提醒 half or less, yellow 预警 nearly due, red 超期 overdue. None burns at rest."""

    NONE = ""
    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock as read: pure data, the same for the same events. `due_at` is None while idle, waiting or paused.

    `course` and `skipped` explain the deadline: what started it, pauses, extensions, and each day that did not count.
    `provisional`: the deadline falls in a year whose holidays are not announced. `late` is known once it is stopped.
    """

    definition: Definition
    course: Course
    standing: Standing
    counts_from: dt.datetime | None = None
    due_at: dt.datetime | None = None
    blue_at: dt.datetime | None = None
    yellow_at: dt.datetime | None = None
    skipped: tuple[Skipped, ...] = ()
    provisional: bool = False

    @property
    def late(self) -> bool:
        """Stopped after its deadline."""
        return self.course.stopped_at is not None and self.due_at is not None and self.course.stopped_at > self.due_at

    def lamp(self, now: dt.datetime) -> Lamp:
        """The lamp at a moment; a moment equal to the deadline is still in time."""
        if self.standing is not Standing.RUNNING or self.due_at is None:
            return Lamp.NONE
        if now > self.due_at:
            return Lamp.RED
        if self.yellow_at is not None and now >= self.yellow_at:
            return Lamp.YELLOW
        return Lamp.BLUE if self.blue_at is not None and now >= self.blue_at else Lamp.GREEN

    def turns(self) -> tuple[dt.datetime, ...]:
        """The moments at which the lamp changes, in order."""
        if self.standing is not Standing.RUNNING or self.due_at is None:
            return ()
        past_due = self.due_at + dt.timedelta(microseconds=1)
        return tuple(sorted(at for at in (self.blue_at, self.yellow_at, past_due) if at is not None))


def read_clock(definition: Definition, events: Iterable[Event], calendar: Calendar) -> Reading:
    """The clock after these events."""
    course = course_of(definition, events)
    if course.started_at is None:
        return Reading(definition, course, Standing.IDLE)
    if definition.awaits and course.awaited_at is None and course.fixed is None:
        standing = Standing.STOPPED if course.stopped_at else Standing.WAITING
        return Reading(definition, course, standing)
    if course.paused is not None:
        return Reading(definition, course, Standing.PAUSED)
    return _counted(definition, course, calendar)


def _counted(definition: Definition, course: Course, calendar: Calendar) -> Reading:
    standing = Standing.STOPPED if course.stopped_at else Standing.RUNNING
    ground = Ground(calendar, definition.desk, definition.exempt, course.pauses, definition.rolls)
    begun = max(at for at in (course.started_at, course.awaited_at if definition.awaits else None) if at is not None)
    first = definition.desk.received_at(begun, calendar) if _by_desk(definition) else calendar.local(begun)
    reading = Reading(definition, course, standing, counts_from=first)
    if course.fixed is not None and course.fixed.due is not None:
        reading = replace(reading, due_at=calendar.local(course.fixed.due))
    else:
        counted = end_of(definition.length, first, ground)
        reading = replace(reading, due_at=counted.at, skipped=tuple(counted.skipped))
    for extension in course.extensions:
        if extension.length is not None and reading.due_at is not None:
            counted = end_of(extension.length, reading.due_at, ground)
            reading = replace(reading, due_at=counted.at, skipped=(*reading.skipped, *counted.skipped))
    return _with_lamps(reading, ground)


def _with_lamps(reading: Reading, ground: Ground) -> Reading:
    first, due = reading.counts_from, reading.due_at
    if first is None or due is None:
        return reading
    length, soon = reading.definition.length, reading.definition.soon
    blue = end_of(replace(length, amount=(length.amount + 1) // 2), first, ground).at if length.amount > 1 else None
    return replace(
        reading,
        blue_at=blue if blue is not None and blue < due else None,
        yellow_at=max(first, before(soon, due, ground)) if soon is not None else None,
        provisional=not ground.calendar.announced(due.year),
    )


def before(length: Length, at: dt.datetime, ground: Ground) -> dt.datetime:
    """From when on less than `length` is left until `at`, to the minute: found by halving, since `end_of` never falls."""
    step = dt.timedelta(days=1) if length.count is not Count.MONTHS else dt.timedelta(days=31)
    low = at - step
    while end_of(length, low, ground).at > at:
        low -= step
        step *= 2
    high = at
    while high - low > dt.timedelta(minutes=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if end_of(length, middle, ground).at <= at else (low, middle)
    return high.replace(second=0, microsecond=0)


def _by_desk(definition: Definition) -> bool:
    return definition.length.count in (Count.WORKING_HOURS, Count.WORKING_DAYS)
