"""Take openings for receipts 在线签收: where a delivery says so, a firm that opened its notice has received the texts."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from songda.deliveries.policy.receipts.models import Handout, Receipt, Recipient
from songda.deliveries.policy.receipts.states import Method
from songda.kernel.audit.actions import record
from songda.ledger.notices.models import NoticeDelivery
from songda.registry.actors import Actor

MOST = 5000


def cause_of(handout: Handout) -> str:
    """The cause that its notices carry."""
    return f"handout:{handout.pk}"


def collect_openings(*, by: Actor, now: dt.datetime) -> int:
    """Receipts for notices opened since, over all open deliveries that take openings; how many. A second run writes nothing."""
    open_ones = Handout.objects.filter(state="open", opening_counts=True).order_by("pk")
    return sum(_collect(handout, by, now) for handout in open_ones)


@transaction.atomic
def _collect(handout: Handout, by: Actor, now: dt.datetime) -> int:
    """The first opening of each firm without a receipt. One declared void is not taken again from the same delivery."""
    unsigned = Recipient.objects.filter(
        ~Exists(Receipt.objects.filter(recipient=OuterRef("pk"), voided_at=None)), handout=handout
    )
    taken = Receipt.objects.filter(recipient__handout=handout, delivery__isnull=False)
    opened = NoticeDelivery.objects.filter(notice__cause=cause_of(handout), opened_at__lte=now)
    opened = opened.exclude(pk__in=taken.values("delivery")).order_by("-opened_at", "-id")
    first = {one.notice.subject_id: one for one in opened.select_related("notice")[:MOST]}
    rows = [
        Receipt(
            recipient=recipient, method=Method.ONLINE, received_at=first[recipient.subject_id].opened_at or now, delivery=first[recipient.subject_id],
            note=_("打开通知"), name=by.name, recorded_at=now,
        )
        for recipient in unsigned.filter(subject__in=list(first))
    ]  # fmt: skip
    made = Receipt.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if made:
        record("receipts.collect", handout, by=by, now=now, after={"openings": len(made)})
    return len(made)
