"""Special days as a pack declares them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from songda.kernel.who import Who
from songda.registry.calendars.actions import Special, load_days, withdraw_days


def load(files: Iterable[Mapping[str, Any]], *, before: Iterable[Mapping[str, Any]] = (), by: Who, now: dt.datetime) -> int:
    """Load the days of all calendar files; returns how many changed. A day that `before` had and they have not follows its week again."""
    days = [Special(dt.date.fromisoformat(one["day"]), one["working"], one["name"]) for data in files for one in data["days"]]
    had = {dt.date.fromisoformat(one["day"]) for data in before for one in data["days"]}
    return withdraw_days(had - {one.day for one in days}, by=by, now=now) + load_days(days, by=by, now=now)
