"""Reads of the room."""

from __future__ import annotations

from songda.deliveries.service.helping.queries.coverage import HOW, WHAT, Coverage, coverage_of, population
from songda.deliveries.service.helping.queries.desks import (
    by_channel,
    duty_gaps,
    enquiries_listed,
    known_answers,
    lines,
    response,
    roster_of,
    topics_on,
)
from songda.deliveries.service.helping.queries.favours import (
    delay_of,
    errands_of,
    fault_of_agent,
    feedback_listed,
    letters,
    package_of,
    trips_of,
)
from songda.deliveries.service.helping.queries.helped import Helped, helped_by, matters_of
from songda.deliveries.service.helping.queries.stations import SENT, dispatched, posts_sent
from songda.deliveries.service.helping.queries.teams import open_cases_of, plan_allocation, teams_listed, teams_on

__all__ = [
    "HOW", "SENT", "WHAT", "Coverage", "Helped", "by_channel", "coverage_of", "delay_of", "dispatched", "duty_gaps",
    "enquiries_listed", "errands_of", "fault_of_agent", "feedback_listed", "helped_by", "known_answers", "letters", "lines",
    "matters_of", "open_cases_of", "package_of", "plan_allocation", "population", "posts_sent", "response", "roster_of",
    "teams_listed", "teams_on", "topics_on", "trips_of",
]  # fmt: skip
