"""What people do here. Each verb: fetch with permission, check, change, record."""

from __future__ import annotations

from songda.deliveries.policy.receipts.actions.begin_handout import NewHandout, begin_handout, close_handout, try_handout
from songda.deliveries.policy.receipts.actions.collect_openings import collect_openings
from songda.deliveries.policy.receipts.actions.import_signatures import import_signatures
from songda.deliveries.policy.receipts.actions.record_receipt import Signing, confirm_receipt, record_receipt, void_receipt
from songda.deliveries.policy.receipts.actions.tell_recipients import tell_recipients
from songda.deliveries.policy.receipts.actions.write_list import write_list

__all__ = [
    "NewHandout", "Signing", "begin_handout", "close_handout", "collect_openings", "confirm_receipt", "import_signatures",
    "record_receipt", "tell_recipients", "try_handout", "void_receipt", "write_list",
]  # fmt: skip
