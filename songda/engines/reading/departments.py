"""Departments 责任单位: the units an article names, split and in order, as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.clauses import Span, parts_at, sentences
from songda.engines.reading.document import Article, Department, Document, Quote
from songda.engines.reading.numerals import shadow

_ROLES = {"牵头": "lead", "主办": "lead", "配合": "support", "协办": "support", "协同": "support", "参与": "support"}
_LABEL = re.compile(
    r"(?P<word>牵头责任|牵头落实|责任落实|责任|牵头|配合|协办|主办|对接|实施|落实|承办|主管|参与|协同|负责|主责|兑现|受理|承接)(?:单位|部门|处室|科室|机构)(?:及联系方式)?\s*:\s*"
)
_AND = re.compile(r"(?<=[局委厅部办行府会])(?:和|及|以及)(?=[省市区县州各国])")
_CONTACT = re.compile(r"\((?:联系|电话|咨询)[^()]*\)$|\([^()]*\d{4,}[^()]*\)$")
_COLLECTIVE = re.compile(r"(?:政府|部门|单位|机构|管委会|办事处|局|委|办|厅|乡镇|街道|园区|集团|银行|企业)(?:\([^)]*\))?$")
_LONGEST_PLACE = 12
_OTHER_FIELD = re.compile(r"[;,，、 ]\s*[^;,，、:]{0,12}:")  # ；联系人：…
_BARE = re.compile(r"[(〔\[【]([^()〔〕\[\]【】。;:]*(?:\([^()]*\)[^()〔〕\[\]【】。;:]*)*)[)〕\]】]\s*。?\s*$", re.MULTILINE)
_UNIT = re.compile(
    r".{1,}(?:局|委|厅|署|[财税政法检信商]?部|办|法院|检察院|银行|支行|分行|中支|营业管理部|总工会|协会|学会|商会|贸促会|[残妇侨文]联|工商联|中心|政府|公司|集团|海关|支队|部门|单位|机构|管委会|街道|乡镇|办事处|办公室|开发区|高新区|新区)$"
)
_TRAIL = re.compile(
    r"(?:等?(?:有关|相关)?(?:部门|单位)?)?(?:按照?(?:各自)?职责分工(?:分别)?(?:负责|落实|推进)?|分工负责|分别负责|具体负责|牵头负责|牵头|负责|配合|按职责落实|具体落实|落实|参与|协办|承办|实施)+$"
)
_ETC = re.compile(r"(?<=[局委厅部办行会政府])等$")
_PART_ROLE = re.compile(r"(牵头|配合|参与)")
_NAMED = r"(?!各|有关|相关|本|上述|其他|两|部)(?:(?!由)[\u4e00-\u9fa5]){2,14}?(?:办公室|委员会|管委会|总局|部|局|委|厅|署|办|中心|银行|支行|海关)"
_NAMES = rf"{_NAMED}(?:(?:、|和|及|会同){_NAMED})*"
_ACTS = r"(?=(?:共同)?(?:负责|组成|建立|牵头|会同|承担|制定|根据本|依据本|组织实施|统一组织))"
_ACTOR = re.compile(
    rf"(?:(?<![\u4e00-\u9fa5、])(?P<subject>{_NAMES}){_ACTS}|由(?P<agent>{_NAMES})(?:相关人员|共同|统一)?(?=负责|组成|承担|牵头|解释|组织))"
)


def departments(document: Document) -> Document:
    """The document with the units of each article."""
    labelled = [tuple(_labelled(document.text, article)) for article in document.articles]
    found = [units or tuple(_bare(document.text, article)) for units, article in zip(labelled, document.articles, strict=True)]
    articles = [replace(article, departments=units) for article, units in zip(document.articles, found, strict=True)]
    return replace(document, articles=tuple(articles))


def actors(document: Document) -> Document:
    """Where an article of organisation names no unit by label, the units that act in its sentences (X、Y负责…)."""
    articles = [
        article
        if article.departments or article.measures
        else replace(article, departments=tuple(_acting(document.text, article)))
        for article in document.articles
    ]
    return replace(document, articles=tuple(articles))


def department_start(text: str, article: Article) -> int:
    """Where the units at the end of an article begin (their bracket or label), or the end of the article."""
    if not article.departments:
        return article.body.end
    plain = shadow(text)
    first = article.departments[0].quote.start
    label = next(
        (match.start() for match in _LABEL.finditer(plain, article.body.start, article.body.end) if match.end() <= first), first
    )
    start = label - (plain[label - 1] in "([〔【")
    return start if "。" not in plain[start : article.body.end].rstrip(" 。)\n") else article.body.end


def _labelled(text: str, article: Article) -> Iterator[Department]:
    plain = shadow(text)
    for match in _LABEL.finditer(plain, article.body.start, article.body.end):
        end = _end_of_units(plain, match, article.body.end)
        yield from _names(text, match.end(), end, _ROLES.get(match["word"][:2], "responsible"))


def _end_of_units(plain: str, label: re.Match[str], high: int) -> int:
    """Units run to a bracket that closes theirs, to the next label, or to the end of the sentence or line."""
    following = _LABEL.search(plain, label.end(), high)
    stop = following.start() if following else high
    depth = 0
    for at in range(label.end(), stop):
        if plain[at] in "(〔[【":
            depth += 1
        elif plain[at] in ")〕]】":
            if depth == 0:
                return at
            depth -= 1
        elif plain[at] == "\n" or (depth == 0 and (plain[at] == "。" or _OTHER_FIELD.match(plain, at, stop))):
            return at
    return stop


def _bare(text: str, article: Article) -> Iterator[Department]:
    """（省发展改革委牵头，省财政厅配合） or （省商务厅、各市政府）: a closing bracket that holds only units."""
    plain = shadow(text)
    for match in _BARE.finditer(plain, article.body.start, article.body.end):
        names = tuple(_names(text, match.start(1), match.end(1), "responsible"))
        if names and all(_UNIT.search(shadow(one.name)) for one in names):
            yield from names


def _names(text: str, start: int, end: int, role: str) -> Iterator[Department]:
    """The units in the span: split at 、，；, cleared of 牵头 / 按职责分工负责, empty ones left out."""
    plain = shadow(text)
    pending: list[Department] = []
    for left, right in _whole(plain, _named_parts(text, start, end)):
        said = plain[left:right].rstrip(" 、，,;。\n")
        part = _PART_ROLE.search(said[-4:])
        name = _TRAIL.sub("", said).strip()
        name = _CONTACT.sub("", _ETC.sub("", name))
        at = plain.find(name, left) if name else -1
        if at >= 0 and len(name) <= 40:
            pending.append(Department(text[at : at + len(name)], role, Quote.of(text, at, at + len(name))))
        if part:
            sort = _ROLES[part.group(1)]
            yield from (replace(one, role=sort) for one in pending)
            pending = []
    yield from pending


def _named_parts(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The span split at marks and blanks, and at 和 between two units (市财政局和市税务局, but not 文化和旅游局)."""
    plain = shadow(text)
    found: list[Span] = []
    for left, right in parts_at(text, start, end, "、，,；; \u3000"):
        at = left
        for mark in _AND.finditer(plain, left, right):
            found.append((at, mark.start()))
            at = mark.end()
        found.append((at, right))
    return tuple(found)


