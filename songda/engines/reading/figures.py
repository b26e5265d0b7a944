"""Figures 数值: the quantities of a measure with their part in it (cap, threshold, rate …), what they are per, and their clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from songda.engines.reading.clauses import clause_around
from songda.engines.reading.document import Figure, Quote
from songda.engines.reading.numerals import HAN, shadow
from songda.engines.reading.quantities import Family, Quantity, quantities

_THING = "人|名|亩|吨|公斤|件|项|台|套|次|场|笔|辆|班|列|标箱|箱|车|头|只|平方米|平方|平米|㎡|公里|千瓦|千瓦时|度|批次|批|课时"
_PERIOD = "月|天|日|年|季度|学期|夜|晚|班次"
_PER_AFTER = re.compile(
    rf"\s*[/／]\s*((?:每?(?:{_THING}|{_PERIOD}|企业|单位|机构|项目|[\u4e00-\u9fa5])\s*)(?:[/·•・.．]\s*每?(?:{_THING}|{_PERIOD}|[\u4e00-\u9fa5])\s*)*)"
)
_PER_BEFORE = re.compile(rf"每\s*(\d*)\s*({_THING}|{_PERIOD})(?:\s*每?\s*({_PERIOD})(?![{HAN}\d]))?|(亩|人)均")
_PER_DEED = re.compile(r"每[^，。；;\d每]{1,10}?(?:1|一)\s*(名|人|家|户|亩|台|件|项|吨)")
_TOTAL = re.compile(r"总额|累计|合计|总计")
_SCOPE = re.compile(r"(?:单(?:个|户|台|一|笔|家)|同一|每(?:个|家|户|年)?|年度|累计)[^，。；、\d]{0,8}")
_SAME_LIST = re.compile(r"\s*(?:[、和及或与]|以及|至|-)[^，。；;每\d]{0,8}")
_NAMES = {"名": "人", "日": "天", "㎡": "平方米", "平米": "平方米", "平方": "平方米", "晚": "夜"}

_GIVES = re.compile(r"给予|奖励|补助|补贴|资助|支持|奖补|发放|返还|贴息|拨付|补足|授予|赔付|扶持|提供|享受|贷款额度|按照?|再给")
_CAP = re.compile(r"不(?:得)?(?:超过|高于|超)|最高|最多|上限|封顶|限额|最长|至多|不大于|降至|压降至|(?<!不)低于$")
_CAP_AFTER = re.compile(r"\s*(?:\([^)]*\))?\s*(?:以内|以下|封顶|为上限|为限|之内|内)")
_FLOOR = re.compile(r"不(?:得)?(?:低于|少于|小于)|至少|最低|不短于")
_REACHES = re.compile(r"达到?|超过?|满|突破|大于|高于|低于|少于|小于|在$|为$|投资|收入|销售|产值|税|贡献|余额|授信|注册资本|金额")
_ABOVE_AFTER = re.compile(r"\s*(?:\([^)]*\))?\s*(?:及?以[上下]|的(?:企业|项目|单位|，|,|;)|\(含|\(不含|起(?![^，]))")
_FUND = re.compile(r"规模|基金|资金池|专项资金|引导资金|设立|安排")
_INSTALMENT = re.compile(rf"第\s*[{HAN}\d]\s*(?:年|期|次|批|阶段)[^，。；]{{0,12}}$")
_RISE = re.compile(r"提高|提升|增加|上浮|上调|增长|扩大|提升了?$")
_FALL = re.compile(r"下降|降低|下浮|下调|减少|压降|减免|减按|减征|降$")
_GROWTH = re.compile(r"(?:增长|增速|同比)[^，。；]{0,8}$")
_EXCEEDS = re.compile(r"(?:超过|达到?|占)[^，。；]{0,12}$")
_WHOLE = 100  # 全额, 全免
_SHARE = re.compile(r"比例(?:进行)?(?:分配|分成|拨付|兑现)")


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a stretch of text by family."""

    amounts: tuple[Figure, ...]
    rates: tuple[Figure, ...]
    durations: tuple[Figure, ...]
    counts: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quantity stands: clause, words before it (since the last quantity of the clause) and after it."""

    clause: tuple[int, int]
    before: str
    after: str
    per: str
    scope: str
    listed: bool  # continues the list of the quantity before: 30万元、20万元


def figures(text: str, start: int, end: int) -> Figures:
    """All figures in the span."""
    plain = shadow(text)
    found = quantities(plain, start, end)
    read: list[tuple[Family, Figure]] = []
    for one, place in zip(found, _places(plain, found, start, end), strict=True):
        before = read[-1] if read and place.listed else None
        role = before[1].role if before and before[0] is one.family else _ROLES[one.family](one, place)
        read.append((one.family, _figure(text, one, place, role)))

    def of(family: Family) -> tuple[Figure, ...]:
        return tuple(figure for kind, figure in read if kind is family)

    return Figures(of(Family.MONEY), of(Family.RATE), of(Family.TIME), of(Family.COUNT))


def _figure(text: str, one: Quantity, place: _Place, role: str) -> Figure:
    unit = f"{one.unit}/{place.per}" if one.family is Family.MONEY and place.per else one.unit
    return Figure(
        low=one.low,
        high=one.high,
        unit=unit,
        role=role,
        quote=Quote.of(text, *place.clause),
        mark=Quote.of(text, one.start, one.end),
        scope=place.scope,
    )


def _places(plain: str, found: tuple[Quantity, ...], low: int, high: int) -> Iterator[_Place]:
    last, per = low, ""
    for one in found:
        clause = clause_around(plain, one.start, one.end, low, high)
        begin = max(clause[0], last)
        between = plain[last : one.start]
        listed = last > clause[0] and _SAME_LIST.fullmatch(between) is not None
        per = _per(plain, one, clause[0], begin, low) or (per if listed else "")
        scopes = _SCOPE.findall(plain, clause[0], one.start)
        yield _Place(clause, plain[begin : one.start], plain[one.end : clause[1]], per, scopes[-1] if scopes else "", listed)
        last = one.end


def _per(plain: str, one: Quantity, clause: int, begin: int, low: int) -> str:
    after = _PER_AFTER.match(plain, one.end)
    found = list(_PER_BEFORE.finditer(plain, begin, one.start))
    if after:
        holder = (
            found[-1].group(2)
            if found and re.fullmatch(_PERIOD, after.group(1)) and re.fullmatch(_THING, found[-1].group(2) or "")
            else ""
        )
        return _NAMES.get(holder, holder) + re.sub(r"\s", "", after.group(1))
    if found:
        number, thing, period, mean = found[-1].groups()
        return (
            str(mean)
            if mean
            else (number if number != "1" else "") + "".join(_NAMES.get(part, part) for part in (thing, period) if part)
        )
    return _per_deed(plain, one, max(low, one.start - 45), clause)


def _per_deed(plain: str, one: Quantity, low: int, clause: int) -> str:
    """每招用1名…，给予1000元: per head, unless a later clause caps the total."""
    deeds = list(_PER_DEED.finditer(plain, low, one.start))
    if not deeds or "。" in plain[deeds[-1].end() : one.start]:
        return ""
    capped = deeds[-1].end() <= clause and (_CAP.search(plain, clause, one.start) or _TOTAL.search(plain, clause, one.start))
    return "" if capped else _NAMES.get(deeds[-1].group(1), deeds[-1].group(1))


def _money_role(_one: Quantity, place: _Place) -> str:
    return next(role for role, fits in _MONEY_ROLES if fits(place))


def _rate_role(one: Quantity, place: _Place) -> str:
    if one.word:
        return "rate" if one.low == _WHOLE and one.high is None else "decrease"
    return next(role for role, fits in _RATE_ROLES if fits(place))


def _gives(place: _Place) -> bool:
    return _GIVES.search(place.before) is not None


def _caps(place: _Place) -> bool:
    return _CAP.search(place.before) is not None or (_gives(place) and _CAP_AFTER.match(place.after) is not None)


def _reached(place: _Place) -> bool:
    if _ABOVE_AFTER.match(place.after):
        return True
    return not _gives(place) and bool(_REACHES.search(place.before) or _FLOOR.search(place.before))


Fits = Callable[[_Place], object]
# In order: the first part that fits is the figure's.
_MONEY_ROLES: tuple[tuple[str, Fits], ...] = (
    ("split", lambda place: _INSTALMENT.search(place.before)),
    ("cap", lambda place: _caps(place) and (_gives(place) or not _ABOVE_AFTER.match(place.after))),
    ("fund_size", lambda place: _FUND.search(place.before) and not _gives(place)),
    ("threshold", _reached),
    ("floor", lambda place: _FLOOR.search(place.before)),
    ("per_unit", lambda place: place.per),
    ("fixed", lambda _: True),
)
_RATE_ROLES: tuple[tuple[str, Fits], ...] = (
    ("split", lambda place: _SHARE.match(place.after) or _INSTALMENT.search(place.before)),
    ("floor", lambda place: _FLOOR.search(place.before)),
    ("growth_target", lambda place: _GROWTH.search(place.before)),
    ("cap", lambda place: _CAP.search(place.before) or _CAP_AFTER.match(place.after)),
    ("decrease", lambda place: _FALL.search(place.before) or place.after.startswith("的减免")),
    ("increase", lambda place: _RISE.search(place.before)),
    ("threshold", lambda place: _ABOVE_AFTER.match(place.after) or _EXCEEDS.search(place.before)),
    ("rate", lambda _: True),
)


def _time_role(_one: Quantity, place: _Place) -> str:
    if _CAP.search(place.before) or _CAP_AFTER.match(place.after):
        return "cap"
    if _FLOOR.search(place.before) or place.before.endswith(("满", "连续满")) or re.match(r"及?以上", place.after):
        return "floor"
    return "exact"


def _count_role(_one: Quantity, place: _Place) -> str:
    if _CAP.search(place.before) or _CAP_AFTER.match(place.after):
        return "cap"
    return "floor" if _FLOOR.search(place.before) else "threshold"


_ROLES = {Family.MONEY: _money_role, Family.RATE: _rate_role, Family.TIME: _time_role, Family.COUNT: _count_role}
