"""Tell many subjects something, in one transaction: notices, their lines and one delivery a contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel import bulk, clock
from songda.kernel.errors import Conflict
from songda.ledger.notices import queries
from songda.ledger.notices.access import link_digest, link_token
from songda.ledger.notices.models import Notice, NoticeDelivery, NoticeLine
from songda.ledger.notices.queries.channels import INBOX
from songda.ledger.notices.rules.letters import Told, digest_of, key_of

NOTICE = ("subject_id", "area_path", "cause", "title", "link", "body_digest", "created_at")
LINE = ("notice_id", "subject_id", "topic", "topic_id", "text", "reason", "ordinal")
DELIVERY = (
    "notice_id", "contact_id", "channel", "lane", "members", "area_path", "key", "state", "attempts", "asks", "next_at", "held",
    "provider_id", "failure", "link_digest", "sent_at", "delivered_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notified:
    """What was written, and what was left out and why (see `queries.Plan`)."""

    notices: int
    lines: int
    deliveries: int
    already_told: int
    without_contact: tuple[int, ...]
    noticed: int


@transaction.atomic
def notify_many(
    cause: str, rows: Sequence[Told], *, title: str, topic: str, channels: Sequence[str], now: dt.datetime
) -> Notified:
    """Tell each row's subject the lines that are new to it: one notice a subject and cause, one delivery a contact, in its lane.

    A line told before is left out, and a subject with no new line or no contact gets no notice. The firm's own page (`inbox`)
    is delivered here; other channels are queued for `send_due`. The caller checks the permission and records the audit row.
    Conflict when somebody else tells the same at the same moment: nothing is written then, and a retry leaves theirs out.
    """
    plan = queries.plan(cause, rows, topic=topic, channels=channels, on=clock.day_of(now))
    return notify_planned(cause, plan, title=title, topic=topic, now=now)


@transaction.atomic
def notify_planned(cause: str, plan: queries.Plan, *, title: str, topic: str, now: dt.datetime) -> Notified:
    """Write a plan that the caller has just made, for a cause without notices. Refusals as in `notify_many`."""
    try:
        with transaction.atomic():
            _write(plan, cause, title, topic, now)
    except IntegrityError as error:
        raise Conflict(_("同一内容正在由他人推送，本次未写入。"), advice=_("请重新试算后再推送。")) from error
    return Notified(
        notices=len(plan.tellings),
        lines=plan.lines,
        deliveries=sum(plan.deliveries.values()),
        already_told=len(plan.already_told),
        without_contact=plan.without_contact,
        noticed=len(plan.noticed),
    )


def _write(plan: queries.Plan, cause: str, title: str, topic: str, now: dt.datetime) -> None:
    notices = (
        (one.told.subject_id, one.told.area_path, cause, title, "", digest_of(title, one.told.lines), now)
        for one in plan.tellings
    )
    bulk.insert(Notice, NOTICE, notices)
    told = Notice.objects.filter(cause=cause).values_list("subject_id", "id")
    ids = {subject_id: number for subject_id, number in told if subject_id is not None}
    lines = (
        (ids[one.told.subject_id], one.told.subject_id, topic, line.topic_id, line.text[:400], line.reason[:400], place)
        for one in plan.tellings
        for place, line in enumerate(one.told.lines)
    )
    bulk.insert(NoticeLine, LINE, lines)
    bulk.insert(NoticeDelivery, DELIVERY, _deliveries(plan, ids, cause, now))


def _deliveries(plan: queries.Plan, ids: dict[int, int], cause: str, now: dt.datetime) -> Iterator[tuple[object, ...]]:
    for one in plan.tellings:
        for address in one.addresses:
            yield delivery_row(ids[one.told.subject_id], one.told, address, cause, now)


def delivery_row(notice_id: int, told: Told, address: queries.Address, cause: str, now: dt.datetime) -> tuple[object, ...]:
    """One delivery in the order of `DELIVERY`: at once in the firm's own page, else in the queue of its lane."""
    key = key_of(cause, told.subject_id, address.contact_id)
    inside = address.channel == INBOX
    return (
        notice_id, address.contact_id, address.channel, int(told.lane), 1, told.area_path, key, "delivered" if inside else "queued", 0, 0,
        now, "", "", "", link_digest(link_token(key, now)), now if inside else None, now if inside else None,
    )  # fmt: skip
