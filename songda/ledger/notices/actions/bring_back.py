"""Messages that wait for a moment from a clock that ran ahead 时钟回拨: they go when they would have gone."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from songda.ledger.notices.actions.claim_due import LEASE
from songda.ledger.notices.actions.restored import HELD
from songda.ledger.notices.models import NoticeDelivery, Pace
from songda.ledger.notices.rules.outcomes import LONGEST_PAUSE

AHEAD = dt.timedelta(minutes=2)  # clocks of two machines may differ by so much
LONGEST_WAIT = dt.timedelta(days=8)  # a firm that had its share waits a week at most
LONGEST_CLOSED = dt.timedelta(days=2)  # a platform asks to be left alone until the next day at most


def bring_back(now: dt.datetime) -> int:
    """Put right what waits longer than anything waits by itself; how many.

    A message whose worker may still live gets a new lease, not a second call.
    """
    open_ones = NoticeDelivery.objects.exclude(held=HELD)
    retried = Q(state="queued", held__in=("retry", "doubt"), next_at__gt=now + 2 * LONGEST_PAUSE)
    never_tried = Q(state="queued", held="", attempts=0, notice__created_at__gt=now + AHEAD)
    stranded = retried | never_tried | Q(state__in=("queued", "unknown"), next_at__gt=now + LONGEST_WAIT)
    found = list(open_ones.filter(next_at__gt=now + AHEAD).filter(stranded).values_list("pk", flat=True)[:10_000])
    count = NoticeDelivery.objects.filter(pk__in=found, state__in=("queued", "unknown")).update(next_at=now) if found else 0
    leased = open_ones.filter(state="sending", next_at__gt=now + 2 * LEASE)
    if leased.exists():
        count += leased.update(next_at=now + LEASE)
    closed = Pace.objects.filter(closed_until__gt=now + LONGEST_CLOSED)
    return count + (closed.update(closed_until=None) if closed.exists() else 0)
