"""Quantities 数量: every number with a unit in a stretch of text, ranges joined and units of lists shared out.

Knows nothing of what a figure is for; `figures` adds the role. `quantity_lists` joins and shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from songda.engines.reading.language.numerals import HAN, arabic
from songda.engines.reading.values.quantity import Family, Quantity, money, tidy, times
from songda.engines.reading.values.quantity_lists import joined, shared

__all__ = ["Family", "Quantity", "quantities"]

# Bounded, so that a long run of numerals takes time in proportion to its length.
_HAN = rf"[{HAN}]{{1,12}}"
_DIGITS = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d{1,15})(?:\.\d{1,9})?"
_NUMBER = rf"{_DIGITS}|{_HAN}点{_HAN}|{_HAN}"
_SCALE = "万亿|十亿|百亿|千亿|亿|千万|百万|十万|万|千|百|十"
_CURRENCY = "元人民币|元(?![化旦宵素件器])|美元|美金|欧元|英镑|港元|港币|日元"
_TIME = (
    r"个?工作日|个?自然日|个?月|年(?!度|级|代|版|期(?!限|间|内))|天|日|个?小时(?=之?内|以内|前|办)|周(?![岁年边期末知一二三四五六日])"
    r"|个季度|个?会计年度"
)
_RATE = "%|‰|个?百分点|个?基点|个?BPs?|个?bps?|倍(?!增)|折(?![旧扣])"
_COUNT = (
    "人次|人|名|家|户|台|套|亩|平方米|㎡|m²|m2|立方米|m³|公斤|千克|毫升|吨|公里|千瓦时|千瓦|兆瓦|辆|艘|头|只|张|笔|次|件|项|个(?!小时)|批|届|米"
    "|周岁|岁|座|处|株|课时|学时"
)
_QUANTITY = re.compile(
    rf"(?<![\d.,A-Za-z第])(?P<number>{_NUMBER})\s*"
    rf"(?:(?P<scale>{_SCALE})?\s*(?:\([^)\d]{{0,6}}\)\s*)?(?:人民币)?(?P<money>{_CURRENCY})|(?P<rate>{_RATE})|(?P<time>{_TIME})"
    rf"|(?P<bare>{_SCALE})?\s*(?P<count>{_COUNT})|(?P<open>{_SCALE}))"
)
_COMPOUND = re.compile(  # 1亿5000万元, 三万五千元
    rf"(?<![\d.,A-Za-z第])(?P<large>{_NUMBER})\s*(?P<unit>亿|万)\s*(?P<small>{_NUMBER})\s*(?P<scale>万|千|百)?(?P<money>{_CURRENCY})"
)
_UNNUMBERED = re.compile(  # 总投资亿元以上, 产值突破十亿元
    rf"(?<![\d.{HAN}万亿上数几近余多])(?P<scale>[十百千]亿|亿|千万|百万)元(?=\s*及?以上)|(?<=[破超达到])(?P<past>[十百千]?亿)元"
)
_PART = re.compile(rf"(?P<base>万|[{HAN}]{{1,4}})分之(?P<number>{_HAN}点{_HAN}|{_HAN}|\d{{1,9}}(?:\.\d{{1,9}})?)")
_MATCHED = re.compile(r"配套|配比|配资|匹配|比例|额度|等额")
_FRACTION = re.compile(r"(?<![\d/.])(?P<number>[1-9])/(?P<base>[2-9]|10)(?![\d/.])(?=\s*(?:及?以[上下内]|的|[,，。;、)]|$))")
_RATIO = re.compile(r"(?<![\d:.])(?P<left>\d{1,6}(?:\.\d{1,4})?):(?P<right>\d{1,6}(?:\.\d{1,4})?)(?![\d:])")
_NUMERAL = re.compile(
    rf"(?<![\d.,A-Za-z第〔\[]){_DIGITS}(?=\s*(?:[、和及或至到~-]|以上|以下)\s*(?:\([^)]{{0,6}}\))?\s*[至到~-]?\s*\d)"
)
_HALVES = re.compile(r"半个百分点|(?<![上下前后])半年(?![度报])")
_WORDS: tuple[tuple[re.Pattern[str], int], ...] = (
    (
        re.compile(r"(?<![两三五])减半|(?<=[免收低少贴担])一半|(?:一半)(?=的?(?:[^,。;]{0,4}(?:补|贴|奖|租|息|费|收|资)))|半价"),
        50,
    ),
    (re.compile(r"全免|全额(?=(?:退|返|补|贴|奖|免|资助|支持|扣除|抵|予以奖|予以补|给予|减免|承担|配套))"), 100),
)
_TITLED = re.compile(r"《[^》]*》")
_DAY_OF_MONTH = re.compile(r"(?:月|日\s*[至到、和及~-]|于|每月)\s*$")
_ORDINAL_LIST = re.compile(rf"第[{HAN}\d]{{1,3}}(?:[、和及或至到-][{HAN}\d]{{0,3}}){{0,4}}$")
_NO_STRETCH = re.compile(r"[上下同每某]\s*$")
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"  # digits of sums only: 陆 and 伍 are names elsewhere
_CENTURY = 1900


def quantities(plain: str, start: int, end: int) -> tuple[Quantity, ...]:
    """All quantities in the span of the shadow text, in order."""
    found = sorted(_single(plain, start, end), key=lambda one: (one.start, -one.end))
    return tuple(one for one in joined(plain, shared(plain, _apart(found))) if one.family is not Family.BARE)


def _single(plain: str, start: int, end: int) -> Iterator[Quantity]:
    titled = [match.span() for match in _TITLED.finditer(plain, start, end)]
    for source in (_measured, _sums, _parts, _words):
        yield from (one for one in source(plain, start, end) if not any(left <= one.start < right for left, right in titled))


def _measured(plain: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(plain, start, end):
        value = arabic(match["number"])
        if value is not None and not _is_false(plain, match, value):
            yield _quantity(match, value)
    for match in _NUMERAL.finditer(plain, start, end):
        value = arabic(match.group())
        if value is not None:
            yield Quantity(match.start(), match.end(), value, None, "", Family.BARE)


def _is_false(plain: str, match: re.Match[str], value: Decimal) -> bool:
    han = not match["number"][0].isdigit()
    before = plain[max(0, match.start() - 12) : match.start()]
    if (han and _is_vague(match["number"], before)) or _is_gloss(plain, match):
        return True
    if match["time"]:
        return _is_date(match, before, value, han=han) or _ORDINAL_LIST.search(before) is not None
    if match["count"]:
        return han or (match["count"] == "届" and value >= _CENTURY) or _is_per(before, value)
    if match["rate"] == "折":
        return value >= 100 or value == 0
    return bool(match["open"]) and han and match["open"] in "十百千"


def _is_vague(number: str, before: str) -> bool:
    # 数百万元, 上千元: a size, not a number.
    return before.endswith(("数", "几")) or (number[0] in "十百千" and before.endswith(("上", "近", "成")))


def _is_per(before: str, value: Decimal) -> bool:
    # 每新增1人, 每50公斤: what a sum is per, no count of its own.
    return before.rstrip().endswith("每") or (value == 1 and re.search(r"每[^，。；;\d]{0,10}$", before) is not None)


def _is_gloss(plain: str, match: re.Match[str]) -> bool:
    # 60%以上（含60%）: the bracket repeats the bound.
    return plain[max(0, match.start() - 3) : match.start()].endswith(("(含", "(不含")) and plain.startswith(")", match.end())


def _is_date(match: re.Match[str], before: str, value: Decimal, *, han: bool) -> bool:
    unit = match["time"]
    if han and set(match["number"]) & set(_FORMAL):
        return True
    if unit == "年":
        return _CENTURY <= value <= _CENTURY + 300 or before.endswith("第") or (han and _NO_STRETCH.search(before) is not None)
    if unit == "日":
        return han or _DAY_OF_MONTH.search(before) is not None
    return unit == "月" or (han and before.endswith("第"))


def _quantity(match: re.Match[str], value: Decimal) -> Quantity:
    span = match.span()
    if match["money"]:
        factor, unit = money(match["scale"] or "", match["money"])
        return Quantity(*span, value * factor, None, unit, Family.MONEY)
    if match["rate"]:
        unit = match["rate"].removeprefix("个")
        if unit == "折" and value > 10:  # 八五折
            value /= 10
        return Quantity(*span, value, None, "基点" if unit.upper().startswith("BP") else unit, Family.RATE)
    if match["time"]:
        unit = match["time"].removeprefix("个")
        return Quantity(*span, value, None, {"天": "日", "自然日": "日", "会计年度": "年"}.get(unit, unit), Family.TIME)
    if match["count"]:
        return Quantity(*span, value * times(match["bare"] or ""), None, match["count"], Family.COUNT)
    return Quantity(*span, value, None, match["open"], Family.BARE)


def _sums(plain: str, start: int, end: int) -> Iterator[Quantity]:
    """Sums in two parts, and sums that have a unit and no number."""
    for match in _COMPOUND.finditer(plain, start, end):
        large, small = arabic(match["large"]), arabic(match["small"])
        if large is not None and small is not None:
            whole = large * times(match["unit"]) + small * times(match["scale"] or "")
            _, unit = money(match["unit"], match["money"])
            yield Quantity(*match.span(), tidy(whole / times(match["unit"])), None, unit, Family.MONEY)
    for match in _UNNUMBERED.finditer(plain, start, end):
        factor, unit = money(match["scale"] or match["past"], "元")
        yield Quantity(*match.span(), Decimal(factor), None, unit, Family.MONEY)


def _parts(plain: str, start: int, end: int) -> Iterator[Quantity]:
    for match in (*_PART.finditer(plain, start, end), *_FRACTION.finditer(plain, start, end)):
        base, value = arabic(match["base"]), arabic(match["number"])
        if base and value is not None:
            unit, scale = ("‰", 1000) if base >= 1000 else ("%", 100)
            yield Quantity(*match.span(), tidy(value * scale / base), None, unit, Family.RATE)
    for match in _RATIO.finditer(plain, start, end):
        left, right = Decimal(match["left"]), Decimal(match["right"])
        if 1 in (left, right) and right and _MATCHED.search(plain, max(start, match.start() - 12), match.end() + 12):
            yield Quantity(*match.span(), tidy(left / right), None, "倍", Family.RATE)


def _words(plain: str, start: int, end: int) -> Iterator[Quantity]:
    for pattern, value in _WORDS:
        for match in pattern.finditer(plain, start, end):
            yield Quantity(*match.span(), Decimal(value), None, "%", Family.RATE, word=True)
    for match in _HALVES.finditer(plain, start, end):
        if match.group() == "半年":
            yield Quantity(*match.span(), Decimal(6), None, "月", Family.TIME)
        else:
            yield Quantity(*match.span(), Decimal("0.5"), None, "百分点", Family.RATE)


def _apart(found: list[Quantity]) -> list[Quantity]:
    # The longest quantity at a place wins; the rest of an overlap is dropped.
    kept: list[Quantity] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
