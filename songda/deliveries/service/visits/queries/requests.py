"""有求必应 (SVC-44): what firms have asked and nobody has answered within the hours."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from songda.deliveries.service.visits.rules.budget import BUDGET
from songda.ledger.cases.access import visible_to
from songda.ledger.cases.models import Case, CaseStep
from songda.ledger.cases.states import Origin
from songda.registry.actors import Actor

ANSWERS = ("contact", "take", "tell", "progress", "propose", "solve_on_spot", "decline")
"""Steps by which a firm hears from somebody."""


def unanswered_requests(actor: Actor, *, now: dt.datetime) -> QuerySet[Case]:
    """The open requests of firms in sight that nobody has answered for `BUDGET.answer_hours`, the longest first."""
    answered = CaseStep.objects.filter(case=OuterRef("pk"), step__in=ANSWERS)
    late = now - dt.timedelta(hours=BUDGET.answer_hours)
    asked = visible_to(actor).filter(machine="demand", origin=Origin.FIRM, open=True, opened_at__lte=late)
    return asked.filter(~Exists(answered)).select_related("subject").order_by("opened_at", "pk")