def _whole(plain: str, parts: tuple[Span, ...]) -> Iterator[Span]:
    """各市、自治州人民政府 and 各县、区政府 are one name: what 各 opens runs on to the first part that ends as a unit."""
    begun: int | None = None
    for left, right in parts:
        said = plain[left:right].strip(" 、，,;。\n")
        open_ended = (begun is not None or said.startswith("各")) and not _COLLECTIVE.search(said)
        if open_ended and right < parts[-1][1] and len(said) < _LONGEST_PLACE:
            begun = left if begun is None else begun
        else:
            yield (left if begun is None else begun), right
            begun = None


def _acting(text: str, article: Article) -> Iterator[Department]:
    """Each unit that acts, once, in the order of the text."""
    seen: set[str] = set()
    for left, right in _actors_in(text, article.label.end, article.body.end):
        name = text[left:right]
        if name not in seen:
            seen.add(name)
            yield Department(name, "actor", Quote.of(text, left, right))


def _actors_in(text: str, low: int, high: int) -> Iterator[Span]:
    plain = shadow(text)
    for start, end in sentences(text, low, high):
        for match in _ACTOR.finditer(plain, start, end):
            within = match.span("subject" if match["subject"] else "agent")
            yield from (name.span() for name in re.compile(_NAMED).finditer(plain, *within))
