"""Doubts about values 数值疑点: lists that do not pair, and dates whose year the text does not give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.document import Document, Doubt, Quote
from songda.engines.reading.values.dates import undated
from songda.engines.reading.values.figures import list_clashes
from songda.engines.reading.values.years import year_of


def value_doubts(document: Document) -> Document:
    """The document with the doubts about the figures and dates of its measures added."""
    return replace(document, doubts=(*document.doubts, *_doubts(document)))


def _doubts(document: Document) -> Iterator[Doubt]:
    text, year = document.text, year_of(document)
    for span in (measure.quote for article in document.articles for measure in article.measures):
        if "分别" in span.text:
            for clash in list_clashes(text, span.start, span.end):
                message = f"列举 {clash.names} 个名称、{clash.figures} 个数值，请核对。"
                yield Doubt("figure", 4, message, Quote.of(text, clash.start, clash.end))
        if document.issue_date is None:
            told = f"文中未写发文日期，暂按 {year} 年计，请核对。" if year else "日期未写年份，文中也没有发文日期，请补写年份。"
            yield from (Doubt("date", 3 if year else 5, told, quote) for quote in undated(text, span.start, span.end))
