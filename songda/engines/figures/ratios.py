"""Ratios 比率: a per cent printed beside its two numbers (应复工200家，已复工180家，复工率90%; A家，占B家的60%)."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import permutations

from songda.engines.figures.checks import HUNDRED, Check, Sentence, is_near, plainly
from songda.engines.figures.mentions import Mention

GROWTH = re.compile(
    r"增长|增加|提高|上升|下降|降低|减少|回落|同比|环比|上涨|下跌|扩大|收窄|增幅|降幅|增速|[增降涨跌]$|[增降涨跌][^,。]{0,3}$|较[^,。]{1,8}|比(?:去|上|前|同)"
)
_SHARE = re.compile(r"占|比重|比例|份额")
_STEM = re.compile(r"(?P<stem>[一-龥]{2})(?:率|比例|比|面)[^一-龥]*[^,。、;；]{0,6}$")
_BASE = re.compile(
    r"应|总|共|全部|全[区市县省镇国]|登记|计划|目标|任务|需|受理|在册|现有|累计|纳入|辖区|有|申[请报]|收到|参与|抽|下达|可"
)
_ALL = re.compile(r"全部|均已|悉数|全都|全数|都已|全面")
_WHOLE = {"%": Decimal(100), "倍": Decimal(1)}
_PROMISED = re.compile(r"按照?[^,。]*$|不[高低超][于过]|给予|补[助贴]|贴息|奖励|上浮|下浮|利率")
_GIVES = re.compile(r"的?(?:比例|标准)?(?:给予|予以|补|奖|贴息|资助|返还|计算|执行)")
_NAMED = re.compile(r"率|占|比|面|度|达|为|是|有|中|约|超|近|的|完成|达成|实现|满意|合格")
_NOT_COUNTED = frozenset(("%", "百分点", "倍", "类", "条", "个月", "年", "天", "小时", "分钟", "周", "季"))
_REACH = 6


def ratios(sentence: Sentence) -> list[Check]:
    """All shares and rates whose numerator and denominator stand in the sentence or, failing that, in the one before."""
    found: list[Check] = []
    shares = [one for one in sentence.figures if (one.is_percent or _is_times(one)) and _is_told(one)]
    for share in shares:
        check = _stated(sentence, share) or _all_of(sentence, share) or _denied(sentence, share)
        if check:
            found.append(check)
    return found


def _is_told(one: Mention) -> bool:
    """A share that is reported, neither a growth nor a promise (按10%给予补助)."""
    if GROWTH.search(one.lead[-14:]) or _PROMISED.search(one.before[-12:]) or _GIVES.match(one.after):
        return False
    return bool(_NAMED.search(one.before) or one.lead.endswith(("(", ",", "、")) or re.fullmatch("[和及与]?", one.before))


def _is_times(one: Mention) -> bool:
    """是去年的1.5倍: a ratio, where 增长1.5倍 is a growth."""
    return one.unit == "倍" and bool(re.search(r"[为是达][^,。;；]{0,12}的?约?$", one.before))


def _counts(sentence: Sentence, share: Mention) -> list[Mention]:
    """Whole numbers and sums near the share, the nearest first, those of the sentence before last."""
    own = [one for one in sentence.figures if one.family not in _NOT_COUNTED and not one.per]
    before = sorted((one for one in own if one.start < share.start), key=lambda one: share.start - one.end)[:_REACH]
    after = [one for one in own if one.start > share.start][:2]
    return before + after + [one for one in sentence.earlier if one not in own and one.family not in _NOT_COUNTED][-3:]


def _stated(sentence: Sentence, share: Mention) -> Check | None:
    near = _counts(sentence, share)
    for top, bottom in sorted(permutations(near, 2), key=lambda pair: near.index(pair[0]) + near.index(pair[1])):
        if (
            top is not bottom
            and top.family == bottom.family
            and bottom.base
            and is_near(top.base / bottom.base * _WHOLE[share.unit], share, _slack(top, bottom) * _WHOLE[share.unit])
        ):
            if top.base == bottom.base and share.base != HUNDRED:
                continue
            return _ratio(top, bottom, share, holds=True)
    return None


def _slack(top: Mention, bottom: Mention) -> Decimal:
    share = top.base / bottom.base
    return (top.step + share * bottom.step) / bottom.base / 2


def _all_of(sentence: Sentence, share: Mention) -> Check | None:
    """全部开工，开工率100%: the one number is its own denominator."""
    before = [one for one in sentence.figures if one.end <= share.start]
    if share.base != HUNDRED or not before or before[-1].family in _NOT_COUNTED or before[-1].is_money:
        return None
    if not _ALL.search(sentence.between(before[-1], share)) or (
        len(before) > 1 and before[-2].sentence == before[-1].sentence and "、" in before[-1].lead
    ):
        return None
    return Check("ratio", (share, before[-1]), share, HUNDRED, True, "全部完成，比率为100%。")


def _denied(sentence: Sentence, share: Mention) -> Check | None:
    """The two numbers that the words point at, where they do not give the per cent that is printed."""
    before = [one for one in sentence.figures if one.end <= share.start and one.family not in _NOT_COUNTED and not one.per]
    if not before:
        return None
    pair = _share_pair(sentence, before, share) or _rate_pair(before, share) or _inline_pair(sentence, before, share)
    if pair is None or not pair[1].base:
        return None
    return _ratio(pair[0], pair[1], share, holds=False)


def _share_pair(sentence: Sentence, before: list[Mention], share: Mention) -> tuple[Mention, Mention] | None:
    """共100家，其中甲60家，占60%"""
    top = before[-1]
    gap = sentence.between(top, share)
    if not _SHARE.search(gap) or len(gap) > 14 or re.search(r"[;；。]|占[^,。]{0,8}(?:资金|产值|人口|全[国省市])", gap):
        return None
    wholes = [one for one in before[:-1] if one.family == top.family and one.base >= top.base]
    opened = [one for one in wholes if re.search(r"其中|[:：]", sentence.between(one, top)) or _BASE.search(one.lead[-10:])]
    return (top, opened[-1]) if opened else None


def _rate_pair(before: list[Mention], share: Mention) -> tuple[Mention, Mention] | None:
    """应复工200家，已复工180家，复工率90%: the name of the rate stands at the numerator."""
    named = _STEM.search(share.before)
    if not named:
        return None
    tops = [
        one for one in before[-3:] if named["stem"] in one.before + one.after and not re.search(r"应|未|待|需|计划", one.before)
    ]
    if not tops:
        return None
    top = tops[-1]
    bottoms = [
        one
        for one in before
        if one is not top and one.family == top.family and one.base >= top.base and _BASE.search(one.before + one.after)
    ]
    return (top, bottoms[-1]) if bottoms else None


def _inline_pair(sentence: Sentence, before: list[Mention], share: Mention) -> tuple[Mention, Mention] | None:
    """200家中180家复工，复工率90%: part and whole told side by side, then any rate."""
    if len(before) < 2 or before[-1].family != before[-2].family or before[-1].base > before[-2].base:
        return None
    gap = sentence.between(before[-2], before[-1])
    named = re.search(r"[率比]", share.before) and len(sentence.between(before[-1], share)) <= 14
    return (before[-1], before[-2]) if named and len(gap) <= 14 and re.search(r"(?<!其)中(?!心|小|型)|已|实际", gap) else None


def _ratio(top: Mention, bottom: Mention, share: Mention, *, holds: bool) -> Check:
    value = top.base / bottom.base * _WHOLE[share.unit]
    sum_text = f"{plainly(top.base)}÷{plainly(bottom.base)}＝{plainly(value)}{share.unit}"
    note = f"{sum_text}，与文中相符。" if holds else f"{sum_text}，文中写{plainly(share.value)}{share.unit}。"
    return Check("ratio", (share, top, bottom), share, value, holds, note)
