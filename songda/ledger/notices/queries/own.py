"""A post's own messages 我的消息."""

from __future__ import annotations

from songda.ledger.notices.access import inbox_of
from songda.ledger.notices.models import NoticeDelivery
from songda.registry.actors import Actor

SHOWN = 5


def unread(actor: Actor) -> tuple[int, list[NoticeDelivery]]:
    """How many messages the post has not opened, and the first of them: what is urgent, then what is new. Three queries at the most."""
    waiting = inbox_of(actor).filter(state="delivered").order_by("lane", "-id")
    rows = list(waiting[: SHOWN + 1])
    return (len(rows) if len(rows) <= SHOWN else waiting.count()), rows[:SHOWN]
