"""Reads of the ledger."""

from __future__ import annotations

from songda.ledger.cases.queries.clocks import ClockView, clocks_of, troubled
from songda.ledger.cases.queries.kinds import kind_in_force, spec_of

__all__ = ["ClockView", "clocks_of", "kind_in_force", "spec_of", "troubled"]
