"""What others read here: figures in effect, the list, the evidence of one figure, the report of checks."""

from __future__ import annotations

from songda.office.indicators.queries.check_report import CheckReport, check_report, checks_asked, spelled_page
from songda.office.indicators.queries.evidence import Evidence, evidence_of
from songda.office.indicators.queries.figures import figure_from, figures_in_effect
from songda.office.indicators.queries.listing import Line, choices, figures_asked, lines_of

__all__ = [
    "CheckReport",
    "Evidence",
    "Line",
    "check_report",
    "checks_asked",
    "choices",
    "evidence_of",
    "figure_from",
    "figures_asked",
    "figures_in_effect",
    "lines_of",
    "spelled_page",
]
