"""Reads of papers."""

from __future__ import annotations

from songda.ledger.papers.queries.catalogue import kinds_in_force, kinds_offered
from songda.ledger.papers.queries.content import content_of, frozen_rows, is_unchanged, rows_now
from songda.ledger.papers.queries.listing import Wanted, fitting, listed, units_in, years_in

__all__ = [
    "Wanted", "content_of", "fitting", "frozen_rows", "is_unchanged", "kinds_in_force", "kinds_offered", "listed", "rows_now", "units_in",
    "years_in",
]  # fmt: skip
