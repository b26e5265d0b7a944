"""Lists and ranges of quantities 列举与区间: units shared out along a list (3、2、1个百分点), bounds joined (1000万-2000万美元)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.values.quantity import Family, Quantity, in_unit, money

_BEYOND = r"\s*(?:\((?:含|不含|含本数|不含本数|含税)[^)]{0,6}\)|及以上|以上|起|左右)?\s*"
_RANGE_MARK = re.compile(rf"{_BEYOND}(?:至|到|-{{1,2}}|~){{1,2}}\s*")
_BETWEEN = re.compile(r"\s*(?:\(含\)|\(不含\))?(?:及?以上|起)\s*[、,]?\s*")
_BELOW = re.compile(r"\s*(?:\((?:含|不含)[^)]{0,6}\))?\s*(?:及?以下|以内|\(不含\)|\(含\))")
_LIST_MARK = re.compile(rf"{_BEYOND}(?:[、,]|和|及|或|与|以及){{1,2}}\s*")
_RAISED = re.compile(
    r"(?:的|及以下|以上)?[^,。;、%]{0,6}(?:提高|提升|调整|上调|下调|降低|降|增加|上浮|下降|扩大|放宽)(?:到|至|为)\s*"
)
_RAISED_FROM = re.compile(r"(?:由|从)(?:原来?的?|目前的?|现行的?)?[^,。;\d]{0,12}$")
_SUMS = ("千万", "百万", "十万", "亿", "万亿")
_SUM_AFTER = re.compile(
    r"\s*(?:以[内上下]|\((?:含|不含)\)|及以[上下])?\s*(?:的?(?:部分|奖励|补贴|补助|资助|奖补|贷款|资金)|/|(?:不同|相应)[^，。]{0,8}资金)"
)  # 500万以内的部分, 1.5万/人
_SUM_BEFORE = re.compile(
    r"(?:奖励?|奖补|补助|补贴|资助|给予|予以|支持|不超过|不低于|最高|投资额?|销售额|产值|收入|注册资本)(?:约|为|达到?|超过?|每[人家户个])?\s*$"
)
_SUM_ENDS = re.compile(r"\s*(?:$|[，。；、,;()/~-]|[以之及至到的元左奖补资支贷多余]|不[等同])")


def shared(plain: str, found: list[Quantity]) -> list[Quantity]:
    """Numbers without a unit take it from the next one of their list or range: 3、2、1个百分点; 1000万-2000万美元."""
    kept: list[Quantity] = []
    for one in reversed(found):
        after = kept[-1] if kept else None
        if one.family is Family.BARE and after and _adjoins(plain[one.end : after.start], after.family):
            kept.append(_with_unit_of(one, after))
        elif one.family is Family.BARE and _is_sum(plain, one):
            factor, unit = money(one.unit, "元")
            kept.append(replace(one, low=one.low * factor, unit=unit, family=Family.MONEY))
        else:
            kept.append(one)
    return _carried(plain, kept[::-1])


def _carried(plain: str, found: list[Quantity]) -> list[Quantity]:
    """予以3万-20万不等: the second bound is a sum because the first one is."""
    for at in range(1, len(found)):
        if _goes_on(plain, found[at - 1], found[at]):
            found[at] = _with_unit_of(found[at], found[at - 1])
    return found


def _goes_on(plain: str, before: Quantity, one: Quantity) -> bool:
    bare = before.family is Family.MONEY and one.family is Family.BARE and one.unit != ""
    return bare and _SUM_ENDS.match(plain, one.end) is not None and _adjoins(plain[before.end : one.start], Family.MONEY)


def _is_sum(plain: str, one: Quantity) -> bool:
    """A scale with no currency is a sum where the words around it speak of money, and no measure word follows."""
    if one.unit in _SUMS:
        return _SUM_ENDS.match(plain, one.end) is not None
    if one.unit != "万":
        return False
    if _SUM_AFTER.match(plain, one.end):
        return True
    before = plain[max(0, one.start - 12) : one.start]
    return _SUM_ENDS.match(plain, one.end) is not None and _SUM_BEFORE.search(before) is not None


def _adjoins(between: str, family: Family) -> bool:
    # Only sums and rates are listed under one unit: 、 before a month or a count usually parts something else.
    marks = (_RANGE_MARK, _LIST_MARK, _BETWEEN) if family in (Family.MONEY, Family.RATE) else (_RANGE_MARK,)
    return any(mark.fullmatch(between) for mark in marks)


def _with_unit_of(one: Quantity, after: Quantity) -> Quantity:
    if after.word:
        return one
    if one.unit == "":
        return replace(one, unit=after.unit, family=after.family)
    factor, unit = money(one.unit, after.unit.lstrip("万亿") if after.family is Family.MONEY else "元")
    return replace(one, low=one.low * factor, unit=unit, family=Family.MONEY)


def joined(plain: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Two quantities that bound one range become one."""
    at = 0
    while at < len(found):
        one = found[at]
        after = found[at + 1] if at + 1 < len(found) else None
        if after and one.family is after.family and one.family is not Family.BARE and _one_range(plain, one, after):
            yield replace(one, end=after.end, high=in_unit(after.low, after.unit, one.unit))
            at += 2
        else:
            yield one
            at += 1


def _one_range(plain: str, one: Quantity, after: Quantity) -> bool:
    between = plain[one.end : after.start]
    if one.word or after.word:
        return between == "或" and one.word is after.word
    if not _same_measure(one.unit, after.unit):
        return False
    if _BETWEEN.fullmatch(between) and _BELOW.match(plain, after.end):
        return one.low < in_unit(after.low, after.unit, one.unit)
    raised = _RAISED.fullmatch(between) and _RAISED_FROM.search(plain[max(0, one.start - 16) : one.start])
    return bool(raised or _RANGE_MARK.fullmatch(between))


def _same_measure(left: str, right: str) -> bool:
    return left == right or left.lstrip("万亿") == right.lstrip("万亿") != ""
