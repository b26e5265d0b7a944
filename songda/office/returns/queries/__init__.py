"""What others read here."""

from __future__ import annotations

from songda.office.returns.queries.doubted import counts, violations_asked
from songda.office.returns.queries.filling import (
    Change,
    Line,
    breaches_of,
    differences,
    entries_of,
    filled_of,
    form_in_version,
    lines_of,
)
from songda.office.returns.queries.listing import Board, Rate, board, forms_seen, lamp, rates, returns_asked, waiting_for

__all__ = [
    "Board", "Change", "Line", "Rate", "board", "breaches_of", "counts", "differences", "entries_of", "filled_of", "form_in_version",
    "forms_seen", "lamp", "lines_of", "rates", "returns_asked", "violations_asked", "waiting_for",
]  # fmt: skip
