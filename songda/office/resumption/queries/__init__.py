"""Reads of the room. Later rooms (buses, dormitories) ask `cleared` before anybody travels."""

from __future__ import annotations

from songda.office.resumption.queries.arrivals import cleared, duty_of
from songda.office.resumption.queries.figures import Control, UnitRow, board, figures_at
from songda.office.resumption.queries.gates import Listing, listing_of, terms, why_not_resume
from songda.office.resumption.queries.quality import Doubtful, doubtful
from songda.office.resumption.queries.subjects import Wanted, subject_rows
from songda.office.resumption.queries.timeline import states_at, timeline

__all__ = [
    "Control", "Doubtful", "Listing", "UnitRow", "Wanted", "board", "cleared", "doubtful", "duty_of", "figures_at", "listing_of",
    "states_at", "subject_rows", "terms", "timeline", "why_not_resume",
]  # fmt: skip
