"""Changes of the ledger. `step_case` is the only mover."""

from __future__ import annotations

from songda.ledger.cases.actions.clocks import refresh_clocks
from songda.ledger.cases.actions.open_case import open_case
from songda.ledger.cases.actions.step_case import step_case

__all__ = ["open_case", "refresh_clocks", "step_case"]
