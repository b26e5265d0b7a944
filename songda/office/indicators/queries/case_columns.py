"""The ledger as columns 台账列: every matter and every step read once for all tallies, grouped in numpy.

The same by GROUP BY takes five times as long on SQLite: two million rows joined to their matters, sorted by five texts
(benchmarks/bench_tallies.py). What comes out is held against plain SQL by the tests.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from numpy.typing import NDArray

from songda.kernel.local_days import LocalDay
from songda.kernel.recall import recalled
from songda.ledger.cases.models import Case, CaseClock, CaseStep
from songda.ledger.cases.states import AT_REST
from songda.office.indicators.rules.sources import Flow

Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]
CHUNK = 50_000
REST = frozenset().union(*AT_REST.values())


class Words(dict[object, int]):
    """Text (or day) → its place in the order of first sight."""

    def __missing__(self, word: object) -> int:
        place = self[word] = len(self)
        return place


@dataclass(frozen=True, slots=True)
class Column:
    """Places in a vocabulary."""

    places: Ints
    words: tuple[str, ...]

    def at(self, rows: Ints | Marks) -> Column:
        """Some of the rows, in that order."""
        return Column(self.places[rows], self.words)

    def among(self, words: frozenset[str]) -> Marks:
        """Which rows have one of these words."""
        return np.isin(self.places, [place for place, word in enumerate(self.words) if word in words])


@dataclass(frozen=True, slots=True)
class Matters:
    """All matters by key: where, and what tells them apart; the day each was opened."""

    keys: Ints
    days: Ints
    path: Column
    dims: dict[str, Column]


@dataclass(frozen=True, slots=True)
class Steps:
    """All steps: of which matter (its place among the matters), when, which, from what state to what."""

    matters: Ints
    days: Ints
    step: Column
    before: Column
    after: Column


@recalled
def matters() -> Matters:
    """Every matter."""
    rows = Case.objects.order_by("pk").annotate(day=LocalDay("opened_at"))
    columns = ("pk", "day", "area_path", "machine", "kind__kind__code", "origin")
    keys, days, path, machine, kind, origin = scanned(rows, columns)
    return Matters(keys.places, ordinals(days), path, {"machine": machine, "kind": kind, "origin": origin})


@recalled
def steps() -> Steps:
    """Every step."""
    # Not filtered by day in SQL: an index on time would fetch two million rows one by one, all over the table.
    rows = CaseStep.objects.order_by().annotate(day=LocalDay("at"))
    keys, days, step, before, after = scanned(rows, ("case_id", "day", "step", "before", "after"))
    return Steps(np.searchsorted(matters().keys, keys.places), ordinals(days), step, before, after)


def scanned(rows: QuerySet[Case] | QuerySet[CaseStep], columns: Sequence[str]) -> list[Column]:
    """Columns of rows; the first holds numbers as they are."""
    statement, given = rows.values_list(*columns).query.sql_with_params()
    words = [Words() for _name in columns]
    parts: list[list[Ints]] = [[np.zeros(0, np.int64)] for _name in columns]
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, given)
        while chunk := cursor.fetchmany(CHUNK):
            for at, column in enumerate(zip(*chunk, strict=True)):
                looked = map(words[at].__getitem__, column) if at else column
                parts[at].append(np.fromiter(looked, np.int64, len(column)))
    return [Column(np.concatenate(part), tuple(map(str, known))) for part, known in zip(parts, words, strict=True)]


def ordinals(days: Column) -> Ints:
    """Days as numbers, 1 January of year 1 being 1."""
    numbers = np.array([dt.date.fromisoformat(word).toordinal() for word in days.words] or [0], np.int64)
    return numbers[days.places] if len(days.places) else days.places


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included."""

    first: dt.date
    last: dt.date


def flows(days: Ints, path: Column, dims: Sequence[Column], span: Span, *, sign: int = 1) -> Iterator[Flow]:
    """How many rows by day, place and dims; what lies before the span under None, what lies after it is left out."""
    kept = days <= span.last.toordinal()
    start, length = span.first.toordinal() - 1, (span.last - span.first).days + 1
    kinds, named = combined([one.at(kept) for one in dims])
    columns = (np.maximum(days[kept] - start, 0), path.places[kept], kinds)
    sizes = (length + 1, len(path.words), max(len(named), 1))
    groups, counts = np.unique(np.ravel_multi_index(columns, sizes), return_counts=True)
    whens = [None, *(span.first + dt.timedelta(days=at) for at in range(length))]
    told = (column.tolist() for column in np.unravel_index(groups, sizes))
    for at, place, kind, number in zip(*told, counts.tolist(), strict=True):
        yield whens[at], path.words[place], named[kind], sign * number


def combined(dims: Sequence[Column]) -> tuple[Ints, list[tuple[str, ...]]]:
    """Several columns as one: the place of each row's combination, and the combinations."""
    sizes = tuple(max(len(one.words), 1) for one in dims)
    found, places = np.unique(np.ravel_multi_index(tuple(one.places for one in dims), sizes), return_inverse=True)
    parts = [column.tolist() for column in np.unravel_index(found, sizes)]
    return places, [tuple(one.words[part] for one, part in zip(dims, row, strict=True)) for row in zip(*parts, strict=True)]


def opened(first: dt.date, last: dt.date) -> Iterator[Flow]:
    """Matters by the day they were opened."""
    rows = matters()
    return flows(rows.days, rows.path, list(rows.dims.values()), Span(first, last))


def stepped(first: dt.date, last: dt.date) -> Iterator[Flow]:
    """Steps by day."""
    rows, of = steps(), matters()
    path, machine, kind = (one.at(rows.matters) for one in (of.path, of.dims["machine"], of.dims["kind"]))
    return flows(rows.days, path, (machine, kind, rows.step), Span(first, last))


def ended(first: dt.date, last: dt.date) -> Iterator[Flow]:
    """Steps that brought a matter to rest, by the state it rests in and whether its main clock had run out."""
    rows, of = steps(), matters()
    kept = rows.after.among(REST) & ~rows.before.among(REST)
    here = rows.matters[kept]
    clocks = CaseClock.objects.filter(main=True, late=True).values_list("case_id", flat=True)
    late = Column(np.isin(of.keys[here], np.fromiter(clocks.iterator(CHUNK), np.int64)).astype(np.int64), ("no", "yes"))
    path, machine, kind = (one.at(here) for one in (of.path, of.dims["machine"], of.dims["kind"]))
    return flows(rows.days[kept], path, (machine, kind, rows.after.at(kept), late), Span(first, last))


def stood(first: dt.date, last: dt.date) -> Iterator[Flow]:
    """Matters that began to stand (opened, taken up again) and that came to rest."""
    rows, of = steps(), matters()
    yield from opened(first, last)
    rested, rests = rows.before.among(REST), rows.after.among(REST)
    for sign, kept in ((-1, rests & ~rested), (1, rested & ~rests)):
        here = rows.matters[kept]
        dims = [of.dims[name].at(here) for name in ("machine", "kind", "origin")]
        yield from flows(rows.days[kept], of.path.at(here), dims, Span(first, last), sign=sign)
