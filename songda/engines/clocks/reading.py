"""Reading a clock 读时限: where it stands, until when, which lamp burns, and everything that explains it."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace

from songda.engines.clocks.calendar import ONE_TICK, Calendar
from songda.engines.clocks.counting import end_of, further
from songda.engines.clocks.definition import Count, Definition
from songda.engines.clocks.events import Course, Event, course_of
from songda.engines.clocks.ground import Ground, Skipped
from songda.engines.clocks.remaining import before, half_used


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
    """A clock as read: pure data, the same for the same events. `due_at` is None while idle, waiting or paused; a deadline that had
    passed before the pause stands (a pause does not put out a red lamp).

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

    def overdue(self, now: dt.datetime) -> bool:
        """Not stopped, and past its deadline."""
        return self.burns and self.due_at is not None and now > self.due_at

    @property
    def burns(self) -> bool:
        """Whether a lamp burns: the clock runs, or was overdue when it was paused."""
        return self.due_at is not None and self.standing in (Standing.RUNNING, Standing.PAUSED)

    def lamp(self, now: dt.datetime) -> Lamp:
        """The lamp at a moment; a moment equal to the deadline is still in time."""
        if not self.burns or self.due_at is None:
            return Lamp.NONE
        if now > self.due_at:
            return Lamp.RED
        if self.yellow_at is not None and now >= self.yellow_at:
            return Lamp.YELLOW
        return Lamp.BLUE if self.blue_at is not None and now >= self.blue_at else Lamp.GREEN

    def turns(self) -> tuple[dt.datetime, ...]:
        """The moments at which the lamp may change, in order."""
        if not self.burns or self.due_at is None:
            return ()
        return tuple(sorted(at for at in (self.blue_at, self.yellow_at, self.due_at + ONE_TICK) if at is not None))


def read_clock(definition: Definition, events: Iterable[Event], calendar: Calendar) -> Reading:
    """The clock after these events. NeverError where the calendar holds no deadline for it."""
    course = course_of(definition, events)
    if course.started_at is None:
        return Reading(definition, course, Standing.IDLE)
    standing = Standing.STOPPED if course.stopped_at else Standing.RUNNING
    if definition.awaits and course.condition_at is None and course.fixed is None:
        return Reading(definition, course, Standing.WAITING if standing is Standing.RUNNING else standing)
    held = course.paused
    if held is None:
        return _counted(definition, course, standing, calendar)
    read = _counted(definition, replace(course, pauses=course.pauses[:-1]), Standing.PAUSED, calendar)
    missed = read.due_at is not None and read.due_at <= held.since
    return replace(read, course=course) if missed else Reading(definition, course, Standing.PAUSED, counts_from=read.counts_from)


def ground_of(reading: Reading, calendar: Calendar) -> Ground:
    """Where the clock counts: what its ladder counts on too. A pause that holds now is not part of it."""
    definition = reading.definition
    ended = tuple(one for one in reading.course.pauses if one.until is not None)
    return Ground(calendar, definition.desk, definition.exempt, ended, definition.rolls)


def _counted(definition: Definition, course: Course, standing: Standing, calendar: Calendar) -> Reading:
    reading = Reading(definition, course, standing, counts_from=_counts_from(definition, course, calendar))
    ground = ground_of(reading, calendar)
    reading = _with_deadline(reading, ground)
    for extension in course.extensions:
        if extension.length is not None and reading.due_at is not None:
            counted = further(extension.length, reading.due_at, ground)
            reading = replace(reading, due_at=counted.at, skipped=(*reading.skipped, *counted.skipped))
    return _with_lamps(reading, ground)


def _counts_from(definition: Definition, course: Course, calendar: Calendar) -> dt.datetime | None:
    known = [at for at in (course.started_at, course.condition_at if definition.awaits else None) if at is not None]
    by_desk = definition.length.count in (Count.WORKING_HOURS, Count.WORKING_DAYS)
    return definition.desk.received_at(max(known), calendar) if by_desk else calendar.local(max(known))


def _with_deadline(reading: Reading, ground: Ground) -> Reading:
    fixed, first = reading.course.fixed, reading.counts_from
    if fixed is not None and fixed.due is not None:
        return replace(reading, due_at=ground.calendar.local(fixed.due))
    if first is None:
        return reading
    counted = end_of(reading.definition.length, first, ground)
    return replace(reading, due_at=counted.at, skipped=tuple(counted.skipped))


def _with_lamps(reading: Reading, ground: Ground) -> Reading:
    first, due, soon = reading.counts_from, reading.due_at, reading.definition.soon
    if first is None or due is None:
        return reading
    provisional = not ground.calendar.announced(ground.calendar.day_of_deadline(due).year)
    if due <= first:
        return replace(reading, provisional=provisional)
    return replace(
        reading,
        blue_at=half_used(reading.definition.length.count, first, due, ground),
        yellow_at=max(first, before(soon, due, ground)) if soon is not None else None,
        provisional=provisional,
    )
