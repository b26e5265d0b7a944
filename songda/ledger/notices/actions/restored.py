"""Messages of a restored installation 恢复后的消息: what was waiting in the backup may have gone out since, so a person decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.machines import move
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.states import DELIVERY, INBOX
from songda.registry.actors import Actor

HELD = "restored"
NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def held_back() -> QuerySet[NoticeDelivery]:
    """What waits for a person's decision."""
    return NoticeDelivery.objects.filter(state="queued", held=HELD)


def counts() -> Mapping[str, int]:
    """How many of them by channel."""
    return dict(held_back().order_by("channel").values_list("channel").annotate(Count("id")))


@transaction.atomic
def hold_restored(*, now: dt.datetime) -> tuple[int, int]:
    """Hold back all that was waiting; call doubtful what was just being sent. How many each. A post's own inbox is not held: it is ours."""
    waiting = NoticeDelivery.objects.filter(state="queued").exclude(channel=INBOX).update(held=HELD, next_at=NEVER)
    doubtful = list(NoticeDelivery.objects.filter(state="sending"))
    for one in doubtful:
        move(DELIVERY, one, "lose", next_at=now)
    return waiting, len(doubtful)


@transaction.atomic
def release_restored(channel: str = "", *, by: Actor, now: dt.datetime) -> int:
    """Let them go out (of one channel, or all); how many. Who had one before the backup was restored gets it twice."""
    count = _of(channel).update(held="", next_at=now)
    record("notices.release_restored", NoticeDelivery(), by=by, now=now, after={"channel": channel, "count": count})
    return count


@transaction.atomic
def drop_restored(channel: str = "", *, by: Actor, now: dt.datetime) -> int:
    """Give them up (of one channel, or all); how many. They stay on record as not sent, and can be sent again one by one."""
    rows = list(_of(channel))
    for one in rows:
        move(DELIVERY, one, "drop", held="", failure=_("恢复备份后放弃发送"), next_at=now)
    record("notices.drop_restored", NoticeDelivery(), by=by, now=now, after={"channel": channel, "count": len(rows)})
    return len(rows)


def _of(channel: str) -> QuerySet[NoticeDelivery]:
    return held_back().filter(channel=channel) if channel else held_back()
