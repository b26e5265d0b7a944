"""Send what did not arrive through other channels 换渠道: the same notice, further deliveries; nothing is told anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from songda.kernel import bulk, clock
from songda.kernel.audit.actions import record
from songda.ledger.notices.actions.notify_many import DELIVERY, delivery_row
from songda.ledger.notices.models import Notice, NoticeDelivery
from songda.ledger.notices.queries.plan import addresses_of
from songda.ledger.notices.rules.letters import Told
from songda.ledger.notices.states import Lane
from songda.registry.actors import Actor


@transaction.atomic
def add_channels(notices: QuerySet[Notice], channels: Collection[str], *, by: Actor, now: dt.datetime) -> set[int]:
    """Further deliveries of these notices to contacts on these channels that have none of them yet; the subjects that got one.

    The lane stays the notice's own, and who declined bulk messages stays left alone. The caller checks permission and scope.
    """
    rows, done = [], set()
    for notice in notices.exclude(subject=None).prefetch_related("deliveries"):
        present = list(notice.deliveries.all())
        lane = Lane(min((one.lane for one in present), default=int(Lane.BULK)))
        told = Told(notice.subject_id or 0, notice.area_path, (), lane)
        known = {one.contact_id for one in present}
        addresses, _declined = addresses_of([told], list(channels), clock.day_of(now))
        fresh = [one for one in addresses.get(told.subject_id, ()) if one.contact_id not in known]
        rows += [delivery_row(notice.pk, told, one, notice.cause, now) for one in fresh]
        if fresh:
            done.add(told.subject_id)
            after = {"channels": sorted({one.channel for one in fresh})}
            record("notices.add_channels", notice, by=by, now=now, after=after)
    bulk.insert(NoticeDelivery, DELIVERY, rows)
    return done
