"""Changes of the ledger. `step_case` is the only mover."""

from __future__ import annotations

from songda.ledger.cases.actions.announce_step import announce_case
from songda.ledger.cases.actions.answer_alert import answer_alert
from songda.ledger.cases.actions.clocks import refresh_clocks
from songda.ledger.cases.actions.export_ledger import ask_export, exported_file, write_export
from songda.ledger.cases.actions.give_word import give_word
from songda.ledger.cases.actions.import_ledger import import_ledger
from songda.ledger.cases.actions.open_case import open_case
from songda.ledger.cases.actions.parties import answer_party, ask_party, ask_take_over, end_parties, take_over
from songda.ledger.cases.actions.plain_step import Result, plain_step, step_many
from songda.ledger.cases.actions.reveal_contact import reveal_contact
from songda.ledger.cases.actions.saved_filters import drop_filter, keep_filter
from songda.ledger.cases.actions.step_case import Said, step_case
from songda.ledger.cases.actions.sweep_clocks import Swept, sweep_clocks
from songda.ledger.cases.actions.tell_firm import tell_alerts, tell_firm
from songda.ledger.cases.actions.verify_clocks import Verified, verify_clocks
from songda.ledger.cases.actions.write_table import write_ledger

__all__ = [
    "Result", "Said", "Swept", "Verified",
    "announce_case", "answer_alert", "answer_party", "ask_export", "ask_party", "ask_take_over", "drop_filter", "end_parties", "exported_file",
    "give_word", "import_ledger", "keep_filter", "open_case", "plain_step", "refresh_clocks", "reveal_contact", "step_case", "step_many", "sweep_clocks",
    "take_over", "tell_alerts", "tell_firm", "verify_clocks", "write_export", "write_ledger",
]  # fmt: skip
