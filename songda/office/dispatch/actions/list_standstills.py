"""The daily list 每日调度单 of what stands still: written each morning, as it stood then."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from songda.kernel import clock
from songda.ledger.cases.queries import stale
from songda.office.dispatch.models import Standstill
from songda.registry.actors import house
from songda.registry.calendars.queries import working_days


@transaction.atomic
def list_standstills(*, now: dt.datetime) -> int:
    """Write today's list: every open case that nobody has moved for as many working days as its kind allows. How many are new.

    Run again, it adds nothing to a day that has its list.
    """
    today = clock.day_of(now)
    if Standstill.objects.filter(on=today).exists():
        return 0
    found = list(stale(house("cases.see"), now=now).only("pk", "lead_id", "holder_id", "moved_at"))
    first = min((clock.day_of(one.moved_at) for one in found), default=today)
    working = working_days(first, today - dt.timedelta(days=1))
    lines = [
        Standstill(
            on=today,
            case=one,
            lead_id=one.lead_id,
            holder_id=one.holder_id,
            moved_at=one.moved_at,
            days=sum(day > clock.day_of(one.moved_at) for day in working),
        )
        for one in found
    ]
    return len(Standstill.objects.bulk_create(lines, batch_size=500))
