"""Papers found again 查找: by kind, number, words of the title and text, year, unit, state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from songda.kernel.search.queries import matching
from songda.ledger.papers.access import visible_to
from songda.ledger.papers.models import Paper
from songda.registry.actors import Actor

INDEX = "papers.paper"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters; an empty one does not filter. `text`: words of title, number or text. `over`: kept longer than need be on this day."""

    text: str = ""
    kind: str = ""
    state: str = ""
    year: int | None = None
    unit: int | None = None
    over: dt.date | None = None


def listed(actor: Actor, wanted: Wanted) -> QuerySet[Paper]:
    """Papers in sight that fit, newest first."""
    return fitting(visible_to(actor), wanted)


def fitting(rows: QuerySet[Paper], wanted: Wanted) -> QuerySet[Paper]:
    """Of these papers those that fit, newest first."""
    if wanted.text.strip():
        rows = rows.filter(pk__in=matching(INDEX, wanted.text))
    if wanted.kind:
        rows = rows.filter(kind__code=wanted.kind)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.year:
        rows = rows.filter(issued_on__year=wanted.year)
    if wanted.unit:
        rows = rows.filter(unit_id=wanted.unit)
    if wanted.over:
        rows = rows.filter(keep_until__lt=wanted.over)
    return rows.order_by("-pk")


def years_in(papers: QuerySet[Paper]) -> list[int]:
    """The years in which these papers were issued, newest first."""
    days = papers.exclude(issued_on=None).order_by().dates("issued_on", "year", order="DESC")
    return [day.year for day in days]


def units_in(papers: QuerySet[Paper]) -> list[tuple[int, str]]:
    """The units whose papers these are: number and short name."""
    rows = papers.order_by().values_list("unit_id", "unit__short_name").distinct()
    return sorted(rows, key=lambda one: str(one[1]))
