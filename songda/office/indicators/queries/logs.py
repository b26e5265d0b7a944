"""Logs 记录: rows that each happened at a moment, at a place. Cube, count and rows of a source all come from one description.

A number held at a moment that begins and ends (an open case, a firm that fits a measure) is `Standing`: two logs, one taken from the
other, and the rows that stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Aggregate, Count, F, Q, QuerySet
from django.db.models.expressions import Combinable

from songda.kernel.clock import day_of, start_of
from songda.kernel.local_days import LocalDay
from songda.kernel.paths import within
from songda.office.indicators.rules.sources import Flow, Line, RowsBehind, Where
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

Rows = QuerySet[Any]
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """How rows are shown: heads, what to fetch with them, the line of one; `seen`: those in an actor's sight."""

    head: tuple[object, ...]
    line: Callable[[Any], Line]
    seen: Callable[[Actor], Q]
    order: str = "-pk"
    along: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Log:
    """Rows at a moment (`at`, or a day where `daily`) and a place (`path`), told apart by dims (a field or an expression each).

    `amount` is what they add (their number). `placeless`: an empty path stands for the whole place.
    """

    rows: Callable[[], Rows]
    at: str
    told: Told
    path: str = "area_path"
    dims: Mapping[str, str | Combinable] = field(default_factory=dict)
    amount: Aggregate = field(default_factory=lambda: Count("pk"))
    daily: bool = False
    placeless: bool = False

    def cube(self, first: dt.date, last: dt.date, *, sign: int = 1) -> Iterator[Flow]:
        """The flows of these days, and under None what stood before; two GROUP BYs."""
        day = F(self.at) if self.daily else LocalDay(self.at)
        begins, ends = self._edge(first), self._edge(last + DAY)
        before = self._dimmed().filter(**{f"{self.at}__lt": begins})
        since = self._dimmed().filter(**{f"{self.at}__gte": begins, f"{self.at}__lt": ends}).annotate(_day=day)
        whole = root_path() if self.placeless else ""
        for path, *dims, number in self._grouped(before):
            yield None, path or whole, tuple(dims), sign * number
        for path, *dims, at, number in self._grouped(since, "_day"):
            yield at, path or whole, tuple(dims), sign * number

    def count(self, where: Where, area_path: str, *, since: dt.date | None, as_of: dt.datetime) -> int:
        """What the rows of an area add up to at a moment."""
        found = self.taken(where, area_path, since=since, as_of=as_of).aggregate(n=self.amount)["n"]
        return int(found or 0)

    def behind(
        self, where: Where, area_path: str, *, since: dt.date | None, as_of: dt.datetime, actor: Actor | None
    ) -> RowsBehind:
        """The rows, those in the actor's sight."""
        return told_rows(self.taken(where, area_path, since=since, as_of=as_of), self.told, actor)

    def taken(self, where: Where, area_path: str, *, since: dt.date | None, as_of: dt.datetime) -> Rows:
        """The rows that a number counts."""
        moments = {f"{self.at}__lte": day_of(as_of) if self.daily else as_of}
        if since is not None:
            moments[f"{self.at}__gte"] = self._edge(since)
        return self.placed(where, area_path).filter(**moments)

    def placed(self, where: Where, area_path: str) -> Rows:
        """The rows of an area that `where` takes, of whatever time."""
        inside = within([area_path], self.path)
        if self.placeless and area_path == root_path():
            inside |= Q(**{self.path: ""})
        taken = reduce(and_, (Q(**{f"_{name}__in": values}) for name, values in where.items()), Q())
        return self._dimmed(where).filter(inside, taken)

    def _dimmed(self, names: Mapping[str, object] | None = None) -> Rows:
        wanted = self.dims if names is None else {name: self.dims[name] for name in names}
        told = {f"_{name}": F(how) if isinstance(how, str) else how for name, how in wanted.items()}
        rows: Rows = self.rows().annotate(**told)
        return rows

    def _grouped(self, rows: Rows, *more: str) -> Iterator[tuple[Any, ...]]:
        names = (self.path, *(f"_{name}" for name in self.dims), *more)
        grouped: Rows = rows.order_by().values_list(*names).annotate(_n=self.amount)
        return grouped.iterator(chunk_size=5000)

    def _edge(self, day: dt.date) -> dt.date | dt.datetime:
        return day if self.daily else start_of(day)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at a moment: those that `entered` less those that `left`. `rows` of an area stand at a moment, of what `where` takes."""

    entered: tuple[Log, ...]
    left: tuple[Log, ...]
    rows: Callable[[Where, str, dt.datetime], Rows]
    told: Told

    def cube(self, first: dt.date, last: dt.date) -> Iterator[Flow]:
        """Flows of both."""
        for log in self.entered:
            yield from log.cube(first, last)
        for log in self.left:
            yield from log.cube(first, last, sign=-1)

    def count(self, where: Where, area_path: str, *, since: dt.date | None, as_of: dt.datetime) -> int:
        """How many stand; `since` says nothing of a stock."""
        del since
        return self.rows(where, area_path, as_of).count()

    def behind(
        self, where: Where, area_path: str, *, since: dt.date | None, as_of: dt.datetime, actor: Actor | None
    ) -> RowsBehind:
        """Those that stand."""
        del since
        return told_rows(self.rows(where, area_path, as_of), self.told, actor)


def told_rows(rows: Rows, told: Told, actor: Actor | None) -> RowsBehind:
    """Rows as a page shows them, those in the actor's sight; for nobody in particular, all."""
    seen = rows if actor is None else rows.filter(told.seen(actor))
    return RowsBehind(told.head, seen.select_related(*told.along).order_by(told.order), seen.count(), told.line)


def root_path() -> str:
    """The path of the whole place."""
    return Organisation.objects.filter(parent=None).order_by("area_path").values_list("area_path", flat=True).first() or ""
