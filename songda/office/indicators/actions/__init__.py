"""What changes here: values are recorded, computed and explained; figures of texts come in and are judged, and their checks run again."""

from __future__ import annotations

from songda.office.indicators.actions.accept_figures import Choice, accept_figures
from songda.office.indicators.actions.compute_value import compute_value
from songda.office.indicators.actions.correct_figure import Correction, correct_figure
from songda.office.indicators.actions.explain_value import explain_value
from songda.office.indicators.actions.load_figures import load_figures
from songda.office.indicators.actions.make_tallies import make_tallies
from songda.office.indicators.actions.read_bulletin import Handed, read_bulletin
from songda.office.indicators.actions.record_value import record_value
from songda.office.indicators.actions.reject_figures import reject_figures, reopen_figure
from songda.office.indicators.actions.rerun_checks import CheckRun, rerun_checks
from songda.office.indicators.rules.new_values import NewValue

__all__ = [
    "CheckRun",
    "Choice",
    "Correction",
    "Handed",
    "NewValue",
    "accept_figures",
    "compute_value",
    "correct_figure",
    "explain_value",
    "load_figures",
    "make_tallies",
    "read_bulletin",
    "record_value",
    "reject_figures",
    "reopen_figure",
    "rerun_checks",
]
