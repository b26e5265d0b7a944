"""Numbers of cases: one series a year and place, rising, never used again."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import F

from songda.ledger.cases.models import Counter


def next_number(prefix: str, day: dt.date) -> str:
    """The next number of a series ('GX2020-000123'), in the caller's transaction: the row stays locked until it commits."""
    series = f"{prefix}{day.year}"
    while not Counter.objects.filter(series=series).update(last=F("last") + 1):
        try:
            with transaction.atomic():
                Counter.objects.create(series=series)
        except IntegrityError:  # another began the series first
            continue
    last = Counter.objects.values_list("last", flat=True).get(series=series)
    return f"{series}-{last:06d}"
