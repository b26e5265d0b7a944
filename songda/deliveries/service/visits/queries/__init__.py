"""Reads of the room."""

from __future__ import annotations

from songda.deliveries.service.visits.queries.closing import lacks_of
from songda.deliveries.service.visits.queries.coverage import Coverage, coverage_of
from songda.deliveries.service.visits.queries.firms import FirmRow, firms_listed, forgotten_count, next_visits, rows_about
from songda.deliveries.service.visits.queries.four import Market, four_of, markets
from songda.deliveries.service.visits.queries.help import Help, help_given
from songda.deliveries.service.visits.queries.light import Disturbance, disturbances, disturbances_of, to_join
from songda.deliveries.service.visits.queries.panel import officer_card
from songda.deliveries.service.visits.queries.plans import PlanStanding, open_difficulties, standing_of
from songda.deliveries.service.visits.queries.prefill import day_for, owner_of
from songda.deliveries.service.visits.queries.production import Shown, production_shown
from songda.deliveries.service.visits.queries.requests import unanswered_requests
from songda.deliveries.service.visits.queries.visits import (
    bookings_of,
    listed,
    month_of,
    stops_of,
    to_record,
    waiting_for_approval,
)

__all__ = [
    "Coverage",
    "Disturbance",
    "FirmRow",
    "Help",
    "Market",
    "PlanStanding",
    "Shown",
    "bookings_of",
    "coverage_of",
    "day_for",
    "disturbances",
    "disturbances_of",
    "firms_listed",
    "forgotten_count",
    "four_of",
    "help_given",
    "lacks_of",
    "listed",
    "markets",
    "month_of",
    "next_visits",
    "officer_card",
    "open_difficulties",
    "owner_of",
    "production_shown",
    "rows_about",
    "standing_of",
    "stops_of",
    "to_join",
    "to_record",
    "unanswered_requests",
    "waiting_for_approval",
]
