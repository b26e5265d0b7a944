"""Visits and their stops, contacts of all departments, plans of firms and of production."""

from __future__ import annotations

from songda.deliveries.service.visits.models.approaches import Approach
from songda.deliveries.service.visits.models.plans import Plan, PlanLine
from songda.deliveries.service.visits.models.production import Production, ProductionWeek
from songda.deliveries.service.visits.models.stops import Explained, Finding, Stop, StopEvidence, TakenUp
from songda.deliveries.service.visits.models.visits import Attendee, Visit

__all__ = [
    "Approach",
    "Attendee",
    "Explained",
    "Finding",
    "Plan",
    "PlanLine",
    "Production",
    "ProductionWeek",
    "Stop",
    "StopEvidence",
    "TakenUp",
    "Visit",
]
