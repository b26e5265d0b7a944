"""Definitions 名词界定: sentences that say what a word of the document means, joined to the measures that use the word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from songda.engines.reading.document import Article, Document, Measure, Quote
from songda.engines.reading.language.numerals import shadow

_TERM = r"[^，。；;:\n“”\" ]{2,24}?"
_SAYS = re.compile(
    rf"(?:本(?:办法|条例|规定|细则|政策|措施|意见|实施意见|通知|方案|指南|法)|上述|以上|前款|本条)(?:中)?所[称指](?:的)?[“\"]?(?P<said>{_TERM})[”\"]?[,，]?(?:是指|系指|指的是|指|包括|为)[^。\n]{{4,}}"
    rf"|(?:^|(?<=[。；;\n]))[ ]*(?:(?:\(?[一二三四五六七八九十\d]{{1,3}}[)、.]|[①-⑳])[ ]*)?[“\"]?(?P<is>{_TERM})[”\"]?[,，]?(?:是指|系指|指的是)[^。\n]{{4,}}"
    r"|(?P<bound>(?:[“\"]?(?:以上|以下|以内|不超过|超过)[”\"]?[、,，和及]?){1,4})[^。；;\n]{0,6}不?(?:包含|含|包括)本[数级](?:[，,][^。；;\n]{0,30}本数)?",
    re.MULTILINE,
)
_MOST = 80
_BOUNDS = re.compile(r"以上|以下|以内|不超过|超过")


@dataclass(frozen=True, slots=True)
class _Definition:
    terms: tuple[str, ...]
    quote: Quote


def definitions(document: Document) -> Document:
    """The document with, on each measure, the definitions elsewhere of the words it uses."""
    known = tuple(_found(document.text))[:_MOST]
    if not known:
        return document
    return replace(document, articles=tuple(_with_definitions(article, known) for article in document.articles))


def _found(text: str) -> Iterator[_Definition]:
    for match in _SAYS.finditer(shadow(text)):
        quote = Quote.of(text, *match.span())
        term = match["said"] or match["is"]
        terms = tuple(_BOUNDS.findall(match["bound"])) if match["bound"] else tuple(_names(term))
        if terms:
            yield _Definition(terms, quote)


def _names(term: str) -> Iterator[str]:
    """中小微企业（以下简称企业） is used by its name; a term that is a sentence is none."""
    name = re.sub(r"\(.*?\)", "", term).strip(" “”\"'")
    if 2 <= len(name) <= 20 and not re.search(r"[的了]$|^(?:其|这|该|本)", name):
        yield name


def _with_definitions(article: Article, known: tuple[_Definition, ...]) -> Article:
    return replace(article, measures=tuple(_joined(measure, known) for measure in article.measures))


def _joined(measure: Measure, known: tuple[_Definition, ...]) -> Measure:
    said = measure.quote.text
    used = tuple(
        one.quote
        for one in known
        if any(term in said for term in one.terms)
        and not (measure.quote.start <= one.quote.start and one.quote.end <= measure.quote.end)
    )
    return replace(measure, definitions=used) if used else measure
