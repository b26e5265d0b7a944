"""How disturbed firms are: the light, who comes when, and whom to join."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from songda.deliveries.service.visits.models import Approach, Stop, Visit
from songda.deliveries.service.visits.rules.answers import OUT
from songda.deliveries.service.visits.rules.budget import Light, first_of_month, light, week_of
from songda.deliveries.service.visits.states import COMING

NEAR = dt.timedelta(days=14)
LONGEST_MONTH = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Disturbance:
    """A firm's light and the contacts behind it, of all departments."""

    light: Light
    contacts: tuple[Approach, ...]


def disturbances(subject_ids: Sequence[int], *, on: dt.date) -> dict[int, Disturbance]:
    """The lights of firms for the week and the month of a day. One query, however many firms."""
    return {one: disturbance(rows, on) for one, rows in contacts_of(subject_ids, [on]).items()}


def disturbances_of(waiting: Sequence[Approach]) -> dict[int, Disturbance]:
    """What each of these contacts comes on top of, by its id. One query."""
    rows = contacts_of([one.subject_id for one in waiting], [one.on for one in waiting])
    return {one.pk: disturbance([row for row in rows[one.subject_id] if row.pk != one.pk], one.on) for one in waiting}


def contacts_of(subject_ids: Sequence[int], days: Sequence[dt.date]) -> dict[int, list[Approach]]:
    """The contacts of firms over the weeks and months of these days, oldest first. One query, none without firms."""
    found: dict[int, list[Approach]] = {one: [] for one in subject_ids}
    if not found:
        return found
    first = min(min(week_of(day)[0], first_of_month(day)) for day in days)
    last = max(max(week_of(day)[1], first_of_month(day) + LONGEST_MONTH) for day in days)
    rows = Approach.objects.filter(subject_id__in=found, ended_at=None, on__range=(first, last))
    for row in rows.select_related("unit").order_by("on", "pk"):
        found[row.subject_id].append(row)
    return found


def disturbance(contacts: Iterable[Approach], on: dt.date) -> Disturbance:
    """The light that these contacts of one firm make on a day, with those of its week and month."""
    (monday, sunday), month = week_of(on), first_of_month(on)
    told = tuple(one for one in contacts if monday <= one.on <= sunday or one.month == month)
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
