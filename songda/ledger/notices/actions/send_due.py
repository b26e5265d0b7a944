"""Send what is due: claim, call, record. `sending` is committed before the call, so a dead worker leaves a trace.

The order is the whole guarantee (docs/algorithms/delivery.md): a delivery that was never `sending` was never sent, one that
is `sending` may have been, and only a channel that takes a key is asked again by itself.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import F

from songda.kernel.errors import Conflict
from songda.kernel.machines import move
from songda.ledger.notices.access import link_token
from songda.ledger.notices.actions.channels import Channel, open_channels
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.queries.channels import site
from songda.ledger.notices.rules.letters import Letter, text_of
from songda.ledger.notices.rules.outcomes import Move, Outcome, after, after_lost_worker
from songda.ledger.notices.states import DELIVERY

Clock = Callable[[], dt.datetime]
LEASE = dt.timedelta(minutes=5)  # far above the longest batch: 4 rounds of a call's patience
BATCH = 32  # so many unknowns at most after a kill; 1 where a repeat could be seen twice
LANES = 8  # calls under way at once; the database is touched by one thread only


@dataclass(slots=True)
class Sending:
    """How many deliveries took each step in one run."""

    steps: Counter[str] = field(default_factory=Counter)

    @property
    def calls(self) -> int:
        """Calls made."""
        return sum(self.steps[name] for name in ("send", "retry", "fail", "lose", "overtaken"))


def send_due(*, clock: Clock, channels: Mapping[str, Channel] | None = None, most: int = 100_000) -> Sending:
    """Send up to `most` due deliveries on every configured channel, each batch committed on its own.

    Call it outside a transaction (from a job or a command): inside one, `sending` would not be there after a kill.
    Several workers may run it at once; each delivery is claimed by one of them.
    """
    channels = open_channels() if channels is None else channels
    sending = Sending()
    recover_lost(channels, sending, now=clock())
    with ThreadPoolExecutor(LANES) as lanes:
        for code, channel in channels.items():
            while sending.calls < most:
                batch = claim(code, size_of(code, channel, now=clock()), now=clock())
                if not batch:
                    break
                outcomes = call(channel, batch, lanes, now=clock())
                record(batch, outcomes, channel, sending, now=clock())
    return sending


def size_of(code: str, channel: Channel, *, now: dt.datetime) -> int:
    """How many deliveries may be claimed now: a batch, or what the minute's limit leaves (0: wait for the next minute)."""
    batch = BATCH if channel.takes_key else 1
    if not channel.per_minute:
        return batch
    minute = NoticeDelivery.objects.filter(channel=code, sent_at__gt=now - dt.timedelta(minutes=1)).count()
    under_way = NoticeDelivery.objects.filter(channel=code, state="sending").count()
    return max(0, min(batch, channel.per_minute - minute - under_way))


def claim(code: str, size: int, *, now: dt.datetime) -> list[NoticeDelivery]:
    """Take up to `size` due deliveries of a channel for this worker, one compare-and-swap each, committed on return."""
    due = NoticeDelivery.objects.filter(channel=code, state="queued", next_at__lte=now).order_by("next_at", "id")[:size]
    with transaction.atomic():
        won = [one for one in due if _begins(one, now)]
    ids = [one.pk for one in won]
    rows = NoticeDelivery.objects.filter(pk__in=ids).select_related("notice__subject", "contact")
    return list(rows.prefetch_related("notice__lines").order_by("id"))


def call(channel: Channel, batch: Sequence[NoticeDelivery], lanes: ThreadPoolExecutor, *, now: dt.datetime) -> Iterator[Outcome]:
    """The outcomes of a batch, in its order."""
    letters = [letter_of(one) for one in batch]
    return lanes.map(lambda letter: channel.send(letter, now=now), letters)


def letter_of(delivery: NoticeDelivery) -> Letter:
    """The letter of a delivery, with its signed link."""
    notice = delivery.notice
    lines = sorted(notice.lines.all(), key=lambda line: line.ordinal)
    text = text_of(notice.subject.name, [line.text for line in lines], demonstration=settings.DEMONSTRATION)
    link = f"{site()}/m/{link_token(delivery.key, notice.created_at)}/"
    return Letter(delivery.contact.address, delivery.key, notice.title, text, link)


def record(
    batch: Iterable[NoticeDelivery], outcomes: Iterable[Outcome], channel: Channel, sending: Sending, *, now: dt.datetime
) -> None:
    """Write what came of a batch."""
    told = list(outcomes)  # all calls end before the transaction begins
    with transaction.atomic():
        for delivery, outcome in zip(batch, told, strict=True):
            step = after(outcome, attempts=delivery.attempts, takes_key=channel.takes_key, now=now)
            _take(delivery, step, sending, now, outcome.provider_id)


def recover_lost(channels: Mapping[str, Channel], sending: Sending, *, now: dt.datetime) -> None:
    """Settle deliveries whose worker died: queued again where the channel takes a key, else unknown, for a person."""
    lost = NoticeDelivery.objects.filter(channel__in=list(channels), state="sending", next_at__lt=now)
    for delivery in lost.order_by("id")[:1000]:
        takes_key = channels[delivery.channel].takes_key
        step = after_lost_worker(attempts=delivery.attempts, takes_key=takes_key, now=now)
        _take(delivery, step, Sending(), now, "")
        sending.steps[f"lost-{step.step}"] += 1


def _begins(delivery: NoticeDelivery, now: dt.datetime) -> bool:
    try:
        move(DELIVERY, delivery, "begin", attempts=F("attempts") + 1, next_at=now + LEASE)
    except Conflict:
        return False
    return True


def _take(delivery: NoticeDelivery, step: Move, sending: Sending, now: dt.datetime, provider_id: str) -> None:
    changes: dict[str, object] = {"failure": step.reason[:200]}
    if step.step == "send":
        changes |= {"sent_at": now, "provider_id": provider_id}
    if step.next_at is not None:
        changes["next_at"] = step.next_at
    try:
        move(DELIVERY, delivery, step.step, **changes)
    except Conflict:
        # The person opened the link before the answer came, or this worker was given up as dead: theirs is the later word.
        sending.steps["overtaken"] += 1
        return
    sending.steps[step.step] += 1
