"""Monthly actuals 月度实际数: values of the store, by target and month. One query for any number of targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from django.db.models import QuerySet

from songda.kernel.clock import day_of, start_of
from songda.office.economy.models import Target
from songda.office.economy.rules.progress import Reported
from songda.office.economy.states import Pace
from songda.office.indicators.models import Value
from songda.office.indicators.queries.values import ORIGINS

Key = tuple[str, int]


def reported_by_month(targets: Iterable[Target], year: int, known_at: dt.datetime) -> dict[int, dict[int, Reported]]:
    """For each target (by id) the value of each month of a year, as known at a moment.

    Of several values in a month the newest as-of counts; then a number that runs up from 1 January before a month's own; then the
    order computed, returned, read. When it first came in is that of the first row of its key: a correction is not late for that.
    """
    wanted = list(targets)
    rows = _rows({one.code for one in wanted}, {one.organisation_id for one in wanted}, year, known_at)
    replaced = {row.replaces_id for row in rows if row.replaces_id is not None}
    by_id = {row.pk: row for row in rows}
    by_key: dict[Key, list[Value]] = {}
    for row in rows:
        if row.pk not in replaced:
            by_key.setdefault((row.code, row.organisation_id), []).append(row)
    return {one.pk: _months(by_key.get((one.code, one.organisation_id), []), one, by_id) for one in wanted}


def _rows(codes: set[str], units: set[int], year: int, known_at: dt.datetime) -> list[Value]:
    first, last = start_of(dt.date(year, 1, 1)), start_of(dt.date(year + 1, 1, 1))
    found: QuerySet[Value] = Value.objects.filter(
        code__in=codes, organisation__in=units, cell="", as_of__gt=first, as_of__lte=last, recorded_at__lte=known_at
    )
    return list(found)


def _months(rows: Iterable[Value], target: Target, by_id: dict[int, Value]) -> dict[int, Reported]:
    best: dict[int, tuple[tuple[dt.datetime, bool, int, dt.datetime], Value]] = {}
    for row in rows:
        until = last_day(row.as_of)
        starts = {dt.date(until.year, 1, 1), until.replace(day=1)}
        if target.pace == Pace.SUM and row.since not in starts:
            continue
        weight = (row.as_of, row.since == dt.date(until.year, 1, 1), -ORIGINS.index(row.origin), row.recorded_at)
        if until.month not in best or weight > best[until.month][0]:
            best[until.month] = (weight, row)
    return {month: _reported(row, by_id) for month, (_weight, row) in best.items()}


def _reported(row: Value, by_id: dict[int, Value]) -> Reported:
    first = row
    while first.replaces_id in by_id:
        first = by_id[first.replaces_id]
    number = Fraction(row.number, 10**row.scale)
    return Reported(number, row.since, last_day(row.as_of), day_of(first.recorded_at), row.pk, corrected=first.pk != row.pk)


def last_day(as_of: dt.datetime) -> dt.date:
    """The last day that a moment covers: 24:00 is the end of its day, not the beginning of the next."""
    return day_of(as_of - dt.timedelta(microseconds=1))
