"""The limits in force, and what they mean for one document."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.watch.models import Arrival, LimitsVersion
from songda.deliveries.policy.watch.rules.limits import DEFAULT, Limits, limits_of
from songda.engines.clocks.calendar import Calendar
from songda.engines.clocks.events import Event
from songda.engines.clocks.reading import Reading, read_clock

STAGE = {"received": "digest", "summarised": "push"}


def limits() -> Limits:
    """The newest limits that a pack declared; the house's own where none did."""
    newest = LimitsVersion.objects.order_by("-number").first()
    return limits_of(newest.body if newest else DEFAULT)


def reading_of(arrival: Arrival, known: Limits, calendar: Calendar) -> Reading | None:
    """The clock of the stage a document is in; None at rest."""
    code = STAGE.get(arrival.state)
    if code is None:
        return None
    begun = (arrival.resumed_at or arrival.received_at) if code == "digest" else arrival.summarised_at
    return read_clock(
        known.clocks[code], [Event("receive" if code == "digest" else "summarise", begun or arrival.received_at)], calendar
    )


def due_of(arrival: Arrival, known: Limits, calendar: Calendar) -> dt.datetime | None:
    """The deadline of the present stage, in UTC."""
    reading = reading_of(arrival, known, calendar)
    return reading.due_at.astimezone(dt.UTC) if reading and reading.due_at else None
