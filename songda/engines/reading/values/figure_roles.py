"""Roles 作用: the part a figure plays in its measure (cap, threshold, rate …), from the words of its clause."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from songda.engines.reading.language.numerals import HAN
from songda.engines.reading.values.quantity import Family, Quantity


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quantity stands: clause, the words that lead to it (`before`: since the last quantity), itself, the words after it."""

    clause: tuple[int, int]
    lead: str
    before: str
    said: str
    after: str
    per: str
    scope: str
    listed: bool  # continues the list of the quantity before: 30万元、20万元


def role(one: Quantity, place: Place) -> str:
    """The part of a quantity: `fixed`, `cap`, `floor`, `threshold`, `per_unit`, `split`, `fund_size`, `rate`, `increase` …"""
    return _ROLES[one.family](one, place)


_GIFT = "奖励|奖补|补助|补贴|资助|支持|扶持|贴息|返还|资金(?!额)|优惠"
_GIVES = re.compile(
    r"给予|予以|奖励|补助|补贴|资助|支持|奖补|发放|返还|贴息|拨付|补足|授予|赔付|扶持|提供|享受|贷款额度|按照?|再给|申请|申领"
)
_GIVES_AFTER = re.compile(
    rf"(?:/[^，。]{{1,6}})?\s*(?:以[内上下])?的?(?![^，。；、]{{0,6}}(?:企业|项目|单位|机构|公司|人员))[^，。；、的给按予]{{0,8}}(?:{_GIFT})"
)
_GIVES_TIGHT = re.compile(rf"(?:给予|予以|{_GIFT}|最高|各|安排)[^，。；的]{{0,4}}$")
_GIVEN = re.compile(r"给予|予以|最高|再给")
_BOUND = r"(?:\([^)]*\)|及?以[上下内]|之内|左右|起|\s)*"
_OF_HOLDER = re.compile(rf"{_BOUND}的(?!{_GIFT}|标准|比例|费率|利率|幅度|额度|减|贴|一次性)|[^，。；]*的\s*$")
_CAP = re.compile(
    r"不(?:得)?(?:超过|高于|超)|最高|最多|上限|封顶|限额|最长|至多|不大于|降至|压降至|放宽(?:至|到)[^，。；\d]{0,6}$|(?<!不)低于$"
)
_CAP_AFTER = re.compile(r"\s*(?:\([^)]*\))?\s*(?:以内|以下|封顶|为上限|为限|之内|内)")
_FLOOR = re.compile(r"不(?:得)?(?:低于|少于|小于)|至少|最低|不短于")
_LEAST = re.compile(r"不(?:得)?(?:低于|少于|小于)\s*$")
_REACHES = re.compile(r"达到?|超过?|满|突破|大于|高于|低于|少于|小于|在$|为$|投资|收入|销售|产值|税|贡献|余额|授信|注册资本|金额")
_ABOVE_AFTER = re.compile(r"\s*(?:\([^)]*\))?\s*(?:及?以[上下]|的(?:企业|项目|单位|，|,|;|部分)|\(含|\(不含|起(?![^，])|的\s*$)")
_HELD = re.compile(r"(?:营业|销售|主营|年)收入|销售额|产值|资产|注册资本|利润|所得额?|纳税|亩均|合同额|交易额|价格")
_INSTALMENT = re.compile(rf"第\s*[{HAN}\d]\s*(?:年(?!度)|期|次|批|阶段)[^，。；]{{0,12}}$")
_PHASED = re.compile(rf"分\s*(?:[{HAN}\d]{{1,3}}|多)\s*(?:个阶段|年|期|次|批|阶段)[^，。；]{{0,16}}$")
_MORE = re.compile(r"\s*[、,]\s*\d")
_SIZE = re.compile(
    r"规模(?!以|化|企业|性)(?:为|达到?|不低于|不少于|总计|约)?\s*$|(?:新增|总)[^，。；]{0,10}额度(?:为|达到?)?\s*$"
)
_SETS_UP = re.compile(r"(?:设立|组建|安排|筹集|筹措|成立|发起|统筹)(?!额度)[^，。；]{0,16}$")
_POOL = re.compile(r"[^，。；]{0,20}(?:基金|资金池|专项|引导|帮扶|补偿金|经费)")
_RISE = re.compile(r"(?:提高|提升|增加|上浮|上调|增长|扩大)(?:了|约|不低于|至少|幅度)?\s*$")
_FALL = re.compile(
    r"(?:下降|降低|下浮|下调|减少|压降|优惠|(?<!按)降)(?:了|约|不低于|不少于|不超过|至少|幅度)?\s*$|(?:减免|减收|减征|减少|降低|下调|优惠)[^，。；的]{0,8}$"
)
_FALL_AFTER = re.compile(r"的?(?:给予|予以)?(?:减免|优惠|减收|减征|[^，。；、的]{0,4}(?:优惠|减免))")
_POINTS_RISE = re.compile(r"提高|提升|增加|上浮|上调|增长|扩大")
_POINTS_FALL = re.compile(r"下降|降低|下浮|下调|减少|压降|减免|降$")
_GROWTH = re.compile(r"(?:增长|增速|增幅|增长率)(?:达到?|超过|不低于|不少于|为|约|在)?\s*$")
_AIM = re.compile(r"确保|力争|争取|实现|目标")
_TARGET = re.compile(r"确保|力争|争取|实现|目标|贷款|信贷|授信|投放")
_PROMISED = re.compile(r"贷款|信贷|授信|增速|增长|力争|确保|给予|予以|奖励|补助|补贴|按")
_EXCEEDS = re.compile(r"(?:超过|比例超|达到?|占|低于|高于|不足)(?![^，。；]*(?:按|给予|部分))[^，。；]*$")
_SHARE = re.compile(r"比例(?:进行)?(?:分配|分成|拨付|兑现)")
_PLACES = re.compile(r"(?:名额|指标|奖励[^，。；\d]{0,12})\s*$")
_POINTS = ("百分点", "基点")
_WHOLE = 100  # 全额, 全免


