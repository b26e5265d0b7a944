"""A document as plain JSON values 导出: the shape annotated policy texts use, so that a reading can be scored against them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from songda.engines.reading.document import Article, Condition, Document, Doubt, Figure, Measure, Moment, Named, Quote


def as_json(document: Document) -> dict[str, Any]:
    """Title, number, dates, articles with departments and measures; every value with its verbatim quote `q` and span."""
    return {
        "title": _value(document.title),
        "issuers": [one.value for one in document.issuers],
        "document_number": _value(document.number),
        "date_issued": _value(document.issued_on),
        "valid_from": _value(document.valid_from),
        "valid_until": _value(document.valid_until),
        "validity_text": document.validity.text if document.validity else None,
        "applicability": [quote.text for quote in document.applicability],
        "supersedes": [quote.text for quote in document.supersedes],
        "articles": [_article(one) for one in document.articles],
        "closing": document.closing.text if document.closing else None,
        "genre": document.genre,
        "fields": _fields(document),
        "references": [
            {"kind": one.kind, "title": one.title, "number": one.number, "q": one.quote.text} for one in document.references
        ],
        "interpreter": document.interpreter.text if document.interpreter else None,
        "validity_duration": _duration(document.validity_duration),
        "doubts": [_doubt(one) for one in document.doubts],
    }


def _fields(document: Document) -> dict[str, str]:
    """The words of each label; of a label that comes again, one after the other."""
    found: dict[str, list[str]] = {}
    for one in document.fields:
        found.setdefault(one.label, []).append(one.quote.text)
    return {label: "\n".join(words) for label, words in found.items()}


def _article(article: Article) -> dict[str, Any]:
    return {
        "number": article.number,
        "label": article.label.text,
        "section": article.section.text if article.section else None,
        "title": article.title.text if article.title else None,
        "kind": article.kind,
        "span": _span(article.body),
        "departments": [one.name for one in article.departments],
        "measures": [_measure(one) for one in article.measures],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "kind": measure.kind,
        "benefit": measure.benefit,
        "what": measure.what.text,
        "who": measure.who.text if measure.who else None,
        "span": _span(measure.quote),
        "conditions": [_condition(one) for one in measure.conditions],
        "amounts": [_figure(one) for one in measure.amounts],
        "rates": [_figure(one) for one in measure.rates],
        "durations": [_figure(one) for one in measure.durations],
        "counts": [_figure(one) for one in measure.counts],
        "dates": [_moment(one) for one in measure.dates],
        "channel": measure.channel.text if measure.channel else None,
        "departments": [one.name for one in measure.departments],
        "papers": [one.text for one in measure.papers],
        "stacking": measure.stacking.text if measure.stacking else None,
        "definitions": [one.text for one in measure.definitions],
        "rule_of_measure": measure.rule or None,
        "amount_rule": measure.amount_rule or None,
    }


def _condition(condition: Condition) -> dict[str, Any]:
    return {"q": condition.quote.text, "span": _span(condition.quote), "rule": condition.rule or None}


def _figure(figure: Figure) -> dict[str, Any]:
    low = _number(figure.low)
    return {
        "v": low if figure.high is None else [low, _number(figure.high)],
        "u": figure.unit,
        "role": figure.role,
        "q": figure.quote.text,
        "span": _span(figure.mark),
        "scope": figure.scope or None,
        "tier": figure.tier,
    }


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "d": [moment.first, moment.last] if moment.last else moment.first,
        "role": moment.role,
        "q": moment.quote.text,
        "span": _span(moment.mark),
    }


def _duration(length: tuple[Decimal, str] | None) -> dict[str, Any] | None:
    return {"value": _number(length[0]), "unit": length[1]} if length else None


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {
        "kind": doubt.kind,
        "weight": doubt.weight,
        "message": doubt.message,
        "q": doubt.quote.text,
        "span": _span(doubt.quote),
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _span(quote: Quote) -> list[int]:
    return [quote.start, quote.end]


def _value(named: Named | None) -> str | None:
    return named.value if named else None
