"""What may be done with notices. Other rooms import from here."""

from __future__ import annotations

from songda.ledger.notices.actions.add_channels import add_channels
from songda.ledger.notices.actions.notify_many import Notified, notify_many
from songda.ledger.notices.actions.notify_posts import notify_groups, notify_posts
from songda.ledger.notices.actions.open_link import answer_notice, open_link, open_notice
from songda.ledger.notices.actions.requeue_delivery import requeue_delivery
from songda.ledger.notices.actions.send_due import Sending, send_due

__all__ = [
    "Notified", "Sending", "add_channels", "answer_notice", "notify_groups", "notify_many", "notify_posts", "open_link", "open_notice",
    "requeue_delivery", "send_due",
]  # fmt: skip
