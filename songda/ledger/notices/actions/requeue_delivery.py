"""Send a failed or unknown delivery again, by decision of a person."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from songda.kernel.audit.actions import record
from songda.kernel.machines import move
from songda.ledger.notices.access import delivery_to_settle
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.states import DELIVERY
from songda.registry.actors import Actor


@transaction.atomic
def requeue_delivery(delivery_id: int, *, by: Actor, now: dt.datetime) -> NoticeDelivery:
    """Queue it again, with its attempts forgotten. For an unknown one the person accepts that it may arrive twice."""
    delivery = delivery_to_settle(delivery_id, by)
    before = delivery.state
    move(DELIVERY, delivery, "requeue", attempts=0, asks=0, next_at=now, failure="", held="")
    record("notices.requeue", delivery, by=by, now=now, before={"state": before}, after={"state": delivery.state})
    return delivery
