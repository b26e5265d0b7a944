"""Measures 措施: an article's promises, one by one, each with who, what, conditions, figures and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.benefits import benefit_of, kind_of
from songda.engines.reading.clauses import Span
from songda.engines.reading.conditions import beneficiary, conditions
from songda.engines.reading.dates import dates
from songda.engines.reading.departments import blocks
from songda.engines.reading.document import Article, Document, Measure, Quote
from songda.engines.reading.figures import figures
from songda.engines.reading.numerals import shadow
from songda.engines.reading.parting import promised_spans
from songda.engines.reading.purpose import purpose
from songda.engines.reading.telling import telling
from songda.engines.reading.years import year_of

_CHANNEL = re.compile(
    r"(?:通过|登录|依托|发挥|拨打|向)(?P<name>[^，。；;、]{2,30}?(?:平台|网站|网|APP|小程序|热线|专席|公众号|窗口|系统|税务机关|税务部门))|(?P<free>免申即享|免申报|免除申报手续(?:直接)?(?:返还|享受)?)"
)


def measures(document: Document) -> Document:
    """The document with the kind of each article and, where it promises something, its measures."""
    regulation = sum(1 for article in document.articles if article.label.text.startswith("第")) > len(document.articles) / 2
    year = year_of(document)
    return replace(
        document,
        articles=tuple(_with_measures(document, article, year, regulation=regulation) for article in document.articles),
    )


def _with_measures(document: Document, article: Article, year: int | None, *, regulation: bool) -> Article:
    kind = purpose(document, article, regulation=regulation)
    if kind != "measures":
        return replace(article, kind=kind)
    found = tuple(_measure(document.text, span, year) for span in _spans(document.text, article))
    return replace(article, kind="measures" if found else "general", measures=found)


def _spans(text: str, article: Article) -> Iterator[Span]:
    start = article.title.end if article.title else article.label.end
    while start < article.body.end and text[start] in "。. \u3000\n":
        start += 1
    yield from promised_spans(text, start, article, blocks(text, article))


def _measure(text: str, span: Span, year: int | None) -> Measure:
    start, end = span
    quote = Quote.of(text, start, end)
    what = telling(text, start, end)
    benefit = _benefit(what, quote)
    read = figures(text, start, end)
    channel = _CHANNEL.search(shadow(text), start, end)
    return Measure(
        quote=quote,
        kind=kind_of(benefit, quote.text),
        benefit=benefit,
        what=what,
        who=beneficiary(text, start, end),
        conditions=conditions(text, start, end),
        amounts=read.amounts,
        rates=read.rates,
        durations=read.durations,
        counts=read.counts,
        dates=dates(text, start, end, year),
        channel=Quote.of(text, *channel.span("name" if channel["name"] else "free")) if channel else None,
    )


def _benefit(what: Quote, whole: Quote) -> str:
    """The sort of the clause that gives; of the whole promise where that clause does not say."""
    said = what.text
    if said.startswith(("对", "针对")):  # 对为租户减免租金的企业给予补贴: what comes after the holder
        said = said[said.rfind("的") + 1 :]
    told = benefit_of(said.split("，")[-1]) or benefit_of(said)
    return told if told not in ("", "service") else (benefit_of(whole.text) or told or "other")
