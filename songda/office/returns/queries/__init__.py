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
    history_of,
    lines_of,
)
from songda.office.returns.queries.listing import (
    WAITS_FOR,
    Board,
    board,
    forms_seen,
    lamp,
    needs,
    rates,
    rates_of_forms,
    returns_asked,
    waiting_for,
)
from songda.office.returns.rules.periods import Rate

__all__ = [
    "WAITS_FOR", "Board", "Change", "Line", "Rate", "board", "breaches_of", "counts", "differences", "entries_of", "filled_of", "form_in_version",
    "forms_seen", "history_of", "lamp", "lines_of", "needs", "rates", "rates_of_forms", "returns_asked", "violations_asked", "waiting_for",
]  # fmt: skip
