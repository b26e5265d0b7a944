"""Papers 申报材料: the lists of what an applicant hands in, joined to the measures they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.document import Article, Document, Measure, Quote
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.promises.items import items_of, only_matter

_LIST = re.compile(
    r"(?:提交|提供|递交|报送|携带|准备|出具|附)[^，。；;\n]{0,10}?(?:以?下列?|如下)(?:申[报请])?(?:材料|资料|证明|要件|证件)[^。\n:]{0,12}:"
    r"|(?:申[报请]|所需|办理|纸质|应提[交供])(?:的)?(?:材料|资料)(?:清单|目录)?(?:包括|主要包括|主要有|为|如下)?\s*:|(?:申[报请]|所需)(?:材料|资料)(?:主要)?包括"
)
_LONGEST = 200


def papers(document: Document) -> Document:
    """The document with the papers of its measures: those listed in their article, else in their section, else anywhere in a
    guide for one matter."""
    sections = _of_sections(document)
    whole = (*(item for listed in sections.values() for item in listed), *_of_fields(document)) if only_matter(document) else ()
    articles = tuple(_with_papers(document.text, article, sections, whole) for article in document.articles)
    return replace(document, articles=articles)


def _with_papers(text: str, article: Article, sections: dict[int, tuple[Quote, ...]], whole: tuple[Quote, ...]) -> Article:
    if not article.measures:
        return article
    own = tuple(_listed(text, article.body.start, article.body.end))
    found = own or (sections.get(article.section.start, ()) if article.section else ()) or whole
    return replace(article, measures=tuple(_with(measure, found) for measure in article.measures)) if found else article


def _with(measure: Measure, found: tuple[Quote, ...]) -> Measure:
    return measure if measure.papers else replace(measure, papers=found)


def _of_sections(document: Document) -> dict[int, tuple[Quote, ...]]:
    """By the start of a section (-1 above all): the papers that an article of it without measures lists."""
    found: dict[int, tuple[Quote, ...]] = {}
    for article in document.articles:
        listed = () if article.measures else tuple(_listed(document.text, article.body.start, article.body.end))
        if listed:
            section = article.section.start if article.section else -1
            found[section] = (*found.get(section, ()), *listed)
    return found


def _of_fields(document: Document) -> Iterator[Quote]:
    """Lists inside other fields of a card (服务流程 … 申报材料包括：…); the field 申报材料 itself is joined with its fellows."""
    for field in document.fields:
        yield from _listed(document.text, field.quote.start, field.quote.end)


def _listed(text: str, start: int, end: int) -> Iterator[Quote]:
    """The items of the lists in the span that are announced as papers."""
    plain = shadow(text)
    match = _LIST.search(plain, start, end)
    while match:
        stop = _list_end(plain, match.end(), end)
        yield from (item for item in items_of(text, match.end(), stop) if len(item.text) <= _LONGEST)
        match = _LIST.search(plain, stop, end)


def _list_end(plain: str, start: int, end: int) -> int:
    """A list on one line ends with its sentence; one of lines ends before the first line without a number."""
    line = plain.find("\n", start, end)
    line = end if line < 0 else line
    if plain[start:line].strip():
        stop = plain.find("。", start, line)
        return line if stop < 0 else stop
    at = line + 1
    while at < end:
        after = plain.find("\n", at, end)
        after = end if after < 0 else after
        if plain[at:after].strip() and not re.match(r"\s*(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]|[①-⑳])", plain[at:after]):
            break
        at = after + 1
    return min(at, end)
