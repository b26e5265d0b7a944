"""What a person does about a message whose fate is unknown: ask the platform, or settle it by the recipient's word."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Unavailable
from songda.kernel.machines import move
from songda.ledger.notices.access import delivery_to_settle
from songda.ledger.notices.actions.channels import open_channels
from songda.ledger.notices.actions.look_again import settle
from songda.ledger.notices.actions.take_step import Sending
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.rules.outcomes import Sight
from songda.ledger.notices.states import DELIVERY
from songda.registry.actors import Actor


def ask_platform(delivery_id: int, *, by: Actor, now: dt.datetime) -> Sight:
    """Ask the platform about one unknown message now; what it says. Outside a transaction: the question takes as long as it takes."""
    delivery = delivery_to_settle(delivery_id, by)
    channel = open_channels().get(delivery.channel)
    if channel is None or not channel.can_be_asked:
        raise Unavailable(_("这个渠道不能按我方编号查询。"), advice=_("请向收件人核实后，再标记结果或重发。"))
    if delivery.state != "unknown":
        raise Conflict(_("这条消息的结果已经明确。"), advice=_("请刷新页面查看。"))
    look = settle(delivery, channel, Sending(), lambda: now)
    with transaction.atomic():
        record("notices.ask", delivery, by=by, now=now, after={"answer": look.sight.value, "state": delivery.state})
    return look.sight


@transaction.atomic
def settle_delivery(delivery_id: int, *, arrived: bool, by: Actor, now: dt.datetime) -> NoticeDelivery:
    """Say of an unknown message what the recipient said: it came, or it did not. Only such a one; nothing is sent by this."""
    delivery = delivery_to_settle(delivery_id, by)
    if delivery.state != "unknown":
        raise Conflict(_("只有结果不明的消息需要核实。"), advice=_("请刷新页面查看。"))
    said = _("经向收件人核实：已收到") if arrived else _("经向收件人核实：未收到")
    changes: dict[str, object] = {"sent_at": delivery.sent_at or delivery.begun_at or now} if arrived else {}
    move(DELIVERY, delivery, "send" if arrived else "fail", failure=said, held="", **changes)
    record("notices.settle", delivery, by=by, now=now, before={"state": "unknown"}, after={"state": delivery.state})
    return delivery
