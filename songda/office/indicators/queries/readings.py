"""Readings of bulletins 简报读数: the list, and one of them as the review page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from songda.office.indicators.access import readings_visible_to
from songda.office.indicators.models import ReadFigure, Reading
from songda.office.indicators.rules.figures import as_of_words
from songda.office.indicators.rules.lit_text import Lit, lit_lines
from songda.office.indicators.rules.relation_words import Spelled, spelled
from songda.office.indicators.states import Severity, Verdict
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One figure on the page: as printed, and as of when in words."""

    row: ReadFigure
    words: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the review page shows. `marks`: state and weight of each figure, by its number, for the lit text."""

    reading: Reading
    lines: Sequence[Sequence[Lit]]
    rows: Sequence[ReadLine]
    relations: Sequence[Spelled]
    open: int
    accepted: int
    rejected: int


def readings_asked(actor: Actor, asked: Mapping[str, str]) -> QuerySet[Reading]:
    """Readings with how many figures they have, how many wait, how many are flagged high; the latest first."""
    rows = readings_visible_to(actor).select_related("source", "organisation")
    if words := asked.get("q", "").strip():
        rows = rows.filter(Q(source__title__contains=words) | Q(source__issuer__contains=words))
    if asked.get("waiting"):
        rows = rows.filter(pk__in=ReadFigure.objects.filter(state=Verdict.OPEN).values("reading_id"))
    return rows.annotate(
        total=Count("figures"),
        waiting=Count("figures", filter=Q(figures__state=Verdict.OPEN)),
        accepted=Count("figures", filter=Q(figures__state=Verdict.ACCEPTED)),
        grave=Count("figures", filter=Q(figures__weight=Severity.HIGH)),
    ).order_by("-read_at", "-pk")


def sheet_of(reading: Reading) -> Sheet:
    """The reading with its text lit, in two queries."""
    rows = list(reading.figures.select_related("observation").order_by("number"))
    text = reading.text
    numbers: dict[int, int] = {}
    for row in rows:
        numbers.setdefault(row.start, row.number)
    units = {row.start: row.unit for row in rows}
    states = [row.state for row in rows]
    return Sheet(
        reading=reading,
        lines=lit_lines(text, {(row.start, row.end): numbers[row.start] for row in rows}),
        rows=[ReadLine(row, "".join(text[row.start : row.end].split()), as_of_words(row.as_of)) for row in rows],
        relations=sorted((spelled(one, text, numbers, units) for one in reading.checks), key=lambda one: one.outcome != "no"),
        open=states.count(Verdict.OPEN),
        accepted=states.count(Verdict.ACCEPTED),
        rejected=states.count(Verdict.REJECTED),
    )
