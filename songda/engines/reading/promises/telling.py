"""Telling words 要点: the clause of a promise that says what is given, short enough to head a draft."""

from __future__ import annotations

import re

from songda.engines.reading.document import Quote
from songda.engines.reading.language.benefits import promises, without_titles
from songda.engines.reading.language.clauses import Span, parts_at
from songda.engines.reading.language.numerals import shadow

LONGEST = 40
_GIVING = re.compile(
    r"给予|予以|奖励|奖补|补助|补贴|资助|贴息|减免|减半|免收|免征|免除|停征|返还|退还|享受|优先|缓缴|缓收|扣除|延期|展期|续贷|续保|不得|提供|准予|允许|降低|下浮|顺延|退税"
    r"|实行|设立|安排|简化|办理|开通|应保尽保|补偿|增信|协助|协调|合理调整|抵用|下达|兑现|(?<![认许])可(?!能|行|根据|按|依|控|靠|持续)"
)
_ASIDE = re.compile(
    r"^除.{2,30}外$|^(?:为|因|由于|按照?|根据|依据|结合|充分|通过)[^，]{2,}(?:原则|形式|方式|规定|要求|情况|工程|作用)$|期间$|^同时$|时$"
)
_OBJECT = re.compile(
    r"^(?!设立|安排|统筹|建立)(?:对于?|针对)?.*(?:的|企业|单位|工商户|商户|机构|项目|公司|主体|载体|园区|基地|合作社|农户|人员|业主|平台|纳税人|中心|户|场所|行业|等|资金|案件|情况|担保机构|车辆|地点)$"
)
_LABEL = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[①-⑳])\s*")
_HEADING = re.compile(r"[^\d]{2,24}")  # 企业科技创新奖励补助。 before the promises
_FIRST = re.compile(r"(?:可以?|再|按[^，]{2,16}?|分别|一次性|优先|最高)*$")


def telling(text: str, start: int, end: int) -> Quote:
    """The clause that gives something, with as much of what stands before it as a heading has room for."""
    label = _LABEL.match(text, start, end)
    start = label.end() if label else start
    clauses = [_trimmed(text, span) for span in parts_at(text, start, end, "，。；;,")]
    if not clauses:
        return Quote.of(text, start, end)
    at = _chosen(text, clauses)
    left, right = _shortened(text, *clauses[at])
    if left == clauses[at][0]:
        left = _widened(text, clauses[:at], left, right)
    return Quote.of(text, left, right)


def _chosen(text: str, clauses: list[Span]) -> int:
    """The first clause that gives, else that promises, else that is neither an aside nor only a holder, else the first."""
    plain = shadow(text)
    said = [without_titles(plain[slice(*span)].strip()) for span in clauses]
    headed = len(said) > 1 and text[clauses[0][1] : clauses[0][1] + 1] == "。" and _HEADING.fullmatch(said[0]) is not None
    speaking = [
        at
        for at, one in enumerate(said)
        if not (at == 0 and headed) and not _ASIDE.search(one) and not (_OBJECT.match(one) and not _hands(one))
    ]
    for fits in (_GIVING.search, promises):
        found = next((at for at in speaking if fits(said[at])), None)
        if found is not None:
            return found
    return speaking[0] if speaking else 0


def _hands(said: str) -> bool:
    """Does a clause that ends in a holder's name give something after all (给予企业…, not 为租户减免租金的企业)?"""
    giving = _GIVING.search(said)
    return giving is not None and "的" not in said[giving.end() :] and not said.startswith(("对", "针对"))


def _shortened(text: str, left: int, right: int) -> Span:
    if right - left <= LONGEST:
        return left, right
    giving = next((one for one in _GIVING.finditer(text, left, right) if not _cited(text, left, one.start())), None)
    if giving and giving.start() > left:
        lead = _FIRST.search(text, max(left, giving.start() - 20), giving.start())
        left = lead.start() if lead else giving.start()
    if right - left > LONGEST:
        cut = max(text.rfind(sign, left + 8, left + LONGEST) for sign in "、（(和与及")
        right = cut if cut > left else left + LONGEST
    return left, right


def _cited(text: str, left: int, at: int) -> bool:
    """Does the place stand in a title 《…》 or in brackets?"""
    return any(text.rfind(sign, left, at) > text.rfind(shut, left, at) for sign, shut in ("《》", "（）", "()"))


def _widened(text: str, before: list[Span], left: int, right: int) -> int:
    for low, high in reversed(before):
        if right - low > LONGEST or "\n" in text[low:left].strip() or re.search(r"[。；;]", text[high:left]):
            break
        left = low
    # 对…企业，给予…: as a heading it reads without 对
    opening = re.match(r"对于?|针对", text[left:right])
    return left + opening.end() if opening and re.search("[，,]", text[left:right]) else left


def _trimmed(text: str, span: Span) -> Span:
    left, right = span
    while left < right and text[left].isspace():
        left += 1
    while right > left and (text[right - 1].isspace() or text[right - 1] in "，。；;,：:"):
        right -= 1
    return left, right
