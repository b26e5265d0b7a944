"""Numbers of papers: one series a mark and year, without gaps, no number twice."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from songda.ledger.papers.models import Mark, Series
from songda.ledger.papers.rules.kinds import PaperKind, series_of
from songda.registry.organisations.models import Organisation


def series_for(kind: PaperKind, unit: Organisation, year: int) -> str:
    """The series of a kind, unit and year. Units with one mark share it: the number itself would be the same."""
    mark = Mark.objects.filter(unit=unit).values_list("text", flat=True).first()
    return series_of(kind.number, mark or unit.name, year)


def next_ordinal(series: str) -> int:
    """The next ordinal, in the caller's transaction: the row stays locked until it ends, and falls back if it is taken back."""
    while not Series.objects.filter(text=series).update(last=F("last") + 1):
        try:
            with transaction.atomic():
                Series.objects.create(text=series)
        except IntegrityError:  # another began the series first
            continue
    return Series.objects.values_list("last", flat=True).get(text=series)
