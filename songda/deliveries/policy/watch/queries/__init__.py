"""Reads of the room."""

from __future__ import annotations

from songda.deliveries.policy.watch.queries.arrivals import (
    WAITING,
    Digest,
    arrivals_listed,
    draft_of,
    late_at,
    measures_of,
    needs,
    pushes_about,
    pushes_to_choose,
)
from songda.deliveries.policy.watch.queries.bids import Month, Success, bids_listed, missed, months_of, success
from songda.deliveries.policy.watch.queries.limits import due_of, limits, reading_of
from songda.deliveries.policy.watch.queries.recipients import of_arrival, of_bid
from songda.deliveries.policy.watch.queries.timeliness import Span, Timeliness, timeliness, unreminded

__all__ = [
    "WAITING", "Digest", "Month", "Span", "Success", "Timeliness", "arrivals_listed", "bids_listed", "draft_of", "due_of", "late_at",
    "limits", "measures_of", "missed", "months_of", "needs", "of_arrival", "of_bid", "pushes_about", "pushes_to_choose", "reading_of",
    "success", "timeliness", "unreminded",
]  # fmt: skip
