"""The table of retention as a pack states it; a change is a new version, and what was proposed keeps the rule it stood under."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from songda.kernel.versions import declare
from songda.kernel.who import Who
from songda.office.retention.models import ScheduleVersion
from songda.office.retention.rules.schedule import faults
from songda.office.retention.rules.table import HOLDINGS


def faults_of(data: Mapping[str, Any]) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    """What does not hold together: place in the file and sentence; for the check of a pack."""
    return tuple((("holdings",) if at is None else ("holdings", at), fault) for at, fault in faults(list(data["holdings"])))


@transaction.atomic
def load(files: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Enter the table; how many rules are new, changed or no longer declared. A pack without one leaves what is there."""
    items = [{"label": HOLDINGS[item["code"]].label, **item} for data in files for item in data["holdings"]]
    return declare(ScheduleVersion, items, "retention.schedule", by=by, now=now) if items else 0
