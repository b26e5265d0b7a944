"""The mapping table as a pack declares it; a change is a new version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from songda.kernel.audit.actions import record
from songda.kernel.who import Who
from songda.ledger.mirrors.models import MappingVersion
from songda.ledger.mirrors.rules.mapping import MappingFaultError, table_of
from songda.registry.organisations.queries import by_code


def faults_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What does not hold together, as sentences; for the check of a pack."""
    try:
        table_of(data)
    except MappingFaultError as error:
        return (str(error),)
    return ()


@transaction.atomic
def load(files: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Enter the table; how many versions are new. NotFound where a system lies in a unit nobody knows."""
    changed = 0
    for data in files:
        for system in table_of(data).systems.values():
            by_code(system.area)
        newest = MappingVersion.objects.order_by("-number").first()
        if newest is None or newest.body != data:
            made = MappingVersion.objects.create(number=newest.number + 1 if newest else 1, body=dict(data), since=now)
            record("mirror.mapping", made, by=by, now=now, after={"number": made.number})
            changed += 1
    return changed
