"""What has not gone out yet and why 待发送: the line of each channel, its next moment, and when a push will have been sent."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.ledger.notices.models import NoticeDelivery, Pace
from songda.ledger.notices.queries.channels import configuration, configured
from songda.ledger.notices.queries.terms import Terms, terms_of
from songda.ledger.notices.rules.pacing import MINUTE, WEEK, allowance, drained_at, recent
from songda.ledger.notices.states import CHANNELS, HELD, Lane

UNSENT = ("queued", "sending")
KIND_LIMITS = {"robot": 20, "wecom_robot": 20}
KINDS_ASKED = ("sms",)  # platforms that say by our key whether they have a message


@dataclass(frozen=True, slots=True)
class Ending:
    """When one channel will have sent the messages of a cause: how many of them wait, how many stand before or among them, and
    how many wait for a firm's cap."""

    channel: str
    waiting: int
    in_line: int
    capped: int
    at: dt.datetime

    @property
    def label(self) -> str:
        """The channel in the reader's words."""
        return str(CHANNELS[self.channel])


@dataclass(frozen=True, slots=True)
class Expected:
    """The expected end of a cause, channel by channel; `at` is None where nothing waits."""

    channels: tuple[Ending, ...]

    @property
    def at(self) -> dt.datetime | None:
        """When the last message will have gone."""
        return max((one.at for one in self.channels), default=None)

    @property
    def waiting(self) -> int:
        """Messages not yet sent."""
        return sum(one.waiting for one in self.channels)


def expected_end(cause: str, *, now: dt.datetime) -> Expected:
    """When the messages of this cause will have been sent, by the line before them, limits, quiet hours and caps.

    An upper bound as long as the platforms take messages and nothing is put before: whole minutes are counted, and a firm with
    too many messages this week is waited for. Six queries a channel.
    """
    mine = NoticeDelivery.objects.filter(notice__cause=cause, state__in=UNSENT)
    counts = mine.order_by().values_list("channel").annotate(n=Count("id"), last=Max("id"), lane=Max("lane"))
    return Expected(tuple(_ending(mine, code, int(lane or 0), last, count, now) for code, count, last, lane in counts))


def _ending(mine: QuerySet[NoticeDelivery], code: str, lane: int, last: int, count: int, now: dt.datetime) -> Ending:
    terms = terms_here(code)
    before = Q(lane__lt=lane) | Q(lane=lane, id__lte=last)
    line = NoticeDelivery.objects.filter(before, channel=code, state__in=UNSENT)
    held, until = _capped(mine.filter(channel=code), code, terms.weekly, now)
    quiet = None if lane == Lane.URGENT else terms.quiet
    pace = Pace.objects.filter(channel=code).first()
    starts = max(now, pace.closed_until) if pace and pace.closed_until else now
    in_line = line.count()
    at = max(drained_at(starts, in_line, terms.per_minute, quiet), until or now)
    if quiet is not None:
        at = quiet.ends_at(at) or at
    return Ending(code, count, in_line, held, at)


def _capped(mine: QuerySet[NoticeDelivery], code: str, weekly: int, now: dt.datetime) -> tuple[int, dt.datetime | None]:
    """How many of these wait for their firm's cap, and until when the last of them. Firms above the cap wait for their latest message."""
    if not weekly:
        return 0, None
    bulk = mine.filter(lane=int(Lane.BULK))
    past = NoticeDelivery.objects.filter(
        channel=code, lane=int(Lane.BULK), begun_at__gt=now - WEEK, notice__subject__in=bulk.order_by().values("notice__subject")
    ).exclude(state__in=("queued", "failed"))
    firms = past.order_by().values_list("notice__subject").annotate(n=Count("id"), first=Min("begun_at"), last=Max("begun_at"))
    ends = [(first if n == weekly else last) + WEEK for _subject, n, first, last in firms.filter(n__gte=weekly)]
    return len(ends), max(ends, default=None)


