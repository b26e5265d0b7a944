"""What others read here: figures in effect, the list, the evidence of one figure, the report of checks."""

from __future__ import annotations

from songda.office.indicators.queries.check_report import CheckReport, check_report, checks_asked, spelled_page
from songda.office.indicators.queries.definitions import definition, definitions
from songda.office.indicators.queries.evidence import Evidence, evidence_of
from songda.office.indicators.queries.figures import figure_from, figures_in_effect
from songda.office.indicators.queries.listing import Line, choices, figures_asked, lines_of
from songda.office.indicators.queries.readings import Sheet, readings_asked, sheet_of
from songda.office.indicators.queries.rolling import RolledUp, rolled_up
from songda.office.indicators.queries.values import known, shown, value_at, values_at

__all__ = [
    "CheckReport",
    "Evidence",
    "Line",
    "RolledUp",
    "Sheet",
    "check_report",
    "checks_asked",
    "choices",
    "definition",
    "definitions",
    "evidence_of",
    "figure_from",
    "figures_asked",
    "figures_in_effect",
    "known",
    "lines_of",
    "readings_asked",
    "rolled_up",
    "sheet_of",
    "shown",
    "spelled_page",
    "value_at",
    "values_at",
]
