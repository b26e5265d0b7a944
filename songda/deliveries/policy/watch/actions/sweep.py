"""The sweeper 巡检: what waits too long is told each day, what was pushed is noticed, closed windows are missed. Safe to run again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.watch.access import reminders_for
from songda.deliveries.policy.watch.actions.summarise_arrival import notice_push
from songda.deliveries.policy.watch.models import Arrival, Bid, Reminder
from songda.deliveries.policy.watch.queries import due_of, late_at, limits, of_arrival, of_bid
from songda.deliveries.policy.watch.rules.spans import threshold
from songda.deliveries.policy.watch.states import AT_WORK, BID, ReminderKind
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import NotFound
from songda.kernel.machines import move
from songda.registry.actors import Actor, system
from songda.registry.calendars.queries import calendar
from songda.registry.people.models import Post


@dataclass(frozen=True, slots=True)
class Swept:
    """What one round did: pushes noticed, reminders sent, windows missed."""

    pushed: int
    reminded: int
    missed: int


def sweep(*, now: dt.datetime) -> Swept:
    """One round over all open documents and applications; each row is a transaction of its own."""
    waiting = list(Arrival.objects.filter(state="summarised").order_by("pk").values_list("pk", flat=True))
    pushed = sum(notice_push(key, now=now) for key in waiting)
    _recount()
    late = list(Arrival.objects.filter(late_at(now)).select_related("owner").order_by("pk"))
    reminded = sum(_remind_late(one, now) for one in late)
    open_bids = list(Bid.objects.filter(state__in=AT_WORK).select_related("owner", "lead").order_by("pk"))
    today, ahead = clock.day_of(now), limits().reminders
    missed = [one for one in open_bids if one.closes_on < today]
    reminded += sum(_miss(one, now) for one in missed)
    reminded += sum(_remind_due(one, today, ahead, now) for one in open_bids if one.closes_on >= today)
    return Swept(pushed, reminded, len(missed))


def _recount() -> None:
    """Deadlines as the present limits and calendar have them; a row changes only where they differ."""
    known, days = limits(), calendar()
    for one in Arrival.objects.filter(state__in=("received", "summarised")).order_by("pk"):
        due = due_of(one, known, days)
        if due != one.due_at:
            Arrival.objects.filter(pk=one.pk, state=one.state).update(due_at=due)


@transaction.atomic
def _remind_late(arrival: Arrival, now: dt.datetime) -> int:
    kind = ReminderKind.DIGEST_LATE if arrival.state == "received" else ReminderKind.PUSH_LATE
    return _tell(Reminder(arrival=arrival, area_path=arrival.area_path), kind, clock.day_of(now), of_arrival(arrival), now)


@transaction.atomic
def _miss(bid: Bid, now: dt.datetime) -> int:
    move(BID, bid, "miss", ended_at=now)
    record("bid.miss", bid, by=system(), now=now, after={"closes_on": str(bid.closes_on)})
    return _tell(Reminder(bid=bid, area_path=bid.area_path), ReminderKind.MISSED, bid.closes_on, of_bid(bid, late=True), now)


@transaction.atomic
def _remind_due(bid: Bid, today: dt.date, ahead: Sequence[int], now: dt.datetime) -> int:
    blank, left = Reminder(bid=bid, area_path=bid.area_path), (bid.due_on - today).days
    if left < 0:
        return _tell(blank, ReminderKind.DUE_LATE, today, of_bid(bid, late=True), now)
    step = threshold(left, ahead)
    if step is None:
        return 0
    return _tell(blank, ReminderKind.DUE_SOON, bid.due_on - dt.timedelta(days=step), of_bid(bid, late=False), now)


def _tell(blank: Reminder, kind: ReminderKind, on: dt.date, posts: Sequence[Post | None], now: dt.datetime) -> int:
    """One reminder a post and day; how many are new."""
    made = 0
    for post in posts:
        to = f"post:{post.pk}" if post else "none"
        given = {"post": post, "area_path": blank.area_path, "at": now}
        key = {"kind": kind, "arrival": blank.arrival, "bid": blank.bid, "on": on, "to": to}
        made += Reminder.objects.get_or_create(**key, defaults=given)[1]
    return made


@transaction.atomic
def acknowledge(reminder_id: int, *, by: Actor, now: dt.datetime) -> Reminder:
    """Say that a reminder was read. What it is about still waits, and is told again tomorrow."""
    found = reminders_for(by).filter(pk=reminder_id).first()
    if found is None:
        raise NotFound(_("没有这条提醒，或已签收。"))
    Reminder.objects.filter(pk=found.pk, seen_at=None).update(seen_at=now, seen_name=by.name)
    record("watch.acknowledge", found, by=by, now=now)
    found.refresh_from_db()
    return found
