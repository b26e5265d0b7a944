"""Reads of the room: how targets stand, the six stabilities, the statistical register."""

from __future__ import annotations

from songda.office.economy.queries.parameters import entry_rule, pace_rule
from songda.office.economy.queries.register import begun_not_entered, conditions_of, entered, entries, months_of
from songda.office.economy.queries.stabilities import Panel, board
from songda.office.economy.queries.standing import Standing, listed, standing_of, standings, versions_of, worked_out, years_of

__all__ = [
    "Panel",
    "Standing",
    "begun_not_entered",
    "board",
    "conditions_of",
    "entered",
    "entries",
    "entry_rule",
    "listed",
    "months_of",
    "pace_rule",
    "standing_of",
    "standings",
    "versions_of",
    "worked_out",
    "years_of",
]
