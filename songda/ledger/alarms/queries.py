"""Reads of the room: the events of the last hour, sign-ins from a new address, what is wrong with the trail, the rows behind an alarm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Max, Q, QuerySet

from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry, AuditSeal
from songda.ledger.alarms.models import Alarm
from songda.ledger.alarms.rules import ACTIONS, WINDOW, Event
from songda.registry.people.models import Post
from songda.registry.people.states import ADMINISTRATORS, Role

WATCHERS = (Role.SECURITY_ADMIN.value, Role.AUDIT_ADMIN.value)
SIGNED_IN = "account.sign_in"


def recent(now: dt.datetime, actions: frozenset[str] = ACTIONS) -> list[Event]:
    """The rows of these actions within the last hour, in order. The seals say from which number on to look: hours have no index."""
    since = now - WINDOW
    before = AuditSeal.objects.filter(sealed_at__lte=since).aggregate(end=Max("last_id"))["end"] or 0
    rows = AuditEntry.objects.filter(id__gt=before, at__gte=since, at__lte=now, action__in=actions)
    return [event_of(row) for row in rows.order_by("at", "id").iterator(chunk_size=2000)]


def event_of(row: AuditEntry) -> Event:
    """A row as rules look at it."""
    return Event(
        id=row.pk,
        at=row.at,
        hour=row.at.astimezone(clock.place()).hour,
        action=row.action,
        thing_id=row.thing_id,
        account_id=row.account_id,
        post_id=row.post_id,
        name=row.name,
        origin=row.origin,
        told=row.after,
    )


def strange_sign_ins(now: dt.datetime) -> list[Event]:
    """Sign-ins of administrators 三员 from where their account has never signed in before; a first sign-in is not strange."""
    found = recent(now, frozenset({SIGNED_IN}))
    watched = set(
        Post.objects.filter(role__in=ADMINISTRATORS, person__account__in=[one.account_id for one in found if one.account_id])
        .values_list("person__account", flat=True)
    )  # fmt: skip
    return [one for one in found if one.account_id in watched and is_strange(one)]


def is_strange(event: Event) -> bool:
    """Whether the account has signed in before, and never from there."""
    before = AuditEntry.objects.filter(thing="people.account", thing_id=event.thing_id, action=SIGNED_IN, id__lt=event.id)
    return before.exists() and not before.filter(origin=event.origin).exists()


def marks(rule: str, abouts: Sequence[str]) -> dict[str, int]:
    """The last row of the trail that any alarm of a rule has gathered, by what it is about."""
    found = Alarm.objects.filter(rule=rule, about__in=abouts).values_list("about").annotate(end=Max("last_entry"))
    return dict(found)


def open_alarms(rule: str, abouts: Sequence[str]) -> dict[str, Alarm]:
    """The alarms of a rule that nobody has acknowledged, by what they are about."""
    return {one.about: one for one in Alarm.objects.filter(rule=rule, about__in=abouts, acknowledged_at=None)}


def rows_behind(alarm: Alarm) -> QuerySet[AuditEntry]:
    """The rows of the trail behind an alarm."""
    return AuditEntry.objects.filter(pk__in=alarm.entries).order_by("id")


def watchers(on: dt.date) -> list[int]:
    """The posts that are told: security and audit administrators of the day."""
    present = Q(ends_on=None) | Q(ends_on__gt=on)
    return list(Post.objects.filter(present, role__in=WATCHERS, starts_on__lte=on).values_list("pk", flat=True))
