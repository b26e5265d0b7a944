"""The order of resumption as a pack states it; a change is a new version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from songda.kernel.versions import declare
from songda.kernel.who import Who
from songda.office.resumption.models import TermsVersion
from songda.office.resumption.rules.terms import CODE, terms_of


def faults_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What does not hold together, as sentences; for the check of a pack."""
    try:
        terms_of(data)
    except ValueError as error:
        return (str(error),)
    return ()


@transaction.atomic
def load(files: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Enter the order; how many versions are new. A pack without one leaves what is there."""
    items = [{"code": CODE, "label": data["order"], **data} for data in files]
    for item in items:
        terms_of(item)
    return declare(TermsVersion, items, "resumption.terms", by=by, now=now) if items else 0
