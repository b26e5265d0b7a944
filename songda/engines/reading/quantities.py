"""Quantities 数量: every number with a unit in a stretch of text, ranges joined and units of lists shared out.

Knows nothing of what a figure is for; `figures` adds the role.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from songda.engines.reading.numerals import HAN, arabic


class Family(enum.StrEnum):
    """What a quantity counts."""

    MONEY = "money"
    RATE = "rate"
    TIME = "time"
    COUNT = "count"
    BARE = "bare"  # a number whose unit stands later in its list or range


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range with its unit; the span covers number and unit in the shadow of the text."""

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: str
    family: Family
    word: bool = False  # a word for a figure (减半, 全额), not a numeral


_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|[{HAN}]+"
_SCALE = "万亿|十亿|百亿|亿|千万|百万|十万|万|千|百|十"
_CURRENCY = "元人民币|元|美元|美金|欧元|港元|港币|日元"
_TIME = "个?工作日|个?自然日|个?月|年|天|日|个?小时|周|个?季度|个?会计年度"
_RATE = "%|‰|个?百分点|个?基点|BP|bp|倍|折"
_COUNT = "人次|人|名|家|户|台|套|亩|平方米|㎡|m²|m2|吨|公里|辆|头|张|笔|次|件|项|个|批|届|米|千瓦"
_QUANTITY = re.compile(
    rf"(?<![\d.,A-Za-z第])(?P<number>{_NUMBER})\s*"
    rf"(?:(?P<scale>{_SCALE})?\s*(?:\([^)\d]{{0,6}}\)\s*)?(?:人民币)?(?P<money>{_CURRENCY})|(?P<rate>{_RATE})|(?P<time>{_TIME})|(?P<bare>{_SCALE})?\s*(?P<count>{_COUNT})|(?P<open>{_SCALE}))"
)
_PART = re.compile(rf"(?P<base>百|千|[{HAN}]+)分之(?P<number>[{HAN}]+|\d+(?:\.\d+)?)")
_MATCHED = re.compile(r"配套|配比|配资|匹配|比例")
_FRACTION = re.compile(r"(?<=的)(?P<number>\d)/(?P<base>\d)(?!\d)")
_RATIO = re.compile(r"(?<![\d:.])(?P<left>\d+(?:\.\d+)?):(?P<right>\d+(?:\.\d+)?)(?![\d:])")
_NUMERAL = re.compile(
    r"(?<![\d.,A-Za-z第〔\[])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?=\s*(?:[、和及或至到~-]|以上|以下)\s*(?:\([^)]{0,6}\))?\s*[至到~-]?\s*\d)"
)
_WORDS: tuple[tuple[re.Pattern[str], int], ...] = (
    (
        re.compile(r"(?<![两三五])减半|(?<=[免收低少贴担])一半|(?:一半)(?=的?(?:[^,。;]{0,4}(?:补|贴|奖|租|息|费|收|资)))|半价"),
        50,
    ),
    (re.compile(r"全免|全额(?=(?:退|返|补|贴|奖|免|资助|支持|扣除|抵|予以奖|予以补|给予|减免|承担|配套))"), 100),
)
_TITLED = re.compile(r"《[^》]*》")
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
    r"\s*(?:以[内上下]|\((?:含|不含)\)|及以[上下])?\s*的?(?:部分|奖励|补贴|补助|资助|奖补|贷款|资金)"
)  # 500万以内的部分
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def quantities(plain: str, start: int, end: int) -> tuple[Quantity, ...]:
    """All quantities in the span of the shadow text, in order."""
    found = sorted(_single(plain, start, end), key=lambda one: (one.start, -one.end))
    return tuple(one for one in _joined(plain, _shared(plain, _apart(found))) if one.family is not Family.BARE)


def _single(plain: str, start: int, end: int) -> Iterator[Quantity]:
    titled = [match.span() for match in _TITLED.finditer(plain, start, end)]
    for source in (_measured(plain, start, end), _parts(plain, start, end), _words(plain, start, end)):
        yield from (one for one in source if not any(left <= one.start < right for left, right in titled))


