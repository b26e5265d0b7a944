"""Requirements 条件要求: conditions that stand apart from the promise, in a card's field or a list 应符合下列条件：（一）…；（二）…

They hold for each measure of the article, or of the document where it lists them once; a list that would swamp the desk is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.document import Article, Condition, Document, Field, Measure
from songda.engines.reading.language.clauses import Span, parts_at
from songda.engines.reading.language.field_words import kind_of_label
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.promises.items import only_matter
from songda.engines.reading.promises.joining import inner_fields
from songda.engines.reading.terms.conditions import stated

_FIELD = re.compile(r"(?:条件要求|(?:申报|申请|支持|认定|享受|补贴|奖励|基本)条件)$")
_LIST = re.compile(r"(?:具备|符合|满足)(?:以下|下列)(?:基本|全部|所有)?(?:条件|要求)(?!之一)[^:。\n]{0,12}:")
_ITEM = re.compile(r"\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]|[①-⑳])")
_ONE_OF = re.compile(r"之一|(?:以下|下列)(?:条件|情形)")
_LONGEST_OBJECT = 120
_MOST_ITEMS = 16
_MOST_ROWS = 64


def requirements(document: Document) -> Document:
    """The document with its separate requirements among the conditions of the measures they hold for."""
    lists = {
        article.body.start: [*_listed(document.text, article), *_inner_objects(document, article)]
        for article in document.articles
    }
    apart = [found for article in document.articles if not article.measures and (found := lists[article.body.start])]
    general = [*_fields(document), *_objects(document), *(apart[0] if len(apart) == 1 else ())]
    measures = sum(len(article.measures) for article in document.articles)
    if len(general) > _MOST_ITEMS or len(general) * measures > _MOST_ROWS:
        general = []
    articles = tuple(
        replace(article, measures=tuple(_with(one, [*lists[article.body.start], *general]) for one in article.measures))
        for article in document.articles
    )
    return replace(document, articles=articles)


def _fields(document: Document) -> Iterator[Condition]:
    # a field inside an article that promises (补贴条件：… of one of several subsidies) is that article's: see `joining`
    own = {field for article in document.articles if article.measures for field in inner_fields(document, article)}
    for field in document.fields:
        if _FIELD.search(field.label) and field not in own:
            for left, right in parts_at(document.text, field.quote.start, field.quote.end, "。；;"):
                yield from stated(document.text, left, right)


def _objects(document: Document) -> Iterator[Condition]:
    """Whom a card or guide about one matter is for (服务对象), which its measures ask as well."""
    for field in document.fields if only_matter(document) else ():
        yield from _asked_of(document.text, field)


def _inner_objects(document: Document, article: Article) -> Iterator[Condition]:
    for field in inner_fields(document, article) if article.measures else ():
        yield from _asked_of(document.text, field)


def _asked_of(text: str, field: Field) -> Iterator[Condition]:
    said = field.quote.text
    if kind_of_label(field.label) != "who" or len(said) > _LONGEST_OBJECT or _ONE_OF.search(said):
        return
    for left, right in parts_at(text, field.quote.start, field.quote.end, "。；;"):
        yield from stated(text, left, right)


def _listed(text: str, article: Article) -> list[Condition]:
    """The items of the lists in an article: from the colon on, as long as lines or parts are numbered."""
    found: list[Condition] = []
    for opening in _LIST.finditer(shadow(article.body.text)):
        for left, right in _items(text, article.body.start + opening.end(), article.body.end):
            found.extend(stated(text, left, right))
    return found if len(found) <= _MOST_ITEMS else []


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    for left, right in parts_at(text, start, end, "。；;"):
        if not _ITEM.match(shadow(text[left : left + 12])):
            return
        yield left, right


def _with(measure: Measure, more: list[Condition]) -> Measure:
    known = {(one.quote.start, one.quote.end) for one in measure.conditions}
    return replace(
        measure,
        conditions=(*measure.conditions, *(one for one in more if (one.quote.start, one.quote.end) not in known)),
    )
