"""What happened to a matter 事件, as far as clocks care: named moments, pauses with reasons, extensions, a fixed date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from songda.engines.clocks.definition import Definition, Length

PAUSE, RESUME, EXTEND, FIX = "pause", "resume", "extend", "fix"


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `name` is a name the definition knows, or pause 暂停, resume 恢复, extend 延期 (by `length`), fix 限期 (to `due`)."""

    name: str
    at: dt.datetime
    reason: str = ""
    length: Length | None = None
    due: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A span in which the clock stood still; `until` None: it stands still now."""

    since: dt.datetime
    until: dt.datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Course:
    """The events of one clock, folded: from the last start on. Unknown names are not this clock's.

    `rounds` rises with each deadline set anew (begun again, extended, fixed), so that each deadline has a ladder of its own.
    """

    started_at: dt.datetime | None = None
    stopped_at: dt.datetime | None = None
    awaited_at: dt.datetime | None = None
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Event, ...] = ()
    fixed: Event | None = None
    rounds: int = 1

    @property
    def paused(self) -> Pause | None:
        """The pause that holds now."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].until is None else None

    @property
    def condition_at(self) -> dt.datetime | None:
        """When what the clock awaits came about; None also where it came only after the clock was stopped, which it leaves alone."""
        in_time = self.awaited_at is not None and (self.stopped_at is None or self.awaited_at <= self.stopped_at)
        return self.awaited_at if in_time else None


def course_of(definition: Definition, events: Iterable[Event]) -> Course:
    """Fold the events in order of time; those that share a moment, in the order given.

    The first start counts until the clock stops. A restart (after a stop or at any time) begins afresh, a reset waits for the next
    start: pauses, extensions and fixed dates before it are history; what was awaited has come once and for all. What comes after
    the stop does not move the clock.
    """
    course = Course()
    for event in sorted(events, key=lambda one: one.at):
        course = _after(course, event, definition)
    return course


def _after(course: Course, event: Event, definition: Definition) -> Course:
    if event.name == definition.awaits and course.awaited_at is None:
        course = replace(course, awaited_at=event.at)
    begun = course.started_at is not None
    if event.name in definition.restarts or (begun and event.name in definition.resets):
        at = event.at if event.name in definition.restarts else None
        return Course(started_at=at, awaited_at=course.awaited_at, rounds=course.rounds + begun)
    if not begun:
        return replace(course, started_at=event.at) if event.name in definition.starts else course
    return course if course.stopped_at is not None else _running(course, event, definition)


def _running(course: Course, event: Event, definition: Definition) -> Course:
    if event.name in definition.stops:
        return replace(_resumed(course, event.at), stopped_at=event.at)
    if event.name == PAUSE and course.paused is None:
        return replace(course, pauses=(*course.pauses, Pause(event.at, None, event.reason)))
    if event.name == RESUME:
        return _resumed(course, event.at)
    if event.name == EXTEND and event.length is not None:
        return replace(course, extensions=(*course.extensions, event), rounds=course.rounds + 1)
    if event.name == FIX and event.due is not None:
        return replace(course, fixed=event, extensions=(), rounds=course.rounds + 1)
    return course


def _resumed(course: Course, at: dt.datetime) -> Course:
    held = course.paused
    if held is None:
        return course
    return replace(course, pauses=(*course.pauses[:-1], Pause(held.since, at, held.reason)))