def _measured(plain: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(plain, start, end):
        value = arabic(match["number"])
        if value is None or _is_false(plain, match, value):
            continue
        yield _quantity(match, value)
    for match in _NUMERAL.finditer(plain, start, end):
        value = arabic(match.group())
        if value is not None:
            yield Quantity(match.start(), match.end(), value, None, "", Family.BARE)


def _is_false(plain: str, match: re.Match[str], value: Decimal) -> bool:
    han = not match["number"][0].isdigit()
    before = plain[max(0, match.start() - 1) : match.start()]
    if (han and before in ("数", "几")) or _is_gloss(plain, match):
        return True
    if match["time"]:
        return _is_date(match["time"], before, value, han=han)
    if match["count"]:
        return han
    return bool(match["open"]) and han and match["open"] in "十百千"


def _is_gloss(plain: str, match: re.Match[str]) -> bool:
    # 60%以上（含60%）: the bracket repeats the bound.
    return plain[max(0, match.start() - 3) : match.start()].endswith(("(含", "(不含")) and plain.startswith(")", match.end())


def _is_date(unit: str, before: str, value: Decimal, *, han: bool) -> bool:
    if unit == "年":
        return 1900 <= value <= 2200 or before == "第"
    if unit == "日":
        return han or before == "月"
    return unit == "月" or (han and before == "第")


def _quantity(match: re.Match[str], value: Decimal) -> Quantity:
    span = match.span()
    if match["money"]:
        factor, unit = _money(match["scale"] or "", match["money"])
        return Quantity(*span, value * factor, None, unit, Family.MONEY)
    if match["rate"]:
        return Quantity(
            *span, value, None, {"BP": "基点", "bp": "基点"}.get(match["rate"], match["rate"].removeprefix("个")), Family.RATE
        )
    if match["time"]:
        unit = {"天": "日", "自然日": "日", "会计年度": "年"}.get(
            match["time"].removeprefix("个"), match["time"].removeprefix("个")
        )
        return Quantity(*span, value, None, unit, Family.TIME)
    if match["count"]:
        return Quantity(*span, value * _times(match["bare"] or ""), None, match["count"], Family.COUNT)
    return Quantity(*span, value, None, match["open"], Family.BARE)


def _money(scale: str, currency: str) -> tuple[int, str]:
    currency = {"元人民币": "元", "美金": "美元", "港币": "港元"}.get(currency, currency)
    for head in ("亿", "万"):
        if scale.endswith(head):
            return _times(scale[:-1]), head + currency
    return _times(scale), currency


def _times(scale: str) -> int:
    factor = 1
    for sign in scale:
        factor *= _SCALES[sign]
    return factor


def _parts(plain: str, start: int, end: int) -> Iterator[Quantity]:
    for match in (*_PART.finditer(plain, start, end), *_FRACTION.finditer(plain, start, end)):
        base, value = arabic(match["base"]), arabic(match["number"])
        if base and value is not None:
            unit, scale = ("‰", 1000) if base == 1000 else ("%", 100)
            yield Quantity(*match.span(), _tidy(value * scale / base), None, unit, Family.RATE)
    for match in _RATIO.finditer(plain, start, end):
        left, right = Decimal(match["left"]), Decimal(match["right"])
        if 1 in (left, right) and right and _MATCHED.search(plain, max(start, match.start() - 12), match.end() + 12):
            yield Quantity(*match.span(), _tidy(left / right), None, "倍", Family.RATE)


def _tidy(value: Decimal) -> Decimal:
    """At most four places, no trailing zeros and no exponent."""
    short = round(value, 4)
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short.normalize()


def _words(plain: str, start: int, end: int) -> Iterator[Quantity]:
    for pattern, value in _WORDS:
        for match in pattern.finditer(plain, start, end):
            yield Quantity(*match.span(), Decimal(value), None, "%", Family.RATE, word=True)


def _apart(found: list[Quantity]) -> list[Quantity]:
    # The longest quantity at a place wins; the rest of an overlap is dropped.
    kept: list[Quantity] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _shared(plain: str, found: list[Quantity]) -> list[Quantity]:
    """Numbers without a unit take it from the next one of their list or range: 3、2、1个百分点; 1000万-2000万美元."""
    shared: list[Quantity] = []
    for one in reversed(found):
        after = shared[-1] if shared else None
        if one.family is Family.BARE and after and _adjoins(plain[one.end : after.start], after.family):
            shared.append(_with_unit_of(one, after))
        elif one.family is Family.BARE and (one.unit in _SUMS or (one.unit == "万" and _SUM_AFTER.match(plain, one.end))):
            factor, unit = _money(one.unit, "元")
            shared.append(replace(one, low=one.low * factor, unit=unit, family=Family.MONEY))
        else:
            shared.append(one)
    return shared[::-1]


def _adjoins(between: str, family: Family) -> bool:
    # Only sums and rates are listed under one unit: 、 before a month or a count usually parts something else.
    marks = (_RANGE_MARK, _LIST_MARK, _BETWEEN) if family in (Family.MONEY, Family.RATE) else (_RANGE_MARK,)
    return any(mark.fullmatch(between) for mark in marks)


def _with_unit_of(one: Quantity, after: Quantity) -> Quantity:
    if after.word:
        return one
    if one.unit == "":
        return replace(one, unit=after.unit, family=after.family)
    factor, unit = _money(one.unit, after.unit.lstrip("万亿") if after.family is Family.MONEY else "元")
    return replace(one, low=one.low * factor, unit=unit, family=Family.MONEY)


def _joined(plain: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Two quantities that bound one range become one."""
    at = 0
    while at < len(found):
        one = found[at]
        after = found[at + 1] if at + 1 < len(found) else None
        if after and one.family is after.family and one.family is not Family.BARE and _one_range(plain, one, after):
            yield replace(one, end=after.end, high=_in_unit(after.low, after.unit, one.unit))
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
        return one.low < _in_unit(after.low, after.unit, one.unit)
    raised = _RAISED.fullmatch(between) and _RAISED_FROM.search(plain[max(0, one.start - 16) : one.start])
    return bool(raised or _RANGE_MARK.fullmatch(between))


def _same_measure(left: str, right: str) -> bool:
    return left == right or left.lstrip("万亿") == right.lstrip("万亿") != ""


def _in_unit(value: Decimal, unit: str, wanted: str) -> Decimal:
    """A sum in another multiple of its currency: 1 亿元 in 万元 is 10000."""
    if unit == wanted:
        return value
    return _tidy(value * _multiple(unit) / _multiple(wanted))


def _multiple(unit: str) -> int:
    return _times(unit[: len(unit) - len(unit.lstrip("万亿"))])
