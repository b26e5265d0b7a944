"""Measures 措施: an article's promises, one by one, each with who, what, conditions, figures and dates."""

from __future__ import annotations

import re
from dataclasses import replace

from songda.engines.reading.document import Article, Document, Measure, Quote
from songda.engines.reading.language.benefits import benefit_of, kind_of, without_asides
from songda.engines.reading.language.clauses import Span
from songda.engines.reading.promises.channels import channel
from songda.engines.reading.promises.departments import Block, blocks
from songda.engines.reading.promises.joining import inner_fields
from songda.engines.reading.promises.parting import promised_spans
from songda.engines.reading.promises.purpose import purpose
from songda.engines.reading.promises.stacking import stacking
from songda.engines.reading.promises.telling import telling
from songda.engines.reading.terms.conditions import beneficiary, conditions
from songda.engines.reading.values.dates import dates
from songda.engines.reading.values.figures import figures
from songda.engines.reading.values.years import year_of

_HOLDER = re.compile(r"^(?:对于?|针对)[^，,。；;]*[，,]|对(?:于)?[^，。；;]{4,60}(?:的|企业|单位|机构|载体)(?=[，,])")
_TALENT = re.compile(r"对?[^，,。；;]{0,60}(?:人才|高管|高级管理人员|专家)[，,]")


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
    text, named = document.text, blocks(document.text, article)
    start = article.title.end if article.title else article.label.end
    while start < article.body.end and text[start] in "。. \u3000\n":
        start += 1
    fields = inner_fields(document, article)
    spans = tuple(promised_spans(text, start, article, named, fields))
    headed = article.title if fields and len(spans) == 1 else None
    found = tuple(_of_its_units(_measure(text, span, year, headed), named) for span in spans)
    return replace(article, kind="measures" if found else "general", measures=found)


def _of_its_units(measure: Measure, named: tuple[Block, ...]) -> Measure:
    """The measure with the units told after it, where its article names units more than once, and with their contact."""
    block = next((one for one in named if one.start >= measure.quote.end), None)
    if block is None:
        return measure
    return replace(measure, departments=block.units if len(named) > 1 else (), channel=measure.channel or block.contact)


def _measure(text: str, span: Span, year: int | None, headed: Quote | None) -> Measure:
    """The measure of the span; paragraphs with labels are best told by the title above them, `headed`."""
    start, end = span
    quote = Quote.of(text, start, end)
    what = headed or telling(text, start, end)
    benefit = _benefit(what, quote)
    read = figures(text, start, end)
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
        channel=channel(text, start, end),
        stacking=stacking(text, start, end),
    )


def _benefit(what: Quote, whole: Quote) -> str:
    """The sort of the clause that gives; where that does not say, of the promise without its holder, then of all of it."""
    said = without_asides(what.text)
    if said.startswith(("对", "针对")):  # 对为租户减免租金的企业给予补贴: what comes after the holder
        said = said[said.rfind("的") + 1 :]
    told = benefit_of(re.split("[，,]", said)[-1]) or benefit_of(said)
    if told in ("reward", "subsidy") and _TALENT.match(without_asides(whole.text)):
        return "talent"
    if told not in ("", "service", "other"):
        return told
    rest = benefit_of(_HOLDER.sub("", without_asides(whole.text)))
    return rest if rest not in ("", "service", "other") or not told else told
