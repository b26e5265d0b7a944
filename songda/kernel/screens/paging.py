"""Pages of a list, by the last row seen (keyset): the thousandth page costs what the first does.

A cursor is the ordering values of the last row shown, signed so that nobody can make one up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)
Thing = TypeVar("Thing")
COUNT_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Page(Generic[Thing]):
    """Rows of one page. `total` stops counting at `COUNT_LIMIT` (then `more_than` is true: “超过 10,000”)."""

    rows: Sequence[Thing]
    total: int
    more_than: bool
    after: str
    first: bool


def page_of(queryset: QuerySet[Row], request: HttpRequest, size: int = 50, *, total: int | None = None) -> Page[Row]:
    """One page of an ordered queryset; its ordering must end in a unique column, and be all ascending or all descending.

    The cursor comes from `?after=`; a broken one starts at the beginning. `total` where the caller has counted already.
    """
    order = [str(name) for name in queryset.query.order_by]
    cursor = read_cursor(request.GET.get("after", ""), len(order))
    counted = queryset.order_by()[: COUNT_LIMIT + 1].count() if total is None else total
    rows = list((queryset.filter(beyond(order, cursor)) if cursor else queryset)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    after = signing.dumps([plain(value_of(rows[-1], name)) for name in order], salt="page") if more else ""
    return Page(rows, min(counted, COUNT_LIMIT), counted > COUNT_LIMIT, after, not cursor)


def page_of_rows(rows: Sequence[Thing], request: HttpRequest, size: int = 50) -> Page[Thing]:
    """One page of rows that had to be worked out in memory; here the cursor is how many come before."""
    start = next(iter(read_cursor(request.GET.get("after", ""), 1)), 0)
    start = start if isinstance(start, int) else 0
    after = signing.dumps([start + size], salt="page") if start + size < len(rows) else ""
    return Page(rows[start : start + size], len(rows), more_than=False, after=after, first=not start)


def beyond(order: Sequence[str], cursor: Sequence[Any]) -> Q:
    """Rows after the cursor: (a, b) > (x, y) spelled for every database."""
    condition = Q()
    for place, name in enumerate(order):
        field, op = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        same = Q(**{other.lstrip("-"): value for other, value in zip(order[:place], cursor[:place], strict=True)})
        condition |= same & Q(**{f"{field}__{op}": cursor[place]})
    return condition


def read_cursor(text: str, width: int) -> list[Any]:
    """The values of a cursor, or nothing for none or a broken one."""
    try:
        values = signing.loads(text, salt="page") if text else []
    except signing.BadSignature:
        return []
    return values if len(values) == width else []


def value_of(row: Model, name: str) -> object:
    """The ordering value of a row; `a__b` follows relations."""
    value: object = row
    for part in name.lstrip("-").split("__"):
        value = getattr(value, part)
    return value


def plain(value: object) -> object:
    """A value that a cursor can carry."""
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
