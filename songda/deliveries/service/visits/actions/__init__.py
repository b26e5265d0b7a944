"""Changes of the room."""

from __future__ import annotations

from songda.deliveries.service.visits.actions.add_photo import add_photo
from songda.deliveries.service.visits.actions.answer_visit import Answer, answer_visit, offer_slot
from songda.deliveries.service.visits.actions.approve_extra import approve_extra_contact, refuse_extra_contact
from songda.deliveries.service.visits.actions.close_visit import cancel_visit, close_visit, merge_visits
from songda.deliveries.service.visits.actions.plan_visit import Call, Plan, Wanted, note_contact, plan_visit
from songda.deliveries.service.visits.actions.plans import (
    Line,
    Sheet,
    activate_plan,
    draft_plan,
    raise_reviews,
    rewrite_plan,
    tick_line,
)
from songda.deliveries.service.visits.actions.production import Basis, Made, begin_production, report_week
from songda.deliveries.service.visits.actions.record_stop import Found, Report, record_stop, refile_finding, start_visit

__all__ = [
    "Answer",
    "Basis",
    "Call",
    "Found",
    "Line",
    "Made",
    "Plan",
    "Report",
    "Sheet",
    "Wanted",
    "activate_plan",
    "add_photo",
    "answer_visit",
    "approve_extra_contact",
    "begin_production",
    "cancel_visit",
    "close_visit",
    "draft_plan",
    "merge_visits",
    "note_contact",
    "offer_slot",
    "plan_visit",
    "raise_reviews",
    "record_stop",
    "refile_finding",
    "refuse_extra_contact",
    "report_week",
    "rewrite_plan",
    "start_visit",
    "tick_line",
]
