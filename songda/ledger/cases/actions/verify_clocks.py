"""The proof 时限复核: every clock of every open case read again from its steps, compared with its columns, and set right."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from songda.engines.clocks.calendar import Calendar
from songda.kernel.audit.actions import record
from songda.ledger.cases.actions.clocks import WRITTEN, Told, differs, hold, pressing, rows_of, write_clocks
from songda.ledger.cases.actions.sweep_clocks import POISON
from songda.ledger.cases.models import Case, CaseClock
from songda.ledger.cases.queries.readings import Filed, file_of
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
    somebody wrote past the actions; each correction is recorded with what stood there. Five queries for each 500 cases.
    """
    calendar = registry_calendar()
    looked = unread = 0
    differences: list[Difference] = []
    for case_ids in _batches():
        looked += len(case_ids)
        for filed in file_of(case_ids):
            try:
                if _compared(filed, calendar, now):
                    differences += _set_right(filed.case.pk, calendar, now)
            except POISON:
                logger.exception("clocks of case %s cannot be read", filed.case.number)
                unread += 1
    return Verified(looked, tuple(differences), unread)


def _batches() -> Iterator[Sequence[int]]:
    last = 0
    while numbers := list(Case.objects.filter(open=True, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield numbers
        last = numbers[-1]


def _compared(filed: Filed, calendar: Calendar, now: dt.datetime) -> list[Difference]:
    told = filed.told(calendar)
    rows = rows_of(filed.case, told, filed.climbed, now)
    return [*_in_rows(filed.case, filed.rows, rows), *_in_case(filed.case, told)]


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
    (filed,) = file_of([case_id])
    found = _compared(filed, calendar, now) if hold(filed.case) else []
    if not found:
        return []
    write_clocks(filed.case, filed.told(calendar), filed.climbed, filed.rows, now)
    before = {f"{one.clock}.{one.column}": one.stored for one in found}
    after = {f"{one.clock}.{one.column}": one.computed for one in found}
    record("case.clocks_corrected", filed.case, by=system(), now=now, before=before, after=after)
    logger.warning("clocks of case %s corrected: %s", filed.case.number, ", ".join(after))
    return found
