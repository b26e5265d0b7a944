"""Joining 栏目归并: what the fields of a card, a guide or an article say (对象, 条件, 材料, 渠道) goes to the measures they are for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from songda.engines.reading.document import Article, Condition, Document, Field, Measure, Quote
from songda.engines.reading.language.clauses import parts_at
from songda.engines.reading.language.field_words import kind_of_label
from songda.engines.reading.promises.items import items_of, only_matter
from songda.engines.reading.terms.conditions import stated

_LONGEST_WHO = 80


def inner_fields(document: Document, article: Article) -> tuple[Field, ...]:
    """The fields that stand inside the article (补贴条件：… 补贴标准：…), not the one that the article is."""
    low = bisect_left(document.fields, article.body.start + 1, key=_start)
    high = bisect_left(document.fields, article.body.end, key=_start)
    return tuple(field for field in document.fields[low:high] if field.quote.end <= article.body.end)


def _start(field: Field) -> int:
    return field.quote.start


def joining(document: Document) -> Document:
    """The document with its fields joined to its measures: an article's own, and all where there is one matter only."""
    whole = document.fields if only_matter(document) else ()
    articles = []
    for article in document.articles:
        inner = inner_fields(document, article) if article.measures else ()
        # what a document asks as a whole is joined in `requirements`
        told = (field for field in whole if field not in inner and kind_of_label(field.label) != "conditions")
        articles.append(_joined(document.text, article, [*inner, *told]))
    return replace(document, articles=tuple(articles))


def _joined(text: str, article: Article, fields: Iterable[Field]) -> Article:
    by_kind: dict[str, list[Quote]] = {}
    for field in fields:
        by_kind.setdefault(kind_of_label(field.label), []).append(field.quote)
    if not by_kind:
        return article
    return replace(article, measures=tuple(_with(text, measure, by_kind) for measure in article.measures))


def _with(text: str, measure: Measure, by_kind: dict[str, list[Quote]]) -> Measure:
    who = next((_first_sentence(text, quote) for quote in by_kind.get("who", ())), None)
    contact = next(iter((*by_kind.get("contact", ()), *by_kind.get("process", ()))), None)
    papers = tuple(item for quote in by_kind.get("papers", ()) for item in items_of(text, quote.start, quote.end))
    known = {(one.quote.start, one.quote.end) for one in measure.conditions}
    asked = (one for quote in by_kind.get("conditions", ()) for one in _stated(text, quote))
    return replace(
        measure,
        who=measure.who or who,
        conditions=(*measure.conditions, *(one for one in asked if (one.quote.start, one.quote.end) not in known)),
        papers=measure.papers or papers,
        channel=measure.channel or (_first_sentence(text, contact) if contact else None),
    )


def _stated(text: str, quote: Quote) -> Iterator[Condition]:
    for left, right in parts_at(text, quote.start, quote.end, "。；;"):
        yield from stated(text, left, right)


def _first_sentence(text: str, quote: Quote) -> Quote | None:
    found = next(items_of(text, quote.start, quote.end), None)
    return found if found and len(found.text) <= _LONGEST_WHO else None
