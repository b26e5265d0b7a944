"""Sources 数据来源: rooms whose rows an indicator can be computed from. Each offers three functions, named by dotted path.

    cube(first, last)                                → (day, area path, dims, flow) …, one a group
    count(where, area_path, *, since, as_of)         → the number at that moment
    rows(where, area_path, *, since, as_of, actor)   → the rows behind it

A flow is what a day adds. What stood before `first` comes under day None; a stock 时点数 is the sum of its flows. `dims` are in the
order that the source declares; `where` names dims with the values wanted. `since` (a day) is given for period counts, None for
stocks; `as_of` is a moment. Money is in fen. `rows` with an actor gives what that actor may see, with None everything.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any, Protocol

Where = Mapping[str, tuple[str, ...]]
Flow = tuple[dt.date | None, str, tuple[str, ...], int]
Line = tuple[str, ...]


def as_given(row: Any) -> Line:
    """A row that is a line already: (link, cell, cell …)."""
    return tuple(map(str, row))


@dataclass(frozen=True, slots=True)
class RowsBehind:
    """The rows behind a number: the heads of the columns, and rows that can be sliced (a list, or a queryset in a fixed order).

    `told` turns one row of a page into a line: its address (or nothing), then a text for each head; `whole` the rows of a page at once,
    where they must be looked up. `total` is how many there are.
    """

    head: tuple[object, ...]
    rows: Any
    total: int
    told: Callable[[Any], Line] = as_given
    whole: Callable[[Sequence[Any]], list[Line]] | None = None

    def lines(self, rows: Sequence[Any]) -> list[Line]:
        """The lines of some of the rows."""
        return self.whole(rows) if self.whole else [self.told(row) for row in rows]


class Cube(Protocol):
    """Flows by day, place and dims."""

    def __call__(self, first: dt.date, last: dt.date) -> Iterable[Flow]:
        """The flows of these days, and under None what stood before."""


class Count(Protocol):
    """One number."""

    def __call__(self, where: Where, area_path: str, *, since: dt.date | None, as_of: dt.datetime) -> int:
        """The number of an area at a moment."""


class Rows(Protocol):
    """What it counts."""

    def __call__(self, where: Where, area_path: str, *, since: dt.date | None, as_of: dt.datetime, actor: Any) -> RowsBehind:
        """The rows the actor may see; None: all."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source as registered: what it counts (`states.Counts`), the names of its dims, where its functions are."""

    code: str
    label: str
    counts: str
    dims: tuple[str, ...]
    places: Mapping[str, str]

    def cube(self) -> Cube:
        """The function of flows."""
        found: Cube = resolve_name(self.places["cube"])
        return found

    def count(self) -> Count:
        """The function of one number."""
        found: Count = resolve_name(self.places["count"])
        return found

    def rows(self) -> Rows:
        """The function of rows."""
        found: Rows = resolve_name(self.places["rows"])
        return found


_SOURCES: dict[str, Source] = {}


def register(code: str, label: str, *, counts: str, dims: tuple[str, ...] = (), **places: str) -> None:
    """Make a source known; in `AppConfig.ready` of the room that has the rows (or of this one, for rooms below).

    `places` are the dotted paths `cube`, `count` and `rows`; `dims` the names of what the cube's third element holds, in order.
    """
    if set(places) != {"cube", "count", "rows"}:
        raise TypeError(f"a source gives cube, count and rows, not {sorted(places)}")
    _SOURCES[code] = Source(code, label, counts, dims, places)


def source_of(code: str) -> Source | None:
    """The source of a code, None where no room offers it."""
    return _SOURCES.get(code)


def sources() -> Mapping[str, Source]:
    """All that are known."""
    return _SOURCES


def digest_of(keys: Iterable[object]) -> str:
    """SHA-256 over the keys of rows, in their order."""
    total = hashlib.sha256()
    for key in keys:
        total.update(str(key).encode() + b"\n")
    return total.hexdigest()
