"""Reads of the room: what a file would do, and where the files lie."""

from __future__ import annotations

from songda.registry.intake.queries.areas import areas_for
from songda.registry.intake.queries.files import kept_file, officers_file, returned_file, taken_before
from songda.registry.intake.queries.mapping import columns_in_words, unknown_in_words
from songda.registry.intake.queries.officers import plan_officers
from songda.registry.intake.queries.plan import Person, Plan, Progress, RowError, plan_roster

__all__ = [
    "Person",
    "Plan",
    "Progress",
    "RowError",
    "areas_for",
    "columns_in_words",
    "kept_file",
    "officers_file",
    "plan_officers",
    "plan_roster",
    "returned_file",
    "taken_before",
    "unknown_in_words",
]