def _gives(place: Place) -> bool:
    return _GIVES.search(place.before) is not None or _GIVES_AFTER.match(place.after) is not None


def _conditions(place: Place) -> bool:
    """Is the figure part of a condition: what a holder has (年收入不超过2亿元的企业), not what is given?"""
    of_holder = _OF_HOLDER.match(place.after) is not None and _GIVES_AFTER.match(place.after) is None
    return of_holder and _GIVES_TIGHT.search(place.before) is None


def _caps(place: Place) -> bool:
    if _CAP.search(place.before) and not _LEAST.search(place.before):
        if _conditions(place):
            return _GIVEN.search(place.before) is not None
        return _GIVES.search(place.before) is not None or not _HELD.search(place.before)
    return (_gives(place) or _GIVES_TIGHT.search(place.before) is not None) and _CAP_AFTER.match(place.after) is not None


def _sizes(place: Place) -> bool:
    if _SIZE.search(place.before):
        return True
    sets_up = _SETS_UP.search(place.before) is not None
    return sets_up and (_POOL.match(place.after) is not None or not _gives(place))


def _reached(place: Place) -> bool:
    if _ABOVE_AFTER.match(place.after):
        return _conditions(place) or _GIVES_TIGHT.search(place.before) is None
    gives = _GIVES.search(place.before) is not None
    return not gives and bool(_REACHES.search(place.before) or _FLOOR.search(place.before))


def _least(place: Place) -> bool:
    return _FLOOR.search(place.before) is not None or place.after.lstrip().startswith(("以上", "及以上"))


def _money_role(_one: Quantity, place: Place) -> str:
    return next(name for name, fits in _MONEY_ROLES if fits(place))


def _rate_role(one: Quantity, place: Place) -> str:
    if one.word:
        return _word_role(one, place)
    if one.unit in _POINTS:
        return next(name for name, fits in _POINT_ROLES if fits(place))
    return next(name for name, fits in _RATE_ROLES if fits(place))


