"""Reads of the room."""

from __future__ import annotations

from songda.office.dispatch.queries.agendas import Line, agenda_of, decisions_of, due_lines, specials_listed
from songda.office.dispatch.queries.standstills import days_listed, standstills, units_listed

__all__ = [
    "Line", "agenda_of", "days_listed", "decisions_of", "due_lines", "specials_listed", "standstills", "units_listed",
]  # fmt: skip
