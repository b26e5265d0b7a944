"""Asking a platform what became of messages 查询与回执: those whose fate is unknown, and those sent whose receipt is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import QuerySet

from songda.ledger.notices.actions.channels import Channel
from songda.ledger.notices.actions.take_step import Clock, Sending, take_step
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.rules.letters import Sent
from songda.ledger.notices.rules.outcomes import MOST_ASKS, Look, after_look, next_look
from songda.ledger.notices.states import Lane

LOOKS_A_RUN = 300  # of each sort and channel: questions go beside the messages and must not hold them up


def look_again(channels: Mapping[str, Channel], sending: Sending, *, clock: Clock) -> None:
    """Ask about what is due to be asked about. No transaction is open during a question; a worker that dies in one loses nothing."""
    for code, channel in channels.items():
        if channel.can_be_asked:
            for delivery in due(code, "unknown", clock()).filter(held="ask"):
                settle(delivery, channel, sending, clock)
        if channel.receipts:
            for delivery in due(code, "sent", clock()).exclude(provider_id=""):
                settle(delivery, channel, sending, clock)


def due(code: str, state: str, now: dt.datetime) -> QuerySet[NoticeDelivery]:
    """Messages of a channel in a state that are to be looked at now."""
    rows = NoticeDelivery.objects.filter(
        channel=code, state=state, lane__in=[int(lane) for lane in Lane], next_at__lte=now, asks__lt=MOST_ASKS
    )
    return rows.filter(pk__in=rows.order_by("next_at").values("pk")[:LOOKS_A_RUN]).select_related("contact")


def settle(delivery: NoticeDelivery, channel: Channel, sending: Sending, clock: Clock) -> Look:
    """Ask about one message and take the step that the answer leads to; without one, ask again later, eight times at the most."""
    to = delivery.contact.address if delivery.contact else ""
    look = channel.look(Sent(delivery.key, delivery.provider_id, to), now=clock())
    now = clock()
    step = after_look(look, unknown=delivery.state == "unknown", now=now)
    if step is not None:
        take_step(delivery, step, sending, now, look.provider_id)
        return look
    asks = delivery.asks + 1
    same = NoticeDelivery.objects.filter(pk=delivery.pk, state=delivery.state)
    same.update(asks=asks, next_at=next_look(asks, now), **({"held": ""} if asks >= MOST_ASKS else {}))
    return look
