"""Which arrivals isolate until when 隔离期限: places by division codes, days by the risk area's own parameter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk area in force from a day until a day, with the days of isolation."""

    key: int
    code: str
    starts_on: dt.date
    ends_on: dt.date | None
    days: int


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty to isolate 隔离: because of which risk area, and the first day on which clearance is possible."""

    risk: int
    until: dt.date


def lies_in(code: str, area: str) -> bool:
    """Whether a division lies in another: 420102 lies in 420100 and in 420000, not in 421000."""
    stem = area
    while len(stem) > 2 and stem.endswith("00"):
        stem = stem[:-2]
    return code.startswith(stem)


def duty(code: str, arrived_on: dt.date, risks: Iterable[Risk]) -> Duty | None:
    """The longest duty that the risk areas in force on the day of arrival put on somebody from there; None for none."""
    found = [
        Duty(one.key, arrived_on + dt.timedelta(days=one.days))
        for one in risks
        if lies_in(code, one.code) and one.starts_on <= arrived_on and (one.ends_on is None or arrived_on <= one.ends_on)
    ]
    return max(found, key=lambda one: one.until, default=None)
