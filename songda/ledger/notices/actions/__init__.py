"""What may be done with notices. Other rooms import from here."""

from __future__ import annotations

from songda.ledger.notices.actions.notify_many import Notified, notify_many
from songda.ledger.notices.actions.open_link import answer_notice, open_link, open_notice
from songda.ledger.notices.actions.requeue_delivery import requeue_delivery
from songda.ledger.notices.actions.send_due import Sending, send_due

__all__ = ["Notified", "Sending", "answer_notice", "notify_many", "open_link", "open_notice", "requeue_delivery", "send_due"]
