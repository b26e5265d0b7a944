"""Briefings with their figures: registered, there by firm and by person, questions answered, made a case, waiting (POL-33)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from songda.deliveries.policy.briefings.access import briefings_visible_to
from songda.deliveries.policy.briefings.models import Attendance, Briefing, Question, Registration
from songda.deliveries.policy.briefings.states import AttendedBy
from songda.registry.actors import Actor

WAITS = Q(answered_at=None, case=None)
DOORS_OPEN = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of a briefing. `firms` and `people` were there and are never added; `replay_firms` only watched it later.

    `questions` = `answered` + `cases` + `waiting`: one answered and made a case is counted as a case.
    """

    registered: int = 0
    firms: int = 0
    people: int = 0
    replay_firms: int = 0
    questions: int = 0
    answered: int = 0
    cases: int = 0
    waiting: int = 0


def briefings_listed(actor: Actor, *, state: str = "", text: str = "") -> QuerySet[Briefing]:
    """Briefings in sight, the latest first."""
    rows = briefings_visible_to(actor)
    if state:
        rows = rows.filter(state=state)
    if text.strip():
        rows = rows.filter(Q(title__contains=text.strip()) | Q(speaker__name__contains=text.strip()))
    return rows.order_by("-starts_at", "-id")


def figures_of(briefing_ids: Iterable[int]) -> dict[int, Figures]:
    """The figures of these briefings. Three queries."""
    keys = list(briefing_ids)
    live, late = ~Q(how=AttendedBy.REPLAY), Q(how=AttendedBy.REPLAY)
    there = (
        Attendance.objects.filter(briefing__in=keys)
        .order_by()
        .values("briefing")
        .annotate(
            firms=Count("subject", filter=live, distinct=True),
            people=Count("pk", filter=live),
            replay_firms=Count("subject", filter=late, distinct=True),
        )
    )
    asked = (
        Question.objects.filter(briefing__in=keys)
        .order_by()
        .values("briefing")
        .annotate(
            questions=Count("pk"),
            cases=Count("pk", filter=Q(case__isnull=False)),
            answered=Count("pk", filter=Q(case=None, answered_at__isnull=False)),
            waiting=Count("pk", filter=WAITS),
        )
    )
    booked = Registration.objects.filter(briefing__in=keys, cancelled_at=None).order_by().values("briefing")
    counted: dict[int, dict[str, int]] = {key: {} for key in keys}
    for rows in (there, asked, booked.annotate(registered=Count("pk"))):
        for row in rows:
            counted[row["briefing"]] |= {name: int(str(n)) for name, n in row.items() if name != "briefing"}
    return {key: Figures(**row) for key, row in counted.items()}


def registered_of(briefing: Briefing) -> QuerySet[Registration]:
    """Who has a place, by place."""
    return briefing.registrations.filter(cancelled_at=None).select_related("subject").order_by("slot")


def attended_of(briefing: Briefing) -> QuerySet[Attendance]:
    """Who was there, by firm."""
    return briefing.attendances.select_related("subject").order_by("subject__name_key", "subject_id", "pk")


def doors_open(briefing: Briefing, now: dt.datetime) -> bool:
    """Whether one can go in: from half an hour before until the end."""
    return briefing.state in ("open", "held") and briefing.starts_at - DOORS_OPEN <= now <= briefing.ends_at


def own_registrations(subject_id: int, briefing_ids: Iterable[int]) -> dict[int, Registration]:
    """The places a firm has, by briefing. One query."""
    rows = Registration.objects.filter(subject_id=subject_id, briefing__in=list(briefing_ids), cancelled_at=None)
    return {row.briefing_id: row for row in rows}
