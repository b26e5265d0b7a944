"""Questions: the list, what waits, and what of this room needs somebody now."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.briefings.access import explanations_visible_to, questions_visible_to
from songda.deliveries.policy.briefings.models import Question
from songda.deliveries.policy.briefings.queries.sessions import WAITS
from songda.ledger.cases.queries.duty import Need
from songda.registry.actors import Actor

STANDING = {"waiting": WAITS, "answered": Q(answered_at__isnull=False), "case": Q(case__isnull=False)}


def questions_listed(actor: Actor, *, standing: str = "", text: str = "") -> QuerySet[Question]:
    """Questions in sight, the latest first; `standing`: waiting, answered, case."""
    rows = questions_visible_to(actor)
    if standing in STANDING:
        rows = rows.filter(STANDING[standing])
    if text.strip():
        rows = rows.filter(Q(text__contains=text.strip()) | Q(subject__name__contains=text.strip()))
    return rows.order_by("-pk")


def needs(actor: Actor, _now: dt.datetime) -> list[Need]:
    """Lines for the home: questions that wait for who answers, explanations that wait for the firm's word."""
    if actor.subject_id is not None:
        waiting = explanations_visible_to(actor).filter(confirmed_at=None).count()
        lines = [Need(_("等您确认的政策讲解"), waiting, "/policy/briefings/own/")]
    else:
        asked = questions_visible_to(actor).filter(WAITS).count() if actor.may("policy.draft") or actor.may("cases.file") else 0
        lines = [Need(_("宣讲中还没答复的提问"), asked, "/policy/briefings/questions/?standing=waiting")]
    return [one for one in lines if one.count]
