"""Send what is due: claim, call, record. `sending` is committed before the call, so a dead worker leaves a trace.

The order is the whole guarantee (docs/algorithms/delivery.md): a delivery that was never `sending` was never sent, one that
is `sending` may have been, and only a channel that takes a key is called again by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import transaction

from songda.ledger.notices.access import link_token
from songda.ledger.notices.actions.bring_back import bring_back
from songda.ledger.notices.actions.channels import Channel, open_channels, promise_of
from songda.ledger.notices.actions.claim_due import claim
from songda.ledger.notices.actions.hook_letters import hook_letter, note_answers
from songda.ledger.notices.actions.keep_pace import close, held_pace, reopen, spend
from songda.ledger.notices.actions.look_again import look_again
from songda.ledger.notices.actions.take_step import Clock, Sending, take_step
from songda.ledger.notices.models import Notice, NoticeDelivery
from songda.ledger.notices.queries.channels import site
from songda.ledger.notices.queries.terms import Terms, terms_of
from songda.ledger.notices.rules.letters import Letter, text_of
from songda.ledger.notices.rules.outcomes import Fate, Move, Outcome, after, after_lost_worker, next_look

THREADS = 8  # calls under way at once; the database is touched by one thread only


def send_due(*, clock: Clock, channels: Mapping[str, Channel] | None = None, most: int = 100_000) -> Sending:
    """Send up to `most` due deliveries on every configured channel, each batch committed on its own.

    The channels take turns, batch by batch, and each turn looks at the urgent lane first. Call it outside a transaction (from a
    job or a command): inside one, `sending` would not be there after a kill. Several workers may run it at once; each delivery is
    claimed by one of them, and the platforms' limits hold for all together.
    """
    channels = open_channels() if channels is None else channels
    terms = {code: terms_of(code, channel.per_minute) for code, channel in channels.items()}
    sending = Sending()
    bring_back(clock())
    recover_lost(channels, sending, now=clock())
    look_again(channels, sending, clock=clock)
    with ThreadPoolExecutor(THREADS) as threads:
        while sending.calls < most:
            turns = [send_batch(code, channel, terms[code], threads, sending, clock) for code, channel in channels.items()]
            if not any(turns):
                break
    return sending


def send_batch(code: str, channel: Channel, terms: Terms, threads: ThreadPoolExecutor, sending: Sending, clock: Clock) -> bool:
    """One turn of a channel; whether there was anything to send."""
    claimed_at = clock()
    batch = claim(code, channel, terms, now=claimed_at)
    if batch:
        outcomes = list(call(channel, batch, threads, now=clock()))  # all calls end before the transaction begins
        record(batch, outcomes, channel, sending, now=clock())
        settle_pace(code, outcomes, claimed_at=claimed_at, now=clock())
        note_answers(batch, outcomes, now=clock())
    return bool(batch)


def call(
    channel: Channel, batch: Sequence[NoticeDelivery], threads: ThreadPoolExecutor, *, now: dt.datetime
) -> Iterator[Outcome]:
    """The outcomes of a batch, in its order."""
    letters = [letter_of(one) if one.hook is None else hook_letter(one, one.hook, now=now) for one in batch]
    return threads.map(lambda letter: channel.send(letter, now=now), letters)


def letter_of(delivery: NoticeDelivery) -> Letter:
    """The letter of a delivery: to a firm with its signed link, to a post with the page that is its own."""
    notice = delivery.notice
    lines = sorted(notice.lines.all(), key=lambda line: line.ordinal)
    text = text_of(name_of(notice), [line.text for line in lines], demonstration=settings.DEMONSTRATION)
    own = f"/m/{link_token(delivery.key, notice.created_at)}/" if notice.subject_id is not None else notice.link or "/"
    to = notice.group.code if notice.group else delivery.contact.address if delivery.contact else ""
    return Letter(to, delivery.key, notice.title, text, site() + own)


def name_of(notice: Notice) -> str:
    """Whom a letter addresses."""
    if notice.group is not None:
        return notice.group.name
    if notice.post is not None:
        return notice.post.title or str(notice.post.get_role_display())
    return notice.subject.name if notice.subject else ""


def record(
    batch: Iterable[NoticeDelivery], outcomes: Iterable[Outcome], channel: Channel, sending: Sending, *, now: dt.datetime
) -> None:
    """Write what came of a batch."""
    with transaction.atomic():
        for delivery, outcome in zip(batch, outcomes, strict=True):
            step = after(outcome, promise_of(channel), attempts=delivery.attempts, now=now)
            if step.step == "send" and channel.receipts:
                step = Move("send", next_at=next_look(0, now))
            take_step(delivery, step, sending, now, outcome.provider_id)


def settle_pace(code: str, outcomes: Sequence[Outcome], *, claimed_at: dt.datetime, now: dt.datetime) -> None:
    """Count the calls into the minute in which they ended; close the channel where the platform wants to be left alone."""
    refusals = [one for one in outcomes if one.fate is Fate.HOLD]
    with transaction.atomic():
        pace = held_pace(code)
        spend(pace, len(outcomes), now=now, claimed_at=claimed_at)
        if refusals:
            close(pace, max(refusals, key=lambda one: one.wait or dt.timedelta(0)), now=now)
        else:
            reopen(pace)


def recover_lost(channels: Mapping[str, Channel], sending: Sending, *, now: dt.datetime) -> None:
    """Settle deliveries whose worker died: queued again where the key still lives, to be asked about where the platform can be,
    else unknown, for a person."""
    lost = NoticeDelivery.objects.filter(channel__in=list(channels), state="sending", next_at__lt=now)
    for delivery in lost.order_by("id")[:1000]:
        promise, begun = promise_of(channels[delivery.channel]), delivery.begun_at or now
        step = after_lost_worker(promise, begun_at=begun, attempts=delivery.attempts, now=now)
        take_step(delivery, step, Sending(), now, "")
        sending.steps[f"lost-{step.step}"] += 1
