"""What belongs on the agenda of a meeting, by itself: decisions not carried out, special cases and hard matters past their due date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from songda.kernel import clock
from songda.kernel.paths import within
from songda.ledger.cases.models import Case
from songda.office.dispatch.access import specials_visible_to
from songda.office.dispatch.models import AgendaItem, Decision, Meeting, SpecialCase
from songda.office.dispatch.states import Why
from songda.registry.actors import Actor

HARD = (Case.Difficulty.HARD, Case.Difficulty.JOINT)
MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line that an agenda should have."""

    why: str
    case_id: int | None = None
    special_id: int | None = None
    carried_id: int | None = None


def due_lines(meeting: Meeting, *, now: dt.datetime) -> Iterator[Line]:
    """The lines in their order: first what earlier meetings of this kind decided and is not done, then special cases past due, then
    hard cases of the territory past due.
    """
    earlier = Decision.objects.filter(meeting__kind=meeting.kind, meeting__area_path=meeting.area_path, task__open=True)
    for decision in earlier.exclude(meeting=meeting).order_by("due_on", "pk")[:MOST]:
        yield Line(Why.DECISION, case_id=decision.task_id, carried_id=decision.pk)
    late = SpecialCase.objects.filter(within([meeting.area_path]), closed_at=None, due_on__lt=clock.day_of(now))
    for special in late.order_by("due_on", "pk")[:MOST]:
        yield Line(Why.SPECIAL, special_id=special.pk)
    hard = Case.objects.filter(within([meeting.area_path]), open=True, difficulty__in=HARD, pressing_at__lt=now)
    for pk in hard.order_by("pressing_at", "pk").values_list("pk", flat=True)[:MOST]:
        yield Line(Why.HARD, case_id=pk)


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The agenda in its order."""
    rows = AgendaItem.objects.filter(meeting=meeting)
    return rows.select_related(
        "case__subject", "case__lead", "special__leader__person", "special__leader__organisation", "carried__owner"
    ).order_by("seq")


def decisions_of(meeting: Meeting) -> QuerySet[Decision]:
    """What the meeting decided."""
    return meeting.decisions.select_related("owner", "task").order_by("pk")


def specials_listed(actor: Actor, *, closed: bool = False) -> QuerySet[SpecialCase]:
    """Special cases in sight, the most pressing first, with the number of their matters and of those still open."""
    rows = specials_visible_to(actor).filter(closed_at__isnull=not closed)
    counted = rows.annotate(count=Count("matters"), waiting=Count("matters", filter=Q(matters__case__open=True)))
    return counted.order_by("due_on", "id")
