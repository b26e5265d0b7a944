"""How disturbed firms are: the light, who comes when, and whom to join."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from songda.deliveries.service.visits.models import Approach, Stop, Visit
from songda.deliveries.service.visits.rules.answers import OUT
from songda.deliveries.service.visits.rules.budget import Light, first_of_month, light, week_of
from songda.deliveries.service.visits.states import COMING

NEAR = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Disturbance:
    """A firm's light and the contacts behind it, of all departments."""

    light: Light
    contacts: tuple[Approach, ...]


def disturbances(subject_ids: Sequence[int], *, on: dt.date) -> dict[int, Disturbance]:
    """The lights of firms for the week and the month of a day. One query, however many firms."""
    monday, sunday = week_of(on)
    month = first_of_month(on)
    rows = Approach.objects.filter(subject_id__in=subject_ids, ended_at=None).select_related("unit").order_by("on", "pk")
    found: dict[int, list[Approach]] = defaultdict(list)
    for row in rows.filter(on__gte=min(monday, month), on__lt=max(sunday, month + dt.timedelta(days=31)) + dt.timedelta(days=1)):
        found[row.subject_id].append(row)
    return {one: disturbance(found[one], on) for one in subject_ids}


def disturbance(contacts: Iterable[Approach], on: dt.date) -> Disturbance:
    """The light that these contacts of one firm make on a day."""
    (monday, sunday), month = week_of(on), first_of_month(on)
    told = tuple(contacts)
    in_week = sum(monday <= one.on <= sunday for one in told)
    in_month = sum(one.month == month and one.place is not None for one in told)
    return Disturbance(light(in_week, in_month), told)


def to_join(visit: Visit) -> QuerySet[Visit]:
    """Other visits, of whichever unit, not yet begun, to one of the same firms within a fortnight: candidates for one joint visit."""
    firms = visit.stops.exclude(subject=None).exclude(reply__in=OUT).values("subject")
    others = Stop.objects.filter(subject__in=firms).exclude(reply__in=OUT).exclude(visit=visit).values("visit_id")
    near = (visit.starts_at - NEAR, visit.starts_at + NEAR)
    return (
        Visit.objects.filter(pk__in=others, state__in=COMING, starts_at__range=near)
        .select_related("unit")
        .order_by("starts_at", "pk")
    )
