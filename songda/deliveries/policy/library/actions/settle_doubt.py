"""Settle a doubt of the reader 处理疑点: a person has looked, and says what came of it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from songda.deliveries.policy.library.access import doubt_to_settle
from songda.deliveries.policy.library.actions.changes import put
from songda.deliveries.policy.library.actions.confirm_measure import required_reason
from songda.deliveries.policy.library.models import ReadingDoubt
from songda.kernel.audit.actions import record
from songda.registry.actors import Actor


@transaction.atomic
def settle_doubt(doubt_id: int, *, reason: str, by: Actor, now: dt.datetime) -> ReadingDoubt:
    """Say that a doubt is dealt with, and how; saying it again corrects the reason."""
    doubt = doubt_to_settle(doubt_id, by)
    changes = {"settled": required_reason(reason), "settled_by": by.account_id, "settled_at": now}
    before, after = put(doubt, changes, changes)
    record("policy.settle_doubt", doubt, by=by, now=now, before=before, after=after)
    return doubt
