"""What other rooms' pages show of explanations: a panel on the firm's record, and lines for the form of a visit."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from songda.deliveries.policy.briefings.access import explanations_visible_to, questions_visible_to
from songda.deliveries.policy.briefings.queries.explaining import fits_of
from songda.ledger.panels import Line, Rendered
from songda.registry.actors import Actor
from songda.registry.subjects.queries import subject_of


def explained_panel(subject_id: int, actor: Actor, _now: dt.datetime) -> Rendered | None:
    """What fits this firm and was explained, is confirmed, is asked; nothing for who does not see explanations."""
    if actor.subject_id is None and not (actor.may("visits.do") or actor.may("push.see")):
        return None
    subject = subject_of(subject_id)
    if subject is None:
        return None
    return "briefings/panel.html", {
        "firm": fits_of([subject])[0],
        "subject": subject,
        "questions": questions_visible_to(actor).filter(subject_id=subject_id).order_by("-pk")[:10],
    }


def explained_lines(subject_id: int, actor: Actor, _now: dt.datetime) -> list[Line]:
    """What was explained to a firm, as lines: `explanation:7`, the measure, whether the firm confirmed it."""
    rows = explanations_visible_to(actor).filter(subject_id=subject_id).order_by("-pk")[:50]
    return [
        Line(f"explanation:{one.pk}", one.version.title, _("企业已确认") if one.confirmed_at else _("已讲解，待企业确认"))
        for one in rows
    ]
