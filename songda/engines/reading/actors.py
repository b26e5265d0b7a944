"""Actors 具体承办单位: the units that act in the sentences of an article which names none by label (X、Y负责…; 由X负责解释)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.clauses import Span, sentences
from songda.engines.reading.document import Article, Department, Document, Quote
from songda.engines.reading.numerals import shadow

_NAMED = r"(?!各|有关|相关|本|上述|其他|两|部|当地|所在|县级|市级|省级|地方)(?:(?!由|等|的|或者|级以上)[\u4e00-\u9fa5]){2,14}?(?:办公室|委员会|管委会|总局|部|局|委|厅|署|办|中心|银行|支行|海关|人民政府)(?:\([^()]{2,8}\))?"
_NAMES = rf"{_NAMED}(?:(?:、|和|及|会同){_NAMED})*"
_MANY = r"(?:等(?:有关|相关)?(?:部门|单位)?)?"
_ACTS = r"(?=(?:共同)?(?:负责|组成|建立|牵头|会同|承担|制定|根据本|依据本|组织实施|统一组织|按照(?:各自)?职责|是[^，。；]{2,30}(?:主管|管理|责任)(?:部门|单位)))"
_SUBJECT = rf"(?<![\u4e00-\u9fa5、])(?P<subject>{_NAMES}){_MANY}{_ACTS}"
_TASKED = r"(?=负责|组成|承担|牵头|解释|组织|受理)"
_AGENT = rf"由(?P<agent>{_NAMES}){_MANY}(?:相关人员|共同|统一|具体)?{_TASKED}"
_ANY = re.compile(rf"(?:{_SUBJECT}|{_AGENT})")
_TASK = re.compile(_AGENT)
_NAME = re.compile(_NAMED)


def actors(document: Document) -> Document:
    """The document with the acting units of each article that names none by label.

    In an article that promises something only a unit that is given a task counts (由X负责, 由X统一组织): one that is
    merely to be applied to (向X申请) is the measure's channel.
    """
    return replace(document, articles=tuple(_with_actors(document.text, article) for article in document.articles))


def _with_actors(text: str, article: Article) -> Article:
    if article.departments:
        return article
    return replace(article, departments=tuple(_acting(text, article, _TASK if article.measures else _ANY)))


def _acting(text: str, article: Article, pattern: re.Pattern[str]) -> Iterator[Department]:
    """Each unit that acts, once, in the order of the text."""
    seen: set[str] = set()
    for left, right in _spans(text, article, pattern):
        name = text[left:right]
        if name not in seen:
            seen.add(name)
            yield Department(name, "actor", Quote.of(text, left, right))


def _spans(text: str, article: Article, pattern: re.Pattern[str]) -> Iterator[Span]:
    plain = shadow(text)
    for start, end in sentences(text, article.label.end, article.body.end):
        for match in pattern.finditer(plain, start, end):
            groups = match.groupdict()
            within = match.span("subject" if groups.get("subject") else "agent")
            yield from (name.span() for name in _NAME.finditer(plain, *within))
