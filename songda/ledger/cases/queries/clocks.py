"""The clocks of a case as a page explains them: each deadline with its rule, its events and every day that did not count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from songda.engines.clocks.calendar import Calendar
from songda.engines.clocks.explain import explain, in_words
from songda.engines.clocks.reading import Lamp, Standing
from songda.ledger.cases.models import Case
from songda.ledger.cases.queries.readings import read_clocks
from songda.registry.calendars.queries import calendar as registry_calendar


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock as shown: where it stands, its lamp, its deadline (`due` in words, 24:00 said as such), and the sentences that explain it."""

    code: str
    label: str
    main: bool
    standing: Standing
    lamp: Lamp
    due_at: dt.datetime | None
    due: str
    late: bool
    provisional: bool
    lines: tuple[str, ...]


def clocks_of(case: Case, *, now: dt.datetime) -> list[ClockView]:
    """Every clock of a case that has begun, read afresh from its steps: the main one first, then those that run. Two queries."""
    shown = _views(case, registry_calendar(), now)
    return sorted(shown, key=lambda one: (not one.main, one.standing is Standing.STOPPED))


def _views(case: Case, calendar: Calendar, now: dt.datetime) -> Iterator[ClockView]:
    for told in read_clocks(case, calendar):
        reading, definition = told.reading, told.spec.definition
        if reading.standing is Standing.IDLE and not told.spec.main:
            continue
        yield ClockView(
            code=definition.code,
            label=definition.label,
            main=told.spec.main,
            standing=reading.standing,
            lamp=reading.lamp(now),
            due_at=reading.due_at,
            due=in_words(reading.due_at, calendar) if reading.due_at else "",
            late=reading.late or reading.overdue(now),
            provisional=reading.provisional,
            lines=explain(reading, calendar),
        )
