"""A firm asks to be told of changes of a guide 订阅, or no longer 退订."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from songda.deliveries.policy.guides.access import guide_for, own_firm
from songda.deliveries.policy.guides.models import Subscription
from songda.kernel.audit.actions import record
from songda.registry.actors import Actor


@transaction.atomic
def subscribe(guide_id: int, *, by: Actor, now: dt.datetime) -> Subscription:
    """Tell the actor's firm when the guide changes. Asked twice, kept once."""
    guide, firm = guide_for(guide_id, by), own_firm(by)
    kept, made = Subscription.objects.get_or_create(guide=guide, subject=firm, ended_at=None, defaults={"since": now})
    if made:
        record("policy.subscribe_guide", kept, by=by, now=now, after={"guide": guide.pk})
    return kept


@transaction.atomic
def unsubscribe(guide_id: int, *, by: Actor, now: dt.datetime) -> int:
    """Tell it no longer; how many subscriptions ended."""
    guide, firm = guide_for(guide_id, by), own_firm(by)
    ended = 0
    for kept in Subscription.objects.filter(guide=guide, subject=firm, ended_at=None):
        ended += Subscription.objects.filter(pk=kept.pk, ended_at=None).update(ended_at=now)
        record("policy.unsubscribe_guide", kept, by=by, now=now, after={"guide": guide.pk})
    return ended
