"""Who and under which conditions 对象与条件: verbatim phrases of a measure. Their rule text is drafted in `rule_drafts`."""

from __future__ import annotations

import re

from songda.engines.reading.clauses import Span, parts_at
from songda.engines.reading.document import Condition, Quote
from songda.engines.reading.numerals import shadow

_FOR = re.compile(r"^(?:同时,|其中,|此外,|疫情(?:防控)?期间,)?\s*(?:对于?|针对|支持|鼓励)(?=\S{2,})")
_HOLDER_END = re.compile(
    r"(?:企业|单位|个体工商户|工商户|商户|机构|项目|公司|主体|园区|基地|载体|合作社|农户|人员|团队|业主|旅行社|户|平台|协会|纳税人|中心|孵化器|众创空间|人才|场所|行业)(?:\([^)]*\))?$"
)
_PROMISE = re.compile(
    r"^(?:可以?|再|按|分别|一次性|最高|优先|经[^，]{0,12}后?)?[^，]{0,6}(?:给予|予以|奖励|补助|补贴|资助|免收|免征|减半|返还|缓缴|实行|享受|不得|提供|准予|允许|延期|落实)"
)
_WHEN = re.compile(r"(?:的|期间|以上|以下|以内|后|时)$")
_QUALIFIED = re.compile(r"^(?P<rest>.+?)的(?P<holder>[^的、]{2,24}(?:企业|单位|工商户|商户|机构|项目|公司|主体))$")


def beneficiary(text: str, start: int, end: int) -> Quote | None:
    """Who benefits, as written: the object of 对…， at the head of the measure, else the first clause that ends in a holder."""
    for left, right in _clauses(text, start, end)[:4]:
        said = shadow(text[left:right]).strip()
        opening = _FOR.match(said)
        if opening and (_HOLDER_END.search(said) or said.endswith("的")):
            return Quote.of(text, left + (len(text[left:right]) - len(text[left:right].lstrip())) + opening.end(), right)
        if not opening and _HOLDER_END.search(said) and not _PROMISE.match(said) and len(said) <= 60:
            return Quote.of(text, left, right)
    return None


def conditions(text: str, start: int, end: int) -> tuple[Condition, ...]:
    """The phrases before the promise that limit it, in order, verbatim; all open questions here."""
    found: list[Condition] = []
    for left, right in _clauses(text, start, end):
        said = shadow(text[left:right]).strip()
        if _PROMISE.match(said):
            break
        if _FOR.match(said) or _WHEN.search(said) or _HOLDER_END.search(said):
            found.extend(Condition(quote) for quote in _phrases(text, left, right))
    return tuple(found)


def _clauses(text: str, start: int, end: int) -> tuple[Span, ...]:
    spans = parts_at(text, start, end, "，,；;。")
    return tuple((left, right - (text[right - 1] in "，,；;。")) for left, right in spans)


def _phrases(text: str, left: int, right: int) -> list[Quote]:
    """A clause as its phrases: 对 taken off, the holder parted from what stands before its 的."""
    plain = shadow(text)
    while left < right and plain[left] in " \n":
        left += 1
    opening = _FOR.match(plain[left:right])
    left += opening.end() if opening and plain[left] in "对针同其此疫" else 0
    match = _QUALIFIED.match(plain[left:right].rstrip("的 "))
    if not match:
        return [Quote.of(text, left, right)]
    holder = Quote.of(text, left + match.start("holder"), left + match.end("holder"))
    return [*_joined(text, left, left + match.end("rest")), holder]


def _joined(text: str, left: int, right: int) -> list[Quote]:
    """Qualities joined by 且 or, where each says something whole, by 、."""
    pieces: list[Quote] = []
    at = left
    for mark in re.finditer(r"且|、(?=坚持|面临|有|不|受|因|确|具|恢复|符合|暂)", text[left:right]):
        pieces.append(Quote.of(text, at, left + mark.start()))
        at = left + mark.end()
    pieces.append(Quote.of(text, at, right))
    return [piece for piece in pieces if piece.text]
