"""Writing down what the clocks say. Everything here can be computed again from the steps; nothing else writes these columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from songda.engines.clocks.calendar import Calendar
from songda.engines.clocks.counting import Ground
from songda.engines.clocks.ladder import Due, rungs, wake_at
from songda.engines.clocks.reading import Reading, Standing, read_clock
from songda.ledger.cases.models import NEVER, Alert, Case, CaseClock, CaseStep
from songda.ledger.cases.queries.kinds import spec_of
from songda.ledger.cases.rules.course import Happened, clocks_for, events_of
from songda.ledger.cases.rules.kinds import ClockSpec
from songda.registry.calendars.queries import calendar as registry_calendar


@dataclass(frozen=True, slots=True)
class Told:
    """A clock of a case as read now: its spec, the reading, the rungs of the ladder, and the round."""

    spec: ClockSpec
    reading: Reading
    dues: tuple[Due, ...]
    cycle: int


def read_clocks(case: Case, calendar: Calendar) -> tuple[Told, ...]:
    """All clocks of a case from its steps: pure but for the one query of the steps."""
    kind = spec_of(case.kind)
    steps = tuple(
        Happened(step.step, step.at, step.told or step.note, step.used)
        for step in CaseStep.objects.filter(case=case).order_by("seq")
    )
    return clocks_after(steps, clocks_for(kind, case.difficulty), calendar)


def clocks_after(steps: Sequence[Happened], specs: Iterable[ClockSpec], calendar: Calendar) -> tuple[Told, ...]:
    """These clocks after these steps. Pure."""
    told = []
    for spec in specs:
        definition = spec.definition
        reading = read_clock(definition, events_of(steps, definition.code), calendar)
        ground = Ground(calendar, definition.desk, definition.exempt, reading.course.pauses, definition.rolls)
        cycle = 1 + sum(step.step in definition.restarts for step in steps)
        told.append(Told(spec, reading, rungs(reading, spec.ladder, ground), cycle))
    return tuple(told)


def refresh_clocks(case: Case, *, now: dt.datetime, calendar: Calendar | None = None) -> tuple[Told, ...]:
    """Read all clocks of a case and write their columns, `due_at` and `wake_at` of the case among them. Idempotent."""
    told = read_clocks(case, calendar or registry_calendar())
    climbed = set(Alert.objects.filter(case=case).values_list("clock", "cycle", "level"))
    wakes = []
    for one in told:
        done = {level for clock, cycle, level in climbed if (clock, cycle) == (one.spec.definition.code, one.cycle)}
        wakes.append(wake_at(one.reading, one.dues, done, now))
        CaseClock.objects.update_or_create(
            case=case, code=one.spec.definition.code, defaults={**columns_of(one), "wake_at": wakes[-1]}
        )
    CaseClock.objects.filter(case=case).exclude(code__in=[one.spec.definition.code for one in told]).delete()
    columns = pressing(told) | {"wake_at": min((at for at in wakes if at is not None), default=None)}
    for name, value in columns.items():
        setattr(case, name, value)
    case.save(update_fields=list(columns))
    return told


def pressing(told: Iterable[Told]) -> dict[str, dt.datetime | None]:
    """The columns of a case that its main clock says: the deadline, and what lists sort and light by while it runs."""
    main = next((one.reading for one in told if one.spec.main), None)
    runs = main is not None and main.standing is Standing.RUNNING and main.due_at is not None
    return {
        "due_at": main.due_at if main else None,
        "pressing_at": main.due_at if main and runs else NEVER,
        "blue_at": main.blue_at if main and runs else None,
        "yellow_at": main.yellow_at if main and runs else None,
    }


def columns_of(told: Told) -> dict[str, object]:
    """A clock as its row holds it."""
    reading = told.reading
    return {
        "cycle": told.cycle,
        "main": told.spec.main,
        "standing": reading.standing.value,
        "counts_from": reading.counts_from,
        "blue_at": reading.blue_at,
        "yellow_at": reading.yellow_at,
        "due_at": reading.due_at,
        "stopped_at": reading.course.stopped_at,
        "late": reading.late,
        "provisional": reading.provisional,
        "failures": 0,
        "trouble": "",
    }
