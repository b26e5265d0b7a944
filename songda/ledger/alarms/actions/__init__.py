"""What may be done with alarms."""

from __future__ import annotations

from songda.ledger.alarms.actions.acknowledge import acknowledge
from songda.ledger.alarms.actions.look import look, prove_trail

__all__ = ["acknowledge", "look", "prove_trail"]
