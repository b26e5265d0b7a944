"""Keeping a platform's pace 限速: one row a channel, which every worker changes before it takes messages.

The first statement of a claim is an UPDATE of that row, so claims on a channel follow one another on both databases, and the
limits hold for all workers together.
"""

from __future__ import annotations

import datetime as dt
import json

from django.db.models import F

from songda.ledger.notices.models import Pace
from songda.ledger.notices.rules.outcomes import Outcome, pause
from songda.ledger.notices.rules.pacing import allowance, recent
from songda.ledger.notices.states import Lane


def held_pace(code: str) -> Pace:
    """The channel's row, held by this transaction until its end."""
    if not Pace.objects.filter(channel=code).update(version=F("version") + 1):
        Pace.objects.bulk_create([Pace(channel=code)], ignore_conflicts=True)
        return held_pace(code)
    return Pace.objects.get(channel=code)


def is_closed(pace: Pace, now: dt.datetime) -> bool:
    """Whether the platform wants to be left alone."""
    return pace.closed_until is not None and pace.closed_until > now


def room(pace: Pace, per_minute: int, lane: Lane, now: dt.datetime) -> int | None:
    """How many more messages of a lane may go now; None: any number."""
    if not per_minute:
        return None
    return max(0, allowance(per_minute, lane) - sum(recent(json.loads(pace.spent), now).values()))


def spend(pace: Pace, count: int, *, now: dt.datetime, claimed_at: dt.datetime | None = None) -> None:
    """Count messages into this minute. With `claimed_at` they are counted at the end of their call instead of its beginning: the
    platform may have seen them as late as now."""
    spent = recent(json.loads(pace.spent), now)
    if claimed_at is not None:
        earlier = str(int(claimed_at.timestamp()))
        spent[earlier] = max(0, spent.get(earlier, 0) - count)
    second = str(int(now.timestamp()))
    spent[second] = spent.get(second, 0) + count
    pace.spent = json.dumps(spent)
    Pace.objects.filter(pk=pace.pk).update(spent=pace.spent)


def close(pace: Pace, outcome: Outcome, *, now: dt.datetime) -> None:
    """Leave the platform alone for a while; each time in a row for longer."""
    until = now + pause(pace.troubles, outcome)
    Pace.objects.filter(pk=pace.pk).update(closed_until=until, trouble=outcome.reason[:200], troubles=F("troubles") + 1)


def reopen(pace: Pace) -> None:
    """The platform takes messages again."""
    if pace.troubles:
        Pace.objects.filter(pk=pace.pk).update(closed_until=None, trouble="", troubles=0)
