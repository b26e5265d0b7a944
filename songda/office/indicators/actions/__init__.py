"""What changes here: values are recorded, computed and explained; figures of texts come in, and their checks are run again."""

from __future__ import annotations

from songda.office.indicators.actions.compute_value import compute_value
from songda.office.indicators.actions.explain_value import explain_value
from songda.office.indicators.actions.load_figures import load_figures
from songda.office.indicators.actions.record_value import record_value
from songda.office.indicators.actions.rerun_checks import CheckRun, rerun_checks
from songda.office.indicators.rules.new_values import NewValue

__all__ = ["CheckRun", "NewValue", "compute_value", "explain_value", "load_figures", "record_value", "rerun_checks"]
