"""Quotas by period 权益周期: when the present period began, and which place of it is free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection


def period_start(period: str, on: dt.date) -> dt.date:
    """The first day of the month, quarter or year a day lies in."""
    month = {"month": on.month, "quarter": (on.month - 1) // 3 * 3 + 1, "year": 1}[period]
    return dt.date(on.year, month, 1)


def free_slot(quota: int, taken: Collection[int]) -> int | None:
    """The first place that nobody has, or None: then one waits."""
    return next((slot for slot in range(1, quota + 1) if slot not in taken), None)