def _word_role(one: Quantity, place: Place) -> str:
    if one.high is None and one.low == _WHOLE:
        return "decrease" if place.said == "全免" or re.match(r"(?:予以)?[免减]", place.after) else "rate"
    helped = place.said == "一半" and re.match(r"的?[^，。；]{0,4}[补贴奖资返]", place.after)
    return "rate" if helped else "decrease"


def _bounded(place: Place) -> bool:
    return _CAP.search(place.before) is not None or _CAP_AFTER.match(place.after) is not None


def _grows(place: Place) -> bool:
    return _GROWTH.search(place.before) is not None


Fits = Callable[[Place], object]
# In order: the first part that fits is the figure's.
_MONEY_ROLES: tuple[tuple[str, Fits], ...] = (
    ("split", lambda place: _INSTALMENT.search(place.before)),
    ("cap", _caps),
    ("fund_size", _sizes),
    ("threshold", _reached),
    ("floor", _least),
    ("per_unit", lambda place: place.per),
    ("fixed", lambda _: True),
)
_POINT_ROLES: tuple[tuple[str, Fits], ...] = (
    ("cap", lambda place: _CAP.search(place.before) and "LPR" in place.before.upper()),
    ("decrease", lambda place: _POINTS_FALL.search(place.before)),
    ("increase", lambda place: _POINTS_RISE.search(place.before)),
    ("cap", lambda place: _CAP.search(place.before)),
    ("rate", lambda _: True),
)
_RATE_ROLES: tuple[tuple[str, Fits], ...] = (
    ("split", lambda place: _SHARE.match(place.after) or _INSTALMENT.search(place.before)),
    ("split", lambda place: _MORE.match(place.after) and _PHASED.search(place.lead)),
    ("decrease", lambda place: re.search(r"(?:下浮|下降|降低|下调|减少)", place.before) and _FALL.search(place.before)),
    ("floor", lambda place: _FLOOR.search(place.before) and _PROMISED.search(place.before) and not _conditions(place)),
    ("threshold", lambda place: _FLOOR.search(place.before)),
    ("growth_target", lambda place: _grows(place) and _TARGET.search(place.before)),
    ("threshold", _grows),
    ("threshold", lambda place: _bounded(place) and _conditions(place) and not _GIVEN.search(place.before)),
    ("cap", _bounded),
    ("decrease", lambda place: _FALL.search(place.before) or _FALL_AFTER.match(place.after)),
    ("increase", lambda place: _RISE.search(place.before)),
    ("threshold", lambda place: _ABOVE_AFTER.match(place.after) and _conditions(place)),
    ("threshold", lambda place: _EXCEEDS.search(place.before) and not _AIM.search(place.before)),
    ("threshold", lambda place: place.after.lstrip().startswith(("以上", "以下", "及以"))),
    ("rate", lambda _: True),
)


def _time_role(_one: Quantity, place: Place) -> str:
    if _CAP.search(place.before) or _CAP_AFTER.match(place.after):
        return "cap"
    if _FLOOR.search(place.before) or place.before.endswith(("满", "连续满")) or re.match(r"\s*及?以上", place.after):
        return "floor"
    return "exact"


def _count_role(one: Quantity, place: Place) -> str:
    if one.unit.endswith("岁") or (_conditions(place) and not _GIVES_TIGHT.search(place.before)):
        return "threshold"
    if _CAP.search(place.before) or place.before.rstrip().endswith("前"):
        return "cap"
    if _FLOOR.search(place.before) and _gives(place):
        return "floor"
    return "fixed" if _PLACES.search(place.before) else "threshold"


_ROLES: dict[Family, Callable[[Quantity, Place], str]] = {
    Family.MONEY: _money_role,
    Family.RATE: _rate_role,
    Family.TIME: _time_role,
    Family.COUNT: _count_role,
}
