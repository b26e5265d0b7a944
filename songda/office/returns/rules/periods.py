"""Periods 报告期: which a form is owed for, as of when, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from songda.office.returns.rules.forms import Form
from songda.office.returns.states import Every

DAY = dt.timedelta(days=1)
Works = Callable[[dt.date], bool]  # whether offices work on a day


@dataclass(frozen=True, slots=True)
class Period:
    """From its first to its last day; the moment its figures stand at; when it is due; when the form is locked."""

    first: dt.date
    last: dt.date
    as_of: dt.datetime
    due_at: dt.datetime
    locks_at: dt.datetime


def periods(form: Form, since: dt.date, until: dt.date, *, works: Works, zone: dt.tzinfo) -> Iterator[Period]:
    """The periods that have begun by `until` and end on `since` or later. A day nobody works has no daily return of a working-day form."""
    for first, last in _spans(form, until):
        if last >= since and not (form.working_days and form.period == Every.DAILY and not works(last)):
            yield _period(form, first, last, works, zone)


def _spans(form: Form, until: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    end = min(until, form.until) if form.until else until
    if form.period == Every.ONCE:
        if form.since <= end:
            yield form.begins or form.since, form.since
        return
    first = form.since
    while first <= end:
        last = _last(form, first)
        yield first, last
        first = last + DAY


def _last(form: Form, first: dt.date) -> dt.date:
    if form.period == Every.WEEKLY:
        return first + DAY * ((form.weekday - first.isoweekday()) % 7)
    if form.period == Every.MONTHLY:
        return (first.replace(day=1) + 31 * DAY).replace(day=1) - DAY
    return first


def _period(form: Form, first: dt.date, last: dt.date, works: Works, zone: dt.tzinfo) -> Period:
    due = last + DAY * form.due_days
    while form.working_days and not works(due):
        due += DAY
    at = dt.datetime.combine(due, dt.time(form.cutoff), zone).astimezone(dt.UTC)
    stands = dt.datetime.combine(last, dt.time(form.hour), zone).astimezone(dt.UTC)
    return Period(first, last, stands, at, at + DAY * form.expires)


def is_late(received: dt.datetime, due_at: dt.datetime) -> bool:
    """Whether what was complete at `received` came after the cut-off; on the stroke is in time."""
    return received > due_at


@dataclass(frozen=True, slots=True)
class Rate:
    """Returns whose time is over: how many were expected, came at all, came in time, late, or are missing."""

    expected: int = 0
    on_time: int = 0
    late: int = 0

    @property
    def received(self) -> int:
        """On time or late."""
        return self.on_time + self.late

    @property
    def missing(self) -> int:
        """Neither."""
        return self.expected - self.received

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.expected + other.expected, self.on_time + other.on_time, self.late + other.late)
