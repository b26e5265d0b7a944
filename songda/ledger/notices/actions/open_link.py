"""What a recipient does: open a message, and say that it interests the firm. One firm, and nothing else can be changed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict, NotFound
from songda.kernel.machines import move
from songda.ledger.notices.access import delivery_of_link, inbox_of, notices_visible_to
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.queries.channels import INBOX
from songda.ledger.notices.states import DELIVERY
from songda.registry.actors import Actor


@transaction.atomic
def open_link(token: str, *, now: dt.datetime) -> NoticeDelivery:
    """Follow a signed link: the delivery is marked opened, the first time. NotFound for a link that is not valid."""
    delivery = delivery_of_link(token, now=now)
    _open(delivery, now)
    return delivery


@transaction.atomic
def answer_notice(token: str, *, now: dt.datetime) -> NoticeDelivery:
    """感兴趣: the firm would like to hear more; the delivery is marked acted, the first time."""
    delivery = delivery_of_link(token, now=now)
    _take("act", delivery, now, acted_at=now, opened_at=_first("opened_at", now))
    return delivery


@transaction.atomic
def open_notice(notice_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Read a notice on the firm's own page: its `inbox` delivery is marked opened."""
    if not notices_visible_to(by).filter(pk=notice_id).exists():
        raise NotFound(_("没有这条通知。"))
    for delivery in NoticeDelivery.objects.filter(notice_id=notice_id, channel=INBOX):
        _open(delivery, now)


@transaction.atomic
def open_own(delivery_id: int, *, by: Actor, now: dt.datetime) -> NoticeDelivery:
    """Read a message on the post's own page: it is marked opened, the first time."""
    delivery = inbox_of(by).filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound(_("没有这条消息。"))
    _open(delivery, now)
    return delivery


def _open(delivery: NoticeDelivery, now: dt.datetime) -> None:
    _take("open", delivery, now, opened_at=now)


def _take(step: str, delivery: NoticeDelivery, now: dt.datetime, **changes: object) -> None:
    """Take the step where the state allows it; when somebody moved the row meanwhile, look again at where it is now."""
    while DELIVERY.allows(step, delivery.state):
        try:
            # The recipient's step is itself the proof of sending, where the answer of the platform was lost.
            move(DELIVERY, delivery, step, sent_at=_first("sent_at", now), **changes)
        except Conflict:
            continue


def _first(column: str, now: dt.datetime) -> Coalesce:
    """The moment already there, else `now`."""
    return Coalesce(column, Value(now))
