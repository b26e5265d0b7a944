"""What may be done with notices. Other rooms import from here."""

from __future__ import annotations

from songda.ledger.notices.actions.add_channels import add_channels
from songda.ledger.notices.actions.keep_group import GroupGiven, keep_group
from songda.ledger.notices.actions.notify_many import Notified, notify_many, notify_planned
from songda.ledger.notices.actions.notify_posts import notify_groups, notify_posts
from songda.ledger.notices.actions.open_link import answer_notice, open_link, open_notice, open_own
from songda.ledger.notices.actions.requeue_delivery import requeue_delivery
from songda.ledger.notices.actions.send_due import send_due
from songda.ledger.notices.actions.settle_delivery import ask_platform, settle_delivery
from songda.ledger.notices.actions.take_step import Sending

__all__ = [
    "GroupGiven", "Notified", "Sending", "add_channels", "answer_notice", "ask_platform", "keep_group", "notify_groups", "notify_many", "notify_planned",
    "notify_posts", "open_link", "open_notice", "open_own", "requeue_delivery", "send_due", "settle_delivery",
]  # fmt: skip
