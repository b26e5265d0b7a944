"""What changes here: figures come in, and the checks are run again."""

from __future__ import annotations

from songda.office.indicators.actions.load_figures import load_figures
from songda.office.indicators.actions.rerun_checks import CheckRun, rerun_checks

__all__ = ["CheckRun", "load_figures", "rerun_checks"]
