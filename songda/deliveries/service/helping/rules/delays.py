"""Days of delay 工期延误 from intervals that may overlap: each day counts once (SVC-57)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

ONE_DAY = dt.timedelta(days=1)
Days = tuple[dt.date, dt.date]  # both ends included


def merged(spans: Iterable[Days]) -> list[Days]:
    """The spans without overlaps, in order; spans that meet are one. ValueError for one that ends before it begins."""
    found: list[Days] = []
    for first, last in sorted(spans):
        if last < first:
            raise ValueError(f"{first} > {last}")
        if found and first <= found[-1][1] + ONE_DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def days_of(spans: Iterable[Days]) -> int:
    """How many different days the spans hold."""
    return sum((last - first).days + 1 for first, last in merged(spans))
