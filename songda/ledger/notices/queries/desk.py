"""The desk of operations 发送队列: each channel as it is now, in the reader's scope."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from songda.ledger.notices.access import queue_visible_to
from songda.ledger.notices.models import NoticeDelivery, Pace
from songda.ledger.notices.queries.channels import INBOX, configured
from songda.ledger.notices.queries.terms import Terms
from songda.ledger.notices.queries.waiting import release_of, terms_here
from songda.ledger.notices.rules.pacing import recent
from songda.ledger.notices.states import CHANNELS, STUCK, Lane
from songda.registry.actors import Actor

OPEN = ("queued", "sending", *STUCK)
REASONS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ChannelNow:
    """One channel: how many wait in each lane, are held by a firm's cap, are being sent, failed, are unknown; what went out in the
    last minute (of the whole house); its terms; and when the bulk may go again, and why not now."""

    code: str
    waiting: int
    urgent: int
    capped: int
    sending: int
    failed: int
    unknown: int
    last_minute: int
    terms: Terms
    release_at: dt.datetime
    why: str

    @property
    def label(self) -> str:
        """The channel in the reader's words."""
        return str(CHANNELS[self.code])


def channels_now(actor: Actor, *, now: dt.datetime) -> list[ChannelNow]:
    """Every channel of this installation. A fixed number of queries a channel."""
    codes = [code for code in configured() if code != INBOX]
    counts: dict[str, dict[str, Any]] = {
        row["channel"]: dict(row)
        for row in queue_visible_to(actor)
        .filter(channel__in=codes, state__in=OPEN)
        .order_by()
        .values("channel")
        .annotate(
            waiting=Count("id", filter=Q(state="queued")),
            urgent=Count("id", filter=Q(state="queued", lane=int(Lane.URGENT))),
            capped=Count("id", filter=Q(state="queued", held="cap")),
            sending=Count("id", filter=Q(state="sending")),
            failed=Count("id", filter=Q(state="failed")),
            unknown=Count("id", filter=Q(state="unknown")),
        )
    }
    return [_now(code, counts.get(code, {}), now) for code in codes]


def reasons(actor: Actor) -> list[tuple[str, str, int]]:
    """Why messages failed, the commonest first: (channel, the platform's words, how many)."""
    failed = queue_visible_to(actor).filter(state="failed").order_by()
    rows = failed.values_list("channel", "failure").annotate(n=Count("id")).order_by("-n", "channel")
    return [(str(CHANNELS[channel]), reason, n) for channel, reason, n in rows[:REASONS_SHOWN]]


def desk_rows(actor: Actor, state: str, channel: str) -> QuerySet[NoticeDelivery]:
    """The messages in one state, oldest first, with what a desk needs to know of them."""
    rows = queue_visible_to(actor).filter(state=state if state in OPEN else "unknown")
    rows = rows.filter(channel=channel) if channel in CHANNELS else rows
    return rows.select_related("notice__subject", "notice__group", "notice__post", "contact").order_by("lane", "id")


def _now(code: str, counts: dict[str, Any], now: dt.datetime) -> ChannelNow:
    terms = terms_here(code)
    release_at, why = release_of(code, terms, Lane.BULK, now=now)
    pace = Pace.objects.filter(channel=code).first()
    spent = sum(recent(json.loads(pace.spent), now).values()) if pace else 0
    numbers = {name: int(counts.get(name, 0)) for name in ("waiting", "urgent", "capped", "sending", "failed", "unknown")}
    return ChannelNow(code=code, last_minute=spent, terms=terms, release_at=release_at, why=why, **numbers)
