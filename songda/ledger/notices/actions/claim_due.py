"""Taking due messages for this worker: urgent first, within the minute's allowance, outside quiet hours, under the firm's cap."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict
from songda.kernel.machines import move
from songda.ledger.notices.actions.channels import Channel
from songda.ledger.notices.actions.keep_pace import held_pace, is_closed, room, spend
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.queries.terms import Terms
from songda.ledger.notices.rules.pacing import WEEK, cap_ends
from songda.ledger.notices.states import DELIVERY, Lane

LEASE = dt.timedelta(minutes=5)  # far above the longest batch: 4 rounds of a call's patience
BATCH = 32  # so many are in doubt at most after a kill; 1 where doubt cannot be settled
AT_ONCE = 400  # rows looked at for the cap in one go
COUNTED = ("sending", "sent", "delivered", "opened", "acted", "unknown")  # what a firm may have received


def claim(code: str, channel: Channel, terms: Terms, *, now: dt.datetime) -> list[NoticeDelivery]:
    """Take the next messages of a channel, all of one lane, one compare-and-swap each; committed on return.

    Empty when nothing is due, or may go now: the platform is closed, the minute is full, these are quiet hours.
    """
    with transaction.atomic():
        pace = held_pace(code)
        if is_closed(pace, now):
            return []
        for lane in open_lanes(terms, now):
            free = room(pace, terms.per_minute, lane, now)
            size = BATCH if channel.takes_key or channel.can_be_asked else 1
            won = take(code, lane, size if free is None else min(size, free), channel, terms, now)
            if won:
                spend(pace, len(won), now=now)
                break
        else:
            return []
    rows = NoticeDelivery.objects.filter(pk__in=won).select_related(
        "notice__subject", "notice__group", "notice__post", "contact", "hook__post__person__account", "event"
    )
    return list(rows.prefetch_related("notice__lines").order_by("lane", "id"))


def open_lanes(terms: Terms, now: dt.datetime) -> tuple[Lane, ...]:
    """The lanes that may go at this hour, the first to be looked at first."""
    quiet = terms.quiet is not None and terms.quiet.ends_at(now) is not None
    return (Lane.URGENT,) if quiet else tuple(Lane)


def take(code: str, lane: Lane, size: int, channel: Channel, terms: Terms, now: dt.datetime) -> list[int]:
    """Begin up to `size` due deliveries of one lane; those whose firm has had its share wait until the cap allows."""
    while size > 0:
        seen = list(waiting(code, lane, now)[: AT_ONCE if lane is Lane.BULK and terms.weekly else size])
        if not seen:
            break
        late = held_by_cap(code, seen, terms.weekly, now) if lane is Lane.BULK else {}
        fit = [one for one in seen if one.pk not in late][:size]
        for one in (one for one in seen if one.pk in late):
            hold(one, late[one.pk], terms.weekly)
        won = [one.pk for one in fit if begins(one, channel, now)]
        if won or not late:
            return won
    return []


def waiting(code: str, lane: Lane, now: dt.datetime) -> QuerySet[NoticeDelivery]:
    """Due deliveries of one lane, the oldest first."""
    due = NoticeDelivery.objects.filter(channel=code, state="queued", lane=int(lane), next_at__lte=now)
    return due.select_related("notice").order_by("next_at", "id")


def held_by_cap(code: str, rows: Sequence[NoticeDelivery], weekly: int, now: dt.datetime) -> dict[int, dt.datetime]:
    """Which of these must wait for their firm's cap, and until when. A second message of one firm in `rows` waits its turn too."""
    if not weekly:
        return {}
    firms = {one.notice.subject_id for one in rows} - {None}
    begun: defaultdict[int | None, list[dt.datetime]] = defaultdict(list)
    past = NoticeDelivery.objects.filter(
        channel=code, lane=int(Lane.BULK), notice__subject__in=firms, state__in=COUNTED, begun_at__gt=now - WEEK
    ).values_list("notice__subject_id", "begun_at")
    for firm, at in past:
        if at is not None:
            begun[firm].append(at)
    late: dict[int, dt.datetime] = {}
    for one in rows:
        subject_id = one.notice.subject_id
        until = cap_ends(begun[subject_id], weekly, now) if subject_id is not None else None
        if until is None:
            begun[subject_id].append(now)
        else:
            late[one.pk] = until
    return late


def hold(delivery: NoticeDelivery, until: dt.datetime, weekly: int) -> None:
    """Put a message off, with the reason on its row."""
    reason = _("该企业七日内已收到 %(n)d 条批量消息") % {"n": weekly}
    NoticeDelivery.objects.filter(pk=delivery.pk, state="queued").update(next_at=until, held="cap", failure=reason)


def begins(delivery: NoticeDelivery, channel: Channel, now: dt.datetime) -> bool:
    """Whether this worker has it now. A repeat after the life of its key might be shown twice: such a one becomes unknown."""
    expired = delivery.held == "doubt" and delivery.begun_at is not None and now - delivery.begun_at >= channel.key_lives
    try:
        if expired:
            move(DELIVERY, delivery, "expire", held="")
            return False
        move(DELIVERY, delivery, "begin", attempts=F("attempts") + 1, begun_at=now, next_at=now + LEASE, held="")
    except Conflict:
        return False
    return True
