"""What may be done with notices. Other rooms import from here."""

from __future__ import annotations

from songda.ledger.notices.actions.add_channels import add_channels
from songda.ledger.notices.actions.announce import announce
from songda.ledger.notices.actions.channel_webhook import webhook
from songda.ledger.notices.actions.keep_group import GroupGiven, keep_group
from songda.ledger.notices.actions.keep_hook import (
    OpenedHook,
    close_hook,
    open_hook,
    pause_hook,
    ping,
    resume_hook,
    rotate_secret,
    send_again,
)
from songda.ledger.notices.actions.notify_many import Notified, notify_many, notify_planned
from songda.ledger.notices.actions.notify_posts import notify_groups, notify_posts
from songda.ledger.notices.actions.open_link import answer_notice, open_link, open_notice, open_own
from songda.ledger.notices.actions.requeue_delivery import requeue_delivery
from songda.ledger.notices.actions.send_due import send_due
from songda.ledger.notices.actions.settle_delivery import ask_platform, settle_delivery
from songda.ledger.notices.actions.take_step import Sending

__all__ = [
    "GroupGiven", "Notified", "OpenedHook", "Sending", "add_channels", "announce", "answer_notice", "ask_platform", "close_hook", "keep_group",
    "notify_groups", "notify_many", "notify_planned", "notify_posts", "open_hook", "open_link", "open_notice", "open_own", "pause_hook", "ping",
    "requeue_delivery", "resume_hook", "rotate_secret", "send_again", "send_due", "settle_delivery", "webhook",
]  # fmt: skip
