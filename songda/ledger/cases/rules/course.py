"""From a case's history to its clocks: each step is an event of the same name, and nothing else moves a clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from songda.engines.clocks.definition import Count, Length
from songda.engines.clocks.events import EXTEND, FIX, PAUSE, RESUME, Event
from songda.ledger.cases.rules.kinds import ClockSpec, KindSpec

ABOUT_CLOCKS = frozenset({PAUSE, RESUME, EXTEND, FIX})


@dataclass(frozen=True, slots=True)
class Happened:
    """A step as clocks see it: its name, when, why, and what it used (`clock`, `amount`, `count`, `due`)."""

    step: str
    at: dt.datetime
    reason: str = ""
    used: Mapping[str, object] = field(default_factory=dict)


def events_of(steps: Iterable[Happened], clock: str) -> tuple[Event, ...]:
    """The events of one clock. Pauses, extensions and fixed dates concern all clocks unless the step names one."""
    found = (_event(step) for step in steps if step.step not in ABOUT_CLOCKS or step.used.get("clock") in (None, "", clock))
    return tuple(found)


def clocks_for(spec: KindSpec, difficulty: str) -> tuple[ClockSpec, ...]:
    """The clocks of a kind that run for a difficulty class: those of the class, and those of every class."""
    return tuple(one for one in spec.clocks if not one.classes or difficulty in one.classes)


def _event(step: Happened) -> Event:
    return Event(step.step, step.at, step.reason, length_in(step.used), due_in(step.used))


def length_in(used: Mapping[str, object]) -> Length | None:
    """The length a step speaks of (an extension)."""
    amount, count = used.get("amount"), used.get("count")
    return Length(amount, Count(str(count))) if isinstance(amount, int) and count in list(Count) else None


def due_in(used: Mapping[str, object]) -> dt.datetime | None:
    """The moment a step fixes as the deadline 限期."""
    due = used.get("due")
    return dt.datetime.fromisoformat(due) if isinstance(due, str) and due else None
