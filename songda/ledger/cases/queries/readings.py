"""Reading clocks 读时限: a case's steps through the engine, and which clocks the sweeper could not read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from songda.engines.clocks.calendar import Calendar
from songda.engines.clocks.ladder import Due, rungs
from songda.engines.clocks.reading import Reading, ground_of, read_clock
from songda.ledger.cases.models import Case, CaseClock, CaseStep
from songda.ledger.cases.queries.kinds import spec_of
from songda.ledger.cases.rules.course import Happened, clocks_for, events_of
from songda.ledger.cases.rules.kinds import ClockSpec


@dataclass(frozen=True, slots=True)
class Told:
    """A clock of a case as read now: its spec, the reading, the rungs of the ladder, and the round."""

    spec: ClockSpec
    reading: Reading
    dues: tuple[Due, ...]
    cycle: int


def read_clocks(case: Case, calendar: Calendar) -> tuple[Told, ...]:
    """All clocks of a case from its steps: pure but for the one query of the steps."""
    steps = CaseStep.objects.filter(case=case).order_by("seq")
    return clocks_after(tuple(map(happened, steps)), clocks_for(spec_of(case.kind), case.difficulty), calendar)


def happened(step: CaseStep) -> Happened:
    """A step as clocks see it."""
    return Happened(step.step, step.at, step.told or step.note, step.used)


def clocks_after(steps: Sequence[Happened], specs: Iterable[ClockSpec], calendar: Calendar) -> tuple[Told, ...]:
    """These clocks after these steps, in their order. Pure.

    A matter put in another difficulty class has another deadline, so its clocks of a class begin another round of their ladder.
    """
    changed = sum(step.step == "reclassify" for step in steps)
    told = []
    for spec in specs:
        reading = read_clock(spec.definition, events_of(steps, spec.definition.code), calendar)
        cycle = reading.course.rounds + (changed if spec.classes else 0)
        told.append(Told(spec, reading, rungs(reading, spec.ladder, ground_of(reading, calendar)), cycle))
    return tuple(told)


def troubled() -> QuerySet[CaseClock]:
    """The clocks that the sweeper could not read and put off, those put off most often first."""
    return CaseClock.objects.filter(failures__gt=0).select_related("case").order_by("-failures", "pk")
