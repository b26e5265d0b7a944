"""Arrivals 来返人员: who isolates until when, and whether somebody may travel or work on a day."""

from __future__ import annotations

import datetime as dt

from songda.kernel.paths import above
from songda.office.resumption.models import Arrival, RiskArea
from songda.office.resumption.rules.places import Duty, Risk, duty


def risks(area_path: str) -> list[Risk]:
    """The risk areas that concern a place, as the rule reads them."""
    rows = RiskArea.objects.filter(area_path__in=above([area_path])).values_list("pk", "code", "starts_on", "ends_on", "days")
    return [Risk(*row) for row in rows]


def duty_of(from_code: str, arrived_on: dt.date, area_path: str) -> Duty | None:
    """The duty to isolate of somebody who came from a division on a day to a place here; None for none."""
    return duty(from_code, arrived_on, risks(area_path))


def cleared(arrival_id: int, on: dt.date) -> bool:
    """Whether an arrival was cleared by a day: the door for buses, dormitories and workshops. False for nobody known.

    Who came from a risk area is cleared by a person's act on or after the last day of isolation and never before; a risk area
    made known later takes an earlier clearance back.
    """
    one = Arrival.objects.filter(pk=arrival_id).first()
    if one is None or one.arrived_on > on:
        return False
    if one.isolates_until is None:
        return one.state in ("free", "cleared")
    return one.state == "cleared" and one.isolates_until <= on and one.cleared_on is not None and one.cleared_on <= on
