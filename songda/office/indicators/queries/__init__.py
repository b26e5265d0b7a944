"""What others read here: figures in effect, the list, the evidence of one figure, the report of checks."""

from __future__ import annotations

from songda.office.indicators.queries.behind import behind_day, behind_value, definition_of_value, has_rows
from songda.office.indicators.queries.board import Board, board, former_of, listed, stabilities, told_of
from songda.office.indicators.queries.check_report import CheckReport, check_report, checks_asked, spelled_page
from songda.office.indicators.queries.definitions import definition, definitions
from songda.office.indicators.queries.evidence import Evidence, evidence_of
from songda.office.indicators.queries.figures import figure_from, figures_in_effect
from songda.office.indicators.queries.listing import Line, choices, figures_asked, lines_of
from songda.office.indicators.queries.matrix import Matrix, matrix
from songda.office.indicators.queries.readings import Sheet, readings_asked, sheet_of
from songda.office.indicators.queries.rolling import RolledUp, rolled_up
from songda.office.indicators.queries.series import (
    Series,
    cell_label,
    cells_of,
    days_made,
    series_of,
    tallies_by_unit,
    tallies_of,
)
from songda.office.indicators.queries.values import known, shown, value_at, values_at

__all__ = [
    "Board",
    "CheckReport",
    "Evidence",
    "Line",
    "Matrix",
    "RolledUp",
    "Series",
    "Sheet",
    "behind_day",
    "behind_value",
    "board",
    "cell_label",
    "cells_of",
    "check_report",
    "checks_asked",
    "choices",
    "days_made",
    "definition",
    "definition_of_value",
    "definitions",
    "evidence_of",
    "figure_from",
    "figures_asked",
    "figures_in_effect",
    "former_of",
    "has_rows",
    "known",
    "lines_of",
    "listed",
    "matrix",
    "readings_asked",
    "rolled_up",
    "series_of",
    "sheet_of",
    "shown",
    "spelled_page",
    "stabilities",
    "tallies_by_unit",
    "tallies_of",
    "told_of",
    "value_at",
    "values_at",
]
