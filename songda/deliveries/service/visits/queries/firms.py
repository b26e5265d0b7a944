"""The firms of a post with what a visitor asks first: last visit, open matters, measures that may be new, the light."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from songda.deliveries.service.visits.models import Plan, Stop, Visit
from songda.deliveries.service.visits.queries.light import Disturbance, disturbances
from songda.deliveries.service.visits.rules.budget import BUDGET
from songda.deliveries.service.visits.states import COMING
from songda.kernel import clock
from songda.ledger.cases.models import Case
from songda.registry.actors import Actor
from songda.registry.subjects import queries as subjects
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject


@dataclass(frozen=True, slots=True)
class FirmRow:
    """A firm as the visit plan lists it. `left_alone`: an open matter, and nobody there for `BUDGET.unvisited_days`."""

    subject: Subject
    last_visit: dt.datetime | None
    coming: Visit | None
    open_cases: int
    has_plan: bool
    disturbance: Disturbance
    left_alone: bool


def firms_listed(actor: Actor, text: str, *, now: dt.datetime, left_alone: bool) -> QuerySet[Subject]:
    """The firms in sight by name, or only those left alone with an open matter."""
    rows = subjects.listed(actor, subjects.Wanted(text=text))
    return rows.filter(forgotten(now)) if left_alone else rows


def forgotten(now: dt.datetime) -> Q:
    """Subjects with an open matter that nobody has visited for so many days."""
    since = now - dt.timedelta(days=BUDGET.unvisited_days)
    visited = Stop.objects.filter(subject=OuterRef("pk"), recorded_at__gte=since, missed="")
    matter = Case.objects.filter(subject=OuterRef("pk"), open=True, machine="demand")
    return Q(Exists(matter), ~Exists(visited))


def rows_about(firms: Sequence[Subject], *, now: dt.datetime) -> list[FirmRow]:
    """One page of firms. Five queries, however many firms."""
    ids = [one.pk for one in firms]
    last = dict(
        Stop.objects.filter(subject__in=ids, recorded_at__isnull=False, missed="")
        .order_by()
        .values_list("subject")
        .annotate(last=Max("arrived_at"))
    )
    matters = dict(
        Case.objects.filter(subject__in=ids, open=True, machine="demand")
        .order_by()
        .values_list("subject")
        .annotate(n=Count("pk"))
    )
    planned = set(Plan.objects.filter(subject__in=ids, state="active").values_list("subject_id", flat=True))
    lights = disturbances(ids, on=clock.day_of(now))
    coming = next_visits(ids)
    since = now - dt.timedelta(days=BUDGET.unvisited_days)
    return [
        FirmRow(
            subject=one,
            last_visit=last.get(one.pk),
            coming=coming.get(one.pk),
            open_cases=matters.get(one.pk, 0),
            has_plan=one.pk in planned,
            disturbance=lights[one.pk],
            left_alone=bool(matters.get(one.pk)) and (one.pk not in last or (last[one.pk] or since) < since),
        )
        for one in firms
    ]


def next_visits(subject_ids: Sequence[int]) -> dict[int, Visit]:
    """The next visit that is still to come at each firm, of whichever unit."""
    stops = Stop.objects.filter(subject__in=subject_ids, visit__state__in=(*COMING, "under_way"), recorded_at=None)
    found: dict[int, Visit] = {}
    for stop in stops.select_related("visit__unit").order_by("-visit__starts_at", "-pk"):
        if stop.subject_id is not None:
            found[stop.subject_id] = stop.visit
    return found


def forgotten_count(actor: Actor, *, now: dt.datetime) -> int:
    """How many firms in sight are left alone."""
    return visible_to(actor).filter(forgotten(now)).count()
