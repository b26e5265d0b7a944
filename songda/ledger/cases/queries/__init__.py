"""Reads of the ledger."""

from __future__ import annotations

from songda.ledger.cases.queries.kinds import kind_in_force, spec_of

__all__ = ["kind_in_force", "spec_of"]
