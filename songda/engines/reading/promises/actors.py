"""Actors 具体承办单位: the units that act in the sentences of an article which names none by label (X、Y负责…; 由X负责解释)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.document import Article, Department, Document
from songda.engines.reading.language.clauses import Span, parts_at
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.promises.units import units

_NAME = re.compile(
    r"(?!各|有关|相关|本|上述|其他|两|部|当地|所在|县级|市级|省级|地方|园区)(?!.*(?:的|或者|级以上))[\u4e00-\u9fa5]{2,18}?"
    r"(?:局|部|委|厅|署|办|办公室|委员会|管委会|总工会|中心|银行|支行|海关|政府)(?:\([^()]{2,8}\))?"
)
_NO_UNIT = re.compile(r"(?:专家委员会|内部|全部)$|^[省市区县](?:人民)?政府$")
_GIVEN = re.compile(r"(?:相关人员|共同|统一|具体)?(?:负责|组成|承担|牵头|解释|组织(?!部)|受理)")
_ACTS = re.compile(
    r"(?:共同)?(?:负责|组成|建立|牵头|承担|制定|根据本|依据本|组织实施|统一组织|按照(?:各自)?职责|是[^，。；]{2,30}(?:主管|管理|责任)(?:部门|单位))"
)
_MANY = re.compile(r"等(?:有关|相关)?(?:部门|单位)?$")
_LONGEST_LIST = 160


def actors(document: Document) -> Document:
    """The document with the acting units of each article that names none by label.

    In an article that promises something only a unit that is given a task counts (由X负责, 由X统一组织): one that is
    merely to be applied to (向X申请) is the measure's channel.
    """
    return replace(document, articles=tuple(_with_actors(document.text, article) for article in document.articles))


def _with_actors(text: str, article: Article) -> Article:
    if article.departments:
        return article
    return replace(article, departments=tuple(_acting(text, article, only_given=bool(article.measures))))


def _acting(text: str, article: Article, *, only_given: bool) -> Iterator[Department]:
    """Each unit that acts, once, in the order of the text."""
    seen: set[str] = set()
    for clause in parts_at(text, article.label.end, article.body.end, "，。；;：:"):
        for one in _in_clause(text, clause, only_given=only_given):
            if one.name not in seen:
                seen.add(one.name)
                yield one


def _in_clause(text: str, clause: Span, *, only_given: bool) -> tuple[Department, ...]:
    """由 and units before a task, or a clause that begins with units and their deed; every name must be a unit's."""
    plain = shadow(text)
    given = plain.find("由", *clause)
    start, deeds = (given + 1, _GIVEN) if given >= 0 else (clause[0], _ACTS)
    if given < 0 and only_given:
        return ()
    for deed in deeds.finditer(plain, start, min(clause[1], start + _LONGEST_LIST)):
        many = _MANY.search(plain[start : deed.start()])
        found = tuple(units(text, start, start + many.start() if many else deed.start(), "actor"))
        if found and all(_NAME.fullmatch(shadow(one.name)) and not _NO_UNIT.search(one.name) for one in found):
            return found
    return ()
