"""Tables of the room."""

from __future__ import annotations

from songda.deliveries.service.helping.models.desks import Call, Duty, Enquiry, Hotline, Knowledge
from songda.deliveries.service.helping.models.favours import (
    DelaySpan,
    Entitlement,
    Feedback,
    PowerOfAttorney,
    ServicePackage,
    Usage,
)
from songda.deliveries.service.helping.models.teams import Charge, Guidance, Station, Team, TeamMember

__all__ = [
    "Call", "Charge", "DelaySpan", "Duty", "Enquiry", "Entitlement", "Feedback", "Guidance", "Hotline", "Knowledge",
    "PowerOfAttorney", "ServicePackage", "Station", "Team", "TeamMember", "Usage",
]  # fmt: skip
