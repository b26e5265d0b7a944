"""The proof 时限复核: every clock of every open case read again from its steps, compared with its columns, and set right."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from songda.engines.clocks.calendar import Calendar
from songda.kernel.audit.actions import record
from songda.ledger.cases.actions.clocks import WRITTEN, Told, climbed_of, differs, hold, pressing, rows_of, write_clocks
from songda.ledger.cases.actions.sweep_clocks import POISON
from songda.ledger.cases.models import Alert, Case, CaseClock, CaseStep
from songda.ledger.cases.queries.readings import clocks_after, happened, read_clocks
from songda.ledger.cases.queries.kinds import spec_of
from songda.ledger.cases.rules.course import Happened, clocks_for
from songda.registry.actors import system
from songda.registry.calendars.queries import calendar as registry_calendar

PROVEN = tuple(name for name in WRITTEN if name not in ("wake_at", "failures", "trouble"))
BATCH = 500
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that did not say what the steps say."""

    number: str
    clock: str
    column: str
    stored: str
    computed: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What one proof found: cases looked at, what differed (and is set right now), cases that could not be read."""

    looked: int
    differences: tuple[Difference, ...]
    unread: int


def verify_clocks(*, now: dt.datetime) -> Verified:
    """Read the clocks of all open cases again. A second run finds no difference.

    They differ where the calendar has changed (the State Council moves a holiday), the rules of counting have (a new version), or
    somebody wrote past the actions; each correction is recorded with what stood there. Four queries for each 500 cases.
    """
    calendar = registry_calendar()
    looked = unread = 0
    differences: list[Difference] = []
    for cases in _batches():
        looked += len(cases)
        for case, found in _compared(cases, calendar, now):
            unread += found is None
            if found:
                differences += _set_right(case.pk, calendar, now)
    return Verified(looked, tuple(differences), unread)


def _batches() -> Iterator[Sequence[Case]]:
    last = 0
    while cases := list(Case.objects.filter(open=True, pk__gt=last).select_related("kind").order_by("pk")[:BATCH]):
        yield cases
        last = cases[-1].pk


def _compared(cases: Sequence[Case], calendar: Calendar, now: dt.datetime) -> Iterator[tuple[Case, list[Difference] | None]]:
    """Each case with what differs; None where its clocks cannot be read."""
    numbers = [case.pk for case in cases]
    steps: defaultdict[int, list[Happened]] = defaultdict(list)
    kept: defaultdict[int, dict[str, CaseClock]] = defaultdict(dict)
    climbed: defaultdict[int, set[tuple[str, int, str]]] = defaultdict(set)
    for step in CaseStep.objects.filter(case_id__in=numbers).order_by("case_id", "seq"):
        steps[step.case_id].append(happened(step))
    for row in CaseClock.objects.filter(case_id__in=numbers):
        kept[row.case_id][row.code] = row
    for case_id, clock, cycle, level in Alert.objects.filter(case_id__in=numbers).values_list(
        "case_id", "clock", "cycle", "level"
    ):
        climbed[case_id].add((clock, cycle, level))
    for case in cases:
        try:
            told = clocks_after(steps[case.pk], clocks_for(spec_of(case.kind), case.difficulty), calendar)
            rows = rows_of(case, told, climbed[case.pk], now)
        except POISON:
            logger.exception("clocks of case %s cannot be read", case.number)
            yield case, None
        else:
            yield case, [*_in_rows(case, kept[case.pk], rows), *_in_case(case, told)]


def _in_rows(case: Case, kept: Mapping[str, CaseClock], rows: Sequence[CaseClock]) -> Iterator[Difference]:
    for row in rows:
        stored = kept.get(row.code)
        if stored is None:
            yield Difference(case.number, row.code, "", "", "missing")
            continue
        for name in differs(stored, row, PROVEN):
            yield Difference(case.number, row.code, name, str(getattr(stored, name)), str(getattr(row, name)))
        if not stored.failures and row.wake_at is not None and (stored.wake_at is None or stored.wake_at > row.wake_at):
            yield Difference(case.number, row.code, "wake_at", str(stored.wake_at), str(row.wake_at))
    for code in kept.keys() - {row.code for row in rows}:
        yield Difference(case.number, code, "", "left over", "")


def _in_case(case: Case, told: Sequence[Told]) -> Iterator[Difference]:
    for name, value in pressing(told).items():
        if getattr(case, name) != value:
            yield Difference(case.number, "", name, str(getattr(case, name)), str(value))


@transaction.atomic
def _set_right(case_id: int, calendar: Calendar, now: dt.datetime) -> list[Difference]:
    """Look again with the row held (a step may have come in between), then write and record; what still differed."""
    hold(case_id)
    case = Case.objects.select_related("kind").get(pk=case_id)
    found = next((found for _case, found in _compared([case], calendar, now)), None)
    if not found:
        return []
    write_clocks(case, read_clocks(case, calendar), climbed_of(case), now)
    before = {f"{one.clock}.{one.column}": one.stored for one in found}
    after = {f"{one.clock}.{one.column}": one.computed for one in found}
    record("case.clocks_corrected", case, by=system(), now=now, before=before, after=after)
    logger.warning("clocks of case %s corrected: %s", case.number, ", ".join(after))
    return found
