"""Limits as a pack declares them; a change is a new version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from songda.deliveries.policy.watch.models import LimitsVersion
from songda.deliveries.policy.watch.rules.limits import LimitsFaultError, limits_of
from songda.kernel.audit.actions import record
from songda.kernel.who import Who


def faults_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What does not hold together, as sentences; for the check of a pack."""
    try:
        limits_of(data)
    except LimitsFaultError as error:
        return (str(error),)
    return ()


@transaction.atomic
def load(files: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Enter the limits; how many versions are new."""
    changed = 0
    for data in files:
        limits_of(data)
        newest = LimitsVersion.objects.order_by("-number").first()
        if newest is None or newest.body != data:
            made = LimitsVersion.objects.create(number=newest.number + 1 if newest else 1, body=dict(data), since=now)
            record("watch.limits", made, by=by, now=now, after={"number": made.number})
            changed += 1
    return changed