def terms_here(code: str) -> Terms:
    """The terms of a channel, its platform's own limit included, without opening it."""
    return terms_of(code, KIND_LIMITS.get(kind_of(code), 0))


def kind_of(code: str) -> str:
    """The kind of platform behind a channel."""
    return str(configuration().get("channels", {}).get(code, {}).get("kind", ""))


def can_be_asked() -> tuple[str, ...]:
    """The channels whose platform a person can ask about a message."""
    return tuple(code for code in configured() if kind_of(code) in KINDS_ASKED)


def release_of(code: str, terms: Terms, lane: Lane, *, now: dt.datetime) -> tuple[dt.datetime, str]:
    """When a message of a lane that is due may go, and what it waits for ('' for nothing)."""
    pace = Pace.objects.filter(channel=code).first()
    if pace and pace.closed_until and pace.closed_until > now:
        return pace.closed_until, _("平台暂停：%(why)s") % {"why": pace.trouble}
    quiet = terms.quiet.ends_at(now) if terms.quiet and lane is not Lane.URGENT else None
    if quiet is not None:
        return quiet, _("免打扰时段")
    spent = recent(json.loads(pace.spent), now) if pace else {}
    if not terms.per_minute or sum(spent.values()) < allowance(terms.per_minute, lane):
        return now, ""
    oldest = min(int(second) for second, count in spent.items() if count)
    at = dt.datetime.fromtimestamp(oldest + 1, dt.UTC) + MINUTE
    return at, _("平台限速：每分钟 %(n)d 条") % {"n": terms.per_minute}


def next_release(*, now: dt.datetime) -> dt.datetime | None:
    """When the next message that is due may go, on whichever channel; None when nothing is due."""
    due = NoticeDelivery.objects.filter(state="queued", next_at__lte=now, channel__in=configured())
    lanes = due.order_by().values_list("channel", "lane").distinct()
    return min((release_of(code, terms_here(code), Lane(lane), now=now)[0] for code, lane in lanes), default=None)


def why_waiting(delivery: NoticeDelivery, *, now: dt.datetime) -> str:
    """Why a queued message has not gone out, until when, and how many stand before it; '' for one that is not queued."""
    (said,) = whys_waiting([delivery], now=now)
    if not said or delivery.next_at > now:
        return said
    return _("%(said)s；前面还有 %(n)d 条") % {"said": said, "n": ahead_of(delivery)}


def whys_waiting(rows: Sequence[NoticeDelivery], *, now: dt.datetime) -> list[str]:
    """The same for several, without counting the line: queries by channel and lane, not by row."""
    stands = {(one.channel, one.lane) for one in rows if one.state == "queued" and one.next_at <= now}
    releases = {(code, lane): release_of(code, terms_here(code), Lane(lane), now=now) for code, lane in stands}
    return [_why(one, releases, now) if one.state == "queued" else "" for one in rows]


def _why(delivery: NoticeDelivery, releases: Mapping[tuple[str, int], tuple[dt.datetime, str]], now: dt.datetime) -> str:
    if delivery.next_at > now:
        why, until = delivery.failure or str(HELD[delivery.held]) or _("定时发送"), delivery.next_at
    else:
        until, why = releases[delivery.channel, delivery.lane]
    at = f"{until.astimezone(clock.place()):%m-%d %H:%M}"
    return _("%(why)s，%(at)s 起可发") % {"why": why, "at": at} if why else _("排队中")


def ahead_of(delivery: NoticeDelivery) -> int:
    """How many queued messages of its channel stand before it."""
    same = Q(lane=delivery.lane) & (Q(next_at__lt=delivery.next_at) | Q(next_at=delivery.next_at, id__lt=delivery.pk))
    line = NoticeDelivery.objects.filter(Q(lane__lt=delivery.lane) | same, channel=delivery.channel, state="queued")
    return line.count()
