"""Lists of visits: by week, by month, for a firm, waiting for the dispatcher."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from songda.deliveries.service.visits.access import approaches_visible_to, visible_to
from songda.deliveries.service.visits.models import Approach, Finding, Stop, Visit
from songda.deliveries.service.visits.states import COMING
from songda.kernel import clock
from songda.registry.actors import Actor

SHOWN_A_DAY = 5
STOPS = Prefetch("stops", Stop.objects.select_related("subject").order_by("seq"))


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar with its first visits, and how many more there are."""

    on: dt.date
    visits: tuple[Visit, ...]
    more: int
    inside: bool
    today: bool


def listed(actor: Actor, *, state: str = "", mine: bool = False, on: dt.date | None = None) -> QuerySet[Visit]:
    """The visits in sight, newest first; of a state, of a day, or only the own post's."""
    rows = visible_to(actor).select_related("unit", "post__person").prefetch_related(STOPS)
    if state:
        rows = rows.filter(state=state)
    if mine:
        rows = rows.filter(post_id__in=actor.posts)
    if on is not None:
        rows = rows.filter(starts_at__gte=clock.start_of(on), starts_at__lt=clock.start_of(on + dt.timedelta(days=1)))
    return rows.order_by("-starts_at", "-pk")


def month_of(actor: Actor, month: dt.date, *, today: dt.date) -> list[list[Day]]:
    """A month in weeks from Monday, each day with its first visits. Three queries, however many visits."""
    first = month - dt.timedelta(days=month.weekday())
    following = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    weeks = -(-(following - first).days // 7)
    last = first + dt.timedelta(weeks=weeks)
    rows = visible_to(actor).filter(starts_at__gte=clock.start_of(first), starts_at__lt=clock.start_of(last))
    ids: dict[dt.date, list[int]] = defaultdict(list)
    kept = rows.exclude(state__in=("cancelled", "declined")).order_by("starts_at", "pk")
    for pk, starts_at in kept.values_list("pk", "starts_at"):
        ids[clock.day_of(starts_at)].append(pk)
    wanted = [pk for one in ids.values() for pk in one[:SHOWN_A_DAY]]
    found = Visit.objects.prefetch_related(STOPS).in_bulk(wanted)
    days = [first + dt.timedelta(days=n) for n in range(weeks * 7)]
    shown = [
        Day(
            on=day,
            visits=tuple(found[pk] for pk in ids[day][:SHOWN_A_DAY]),
            more=len(ids[day][SHOWN_A_DAY:]),
            inside=day.month == month.month,
            today=day == today,
        )
        for day in days
    ]
    return [shown[n : n + 7] for n in range(0, len(shown), 7)]


def stops_of(visit: Visit) -> QuerySet[Stop]:
    """The stops of a visit with all that was written at them. A constant number of queries."""
    findings = Prefetch("findings", Finding.objects.select_related("case").order_by("pk"))
    return (
        visit.stops.select_related("subject", "wish", "approach__unit")
        .prefetch_related(findings, "explained", "taken_up__case", "evidence__evidence")
        .order_by("seq")
    )


def bookings_of(actor: Actor) -> QuerySet[Stop]:
    """What a firm is asked, was asked, and had: its own stops, the next first."""
    stops = Stop.objects.filter(visit__in=visible_to(actor), subject_id=actor.subject_id)
    return stops.select_related("visit__unit", "visit__post__person").order_by("-visit__starts_at", "-pk")


def waiting_for_approval(actor: Actor) -> QuerySet[Approach]:
    """Contacts beyond the budget that wait for the dispatcher, the oldest first."""
    waiting = approaches_visible_to(actor).filter(counted=True, place=None, ended_at=None)
    return waiting.select_related("subject", "unit", "post__person", "stop__visit").order_by("noted_at", "pk")


def to_record(actor: Actor, *, now: dt.datetime) -> QuerySet[Stop]:
    """The stops that a post takes to its phone: of its visits from yesterday to the end of tomorrow, and those under way."""
    today = clock.start_of(clock.day_of(now))
    near = (today - dt.timedelta(days=1), today + dt.timedelta(days=2))
    mine = visible_to(actor).filter(post_id__in=actor.posts) | visible_to(actor).filter(attendees__post_id__in=actor.posts)
    soon = mine.filter(starts_at__range=near, state__in=(*COMING, "under_way")) | mine.filter(state="under_way")
    stops = Stop.objects.filter(visit__in=soon.values("pk"), recorded_at=None).exclude(reply__in=("declined", "merged"))
    return stops.select_related("visit__unit", "subject__home").order_by("visit__starts_at", "visit_id", "seq")
