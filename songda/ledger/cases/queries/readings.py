"""Reading clocks 读时限: a case's steps through the engine, and which clocks the sweeper could not read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from songda.engines.clocks.calendar import Calendar
from songda.engines.clocks.ladder import Due, rungs
from songda.engines.clocks.reading import Reading, ground_of, read_clock
from songda.ledger.cases.models import Alert, Case, CaseClock, CaseStep
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


@dataclass(frozen=True, slots=True)
class Filed:
    """A case with all that its clocks are read from and written to, as it stood when it had this version."""

    case: Case
    steps: tuple[Happened, ...]
    rows: Mapping[str, CaseClock]
    climbed: frozenset[tuple[str, int, str]]

    def told(self, calendar: Calendar) -> tuple[Told, ...]:
        """Its clocks. ValueError where its kind or its calendar does not hold together."""
        return clocks_after(self.steps, clocks_for(spec_of(self.case.kind), self.case.difficulty), calendar)


def file_of(case_ids: Sequence[int]) -> list[Filed]:
    """The files of cases, in the order given: four queries, however many cases. Those that are gone are left out."""
    cases = Case.objects.select_related("kind", "lead", "holder").in_bulk(case_ids)
    steps: defaultdict[int, list[Happened]] = defaultdict(list)
    rows: defaultdict[int, dict[str, CaseClock]] = defaultdict(dict)
    climbed: defaultdict[int, set[tuple[str, int, str]]] = defaultdict(set)
    for step in CaseStep.objects.filter(case_id__in=case_ids).order_by("case_id", "seq"):
        steps[step.case_id].append(happened(step))
    for row in CaseClock.objects.filter(case_id__in=case_ids):
        rows[row.case_id][row.code] = row
    for case_id, clock, cycle, level in Alert.objects.filter(case_id__in=case_ids).values_list(
        "case_id", "clock", "cycle", "level"
    ):
        climbed[case_id].add((clock, cycle, level))
    return [Filed(cases[pk], tuple(steps[pk]), rows[pk], frozenset(climbed[pk])) for pk in case_ids if pk in cases]


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
