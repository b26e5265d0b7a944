"""Changes of the ledger. `step_case` is the only mover."""

from __future__ import annotations

from songda.ledger.cases.actions.clocks import refresh_clocks
from songda.ledger.cases.actions.give_word import give_word
from songda.ledger.cases.actions.open_case import open_case
from songda.ledger.cases.actions.parties import answer_party, ask_party, ask_take_over, end_parties, take_over
from songda.ledger.cases.actions.step_case import Said, step_case
from songda.ledger.cases.actions.sweep_clocks import Swept, sweep_clocks
from songda.ledger.cases.actions.verify_clocks import Verified, verify_clocks

__all__ = [
    "Said",
    "Swept",
    "Verified",
    "answer_party",
    "ask_party",
    "ask_take_over",
    "end_parties",
    "give_word",
    "open_case",
    "refresh_clocks",
    "step_case",
    "sweep_clocks",
    "take_over",
    "verify_clocks",
]
