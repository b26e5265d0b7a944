"""Reads of the room."""

from __future__ import annotations

from songda.deliveries.policy.receipts.queries.coverage import (
    Coverage,
    Line,
    by_officer,
    by_street,
    coverage_of,
    coverages_of,
    is_whole,
)
from songda.deliveries.policy.receipts.queries.lists import (
    Wanted,
    handouts_of_firm,
    missing,
    proven,
    receipts_of,
    recipients_listed,
    to_visit,
    unproven,
)
from songda.deliveries.policy.receipts.queries.population import Drawn, drawn

__all__ = [
    "Coverage", "Drawn", "Line", "Wanted", "by_officer", "by_street", "coverage_of", "coverages_of", "drawn", "handouts_of_firm", "is_whole",
    "missing", "proven", "receipts_of", "recipients_listed", "to_visit", "unproven",
]  # fmt: skip
