"""The text a measure stands on as a firm reads it 原文: its clauses with key points and red lines lit (POL-30)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from songda.deliveries.policy.library.models import Annotation, Article, MeasureSource, MeasureVersion
from songda.deliveries.policy.library.rules.lit_text import Line, Span, lit_lines


@dataclass(frozen=True, slots=True)
class ToldText:
    """One article with its lines; what the measure says is lit as `source`, marks by their kind."""

    article: Article
    lines: list[Line]


def told_text(version: MeasureVersion, marks: Iterable[Annotation]) -> list[ToldText]:
    """Every article the measure stands on, with these marks (`marks_for_measure`) lit where they lie. One query."""
    sources = version.sources.select_related("article__document").order_by("article__document_id", "start", "pk")
    held: dict[int, list[MeasureSource]] = {}
    for one in sources:
        held.setdefault(one.article_id, []).append(one)
    marked = list(marks)
    return [_told(found[0].article, found, marked) for found in held.values()]


def _told(article: Article, sources: Iterable[MeasureSource], marks: Iterable[Annotation]) -> ToldText:
    text, base = article.document.text[article.start : article.end], article.start
    spans = [Span(f"s{one.pk}", one.start - base, one.end - base, "source") for one in sources]
    spans += [
        Span(f"a{one.pk}", max(one.start - base, 0), min(one.end - base, len(text)), one.kind, one.get_kind_display())
        for one in marks
        if one.document_id == article.document_id and one.start < article.end and one.end > article.start
    ]
    return ToldText(article, lit_lines(text, spans))
