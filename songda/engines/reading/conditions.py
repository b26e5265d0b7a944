"""Who and under which conditions 对象与条件: verbatim phrases of a measure. Their rule text is drafted in `rule_drafts`."""

from __future__ import annotations

import re

from songda.engines.reading.clauses import Span, parts_at
from songda.engines.reading.document import Condition, Quote
from songda.engines.reading.numerals import shadow

_FOR = re.compile(r"^(?:同时[,，]?|其中[,，]?|此外[,，]?|并且?|疫情(?:防控)?期间[,，])?\s*(?:对于?|针对(?!性))(?=\S{2,})")
_ENCOURAGED = re.compile(r"^(?:支持|鼓励|引导|推动)")
_JOINER = re.compile(r"^(?:同时|其中|此外|另外|即|并|且|具体)$")
_GIVING = re.compile(
    r"(?:可以?|再|按规定|依法|分别|一次性|优先|最高)*(?:给予|予以|免收|免征|实行|实施|返还|奖励|补助|补贴|减免|停征|降低|提供|办理|不得|不抽贷|不断贷|不压贷)"
)
_HOLDER_END = re.compile(
    r"(?:企业|单位|个体工商户|工商户|商户|机构|项目|公司|主体|园区|基地|载体|合作社|农户|人员|团队|业主|旅行社|户|平台|协会|纳税人|中心|孵化器|众创空间|人才|场所|行业)(?:\([^)]*\))?$"
)
_PROMISE = re.compile(
    r"^(?:可以?|再|按|分别|一次性|最高|优先|经[^，]{0,12}后?)?[^，]{0,6}(?:给予|予以|奖励|补助|补贴|资助|免收|免征|减半|返还|缓缴|实行|享受|不得|提供|准予|允许|延期)"
)
_LONGEST_HOLDER = 60
_WHEN = re.compile(r"(?:的|期间|以上|以下|以内|后|时)$")
_QUALIFIED = re.compile(r"^(?P<rest>.+?)的(?P<holder>[^的、]{2,24}(?:企业|单位|工商户|商户|机构|项目|公司|主体))$")


def beneficiary(text: str, start: int, end: int) -> Quote | None:
    """Who benefits, as written: the object of 对…， at the head of the measure, else the first clause that ends in a holder."""
    for left, right in _clauses(text, start, end)[:4]:
        opening, limit, _ = _opening(text, left, right)
        said = shadow(text[left:limit]).strip()
        if opening is not None and (_HOLDER_END.search(said) or said.endswith("的")):
            return Quote.of(text, opening, limit)
        if opening is None and _names_holder(said):
            return Quote.of(text, left, limit)
    return None


def conditions(text: str, start: int, end: int) -> tuple[Condition, ...]:
    """The phrases before the promise that limit it, in order, verbatim; all open questions here."""
    found: list[Condition] = []
    for left, right in _clauses(text, start, end):
        if _PROMISE.match(shadow(text[left:right]).strip()):
            break
        opening, limit, gives = _opening(text, left, right)
        said = shadow(text[left:limit]).strip()
        if opening is not None or _limits(said):
            begin = left if opening is None else opening
            found.extend(Condition(quote) for quote in _phrases(text, begin, limit) if quote.text)
        if gives or (found and text[right : right + 1] == "。"):
            break
    return tuple(found)


def _names_holder(said: str) -> bool:
    if _PROMISE.match(said) or _ENCOURAGED.match(said) or len(said) > _LONGEST_HOLDER:
        return False
    return _HOLDER_END.search(said) is not None


def _limits(said: str) -> bool:
    ends = _WHEN.search(said) or _HOLDER_END.search(said)
    return ends is not None and not _ENCOURAGED.match(said) and not _JOINER.match(said)


def _opening(text: str, left: int, right: int) -> tuple[int | None, int, bool]:
    """Where the object of 对 begins (None without 对), where it ends, and whether the clause goes on to give something."""
    while left < right and text[left].isspace():
        left += 1
    said = shadow(text[left:right])
    opening = _FOR.match(said)
    if not opening:
        return None, right, False
    # 为租户减免租金的企业 names a holder and gives it nothing: only a clause that does not end in its holder is cut.
    named = said.rstrip().endswith("的") or _HOLDER_END.search(said.rstrip())
    giving = None if named else _GIVING.search(said, opening.end())
    return left + opening.end(), left + giving.start() if giving else right, giving is not None


def _clauses(text: str, start: int, end: int) -> tuple[Span, ...]:
    spans = parts_at(text, start, end, "，,；;。")
    return tuple((left, right - (text[right - 1] in "，,；;。")) for left, right in spans)


def _phrases(text: str, left: int, right: int) -> list[Quote]:
    """A clause as its phrases: the holder parted from what stands before its 的, qualities parted from each other."""
    whole = Quote.of(text, left, right)
    match = _QUALIFIED.match(shadow(whole.text).rstrip("的"))
    if not match:
        return _joined(text, whole.start, whole.end)
    holder = Quote.of(text, whole.start + match.start("holder"), whole.start + match.end("holder"))
    return [*_joined(text, whole.start, whole.start + match.end("rest")), holder]


def _joined(text: str, left: int, right: int) -> list[Quote]:
    """Qualities joined by 且 or, where each says something whole, by 、."""
    pieces: list[Quote] = []
    at = left
    for mark in re.finditer(r"(?:并|同时|而)?且|、(?=坚持|面临|有|不|受|因|确|具|恢复|符合|暂)", text[left:right]):
        pieces.append(Quote.of(text, at, left + mark.start()))
        at = left + mark.end()
    pieces.append(Quote.of(text, at, right))
    return [piece for piece in pieces if piece.text]
