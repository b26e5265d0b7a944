"""Reads of the ledger."""

from __future__ import annotations

from songda.ledger.cases.queries.clocks import ClockView, clocks_of
from songda.ledger.cases.queries.duty import alerts_for, asked_of, duty_of, load_of_posts, unanswered
from songda.ledger.cases.queries.figures import counts_as_of, effect_of, origin_shares, recurrences
from songda.ledger.cases.queries.kinds import kind_in_force, spec_of
from songda.ledger.cases.queries.likeness import Likeness, similar
from songda.ledger.cases.queries.listing import Wanted, burning, lamp_of, listed, page_of_cases, rows_of, stale, tallies, total_of
from songda.ledger.cases.queries.readings import troubled
from songda.ledger.cases.queries.record import answers_of, contact_of, groups_of, may_call, parties_of, rungs_of, sheet_of
from songda.ledger.cases.queries.steps import (
    StepView,
    allowed_steps,
    batch_steps,
    is_plain,
    kind_pages,
    lacking,
    openings,
    reminders_of,
)
from songda.ledger.cases.queries.timeline import Entry, timeline

__all__ = [
    "ClockView", "Entry", "Likeness", "StepView", "Wanted", "alerts_for", "allowed_steps", "answers_of", "asked_of",
    "batch_steps", "burning", "clocks_of", "contact_of", "counts_as_of", "duty_of", "effect_of", "groups_of", "is_plain", "kind_in_force",
    "kind_pages", "lacking", "lamp_of", "listed", "load_of_posts", "may_call", "openings", "origin_shares", "page_of_cases", "parties_of", "recurrences",
    "reminders_of", "rows_of", "rungs_of", "sheet_of", "similar", "spec_of", "stale", "tallies", "timeline",
    "total_of", "troubled", "unanswered",
]  # fmt: skip
