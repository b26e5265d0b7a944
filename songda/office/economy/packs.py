"""What the pack sets for the economy's pages: how behind is told, and the conditions of the statistical register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from songda.kernel.versions import declare
from songda.kernel.who import Who
from songda.office.economy.models import Parameter
from songda.office.economy.rules.parameters import faults

LABELS = {"pace": "进度口径", "entry": "统计入库条件"}


def faults_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What does not hold together, as sentences; for the check of a pack."""
    return tuple(faults(data))


@transaction.atomic
def load(files: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Enter the parameters; how many sets are new, changed or no longer declared. Targets are never entered by a pack."""
    items = [{**data[code], "code": code, "label": label} for data in files for code, label in LABELS.items()]
    return declare(Parameter, items, "economy.parameter", by=by, now=now)
