"""Reads of plans."""

from __future__ import annotations

from songda.deliveries.policy.plans.queries.items import Affected, Item, affected, items_of, newest_text
from songda.deliveries.policy.plans.queries.progress import (
    Completeness,
    RowView,
    Tally,
    by_unit,
    completeness,
    rows_of,
    views_of,
)

__all__ = [
    "Affected", "Completeness", "Item", "RowView", "Tally", "affected", "by_unit", "completeness", "items_of", "newest_text", "rows_of",
    "views_of",
]  # fmt: skip
