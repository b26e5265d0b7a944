"""Ratios 比率: a per cent printed beside its two numbers (应复工200家，已复工180家，复工率90%; A家，占B家的60%)."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import permutations

from songda.engines.figures.checks import HUNDRED, Check, Sentence, is_near, plainly
from songda.engines.figures.mentions import Mention
from songda.engines.figures.ratio_pairs import pair_after, pair_meant

GROWTH = re.compile(
    r"增长(?!面)|增加|提高|上升|下降|降低|减少|回落|同比|环比|上涨|下跌|扩大|收窄|增幅|降幅|增速|[增降涨跌]$|[增降涨跌](?!长面)[^,。]{0,3}$|较[^,。]{1,8}|比(?:去|上|前|同)"
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
    shares = [one for one in sentence.figures if (one.is_percent or _is_times(one)) and is_reported(one)]
    for share in shares:
        pair = pair_meant(sentence, _before(sentence, share), share)
        if pair and _agrees(*pair, share):
            found.append(_ratio(*pair, share, holds=True))
        elif check := _stated(sentence, share) or _all_of(sentence, share):
            found.append(check)
        elif pair or (pair := pair_after(sentence, share)):
            found.append(_ratio(*pair, share, holds=False))
    return found


def _before(sentence: Sentence, share: Mention) -> list[Mention]:
    return [
        one for one in sentence.figures if one.end <= share.start and one.family not in _NOT_COUNTED and not one.per and one.base
    ]


def _agrees(top: Mention, bottom: Mention, share: Mention) -> bool:
    whole = _WHOLE[share.unit]
    return is_near(top.base / bottom.base * whole, share, _slack(top, bottom) * whole)


def is_reported(one: Mention) -> bool:
    """A share that is reported, neither a growth nor a promise (按10%给予补助)."""
    if GROWTH.search(one.lead[-14:]) or _PROMISED.search(one.before[-12:]) or _GIVES.match(one.after):
        return False
    return bool(_NAMED.search(one.before) or one.lead.endswith(("(", ",", "、")) or re.fullmatch("[和及与]?", one.before))


def _is_times(one: Mention) -> bool:
    """是去年的1.5倍: a ratio, where 增长1.5倍 is a growth."""
    return one.unit == "倍" and (one.before == "的" or bool(re.search(r"[为是达][^,。;；]{0,12}的?约?$", one.before)))


def _counts(sentence: Sentence, share: Mention) -> list[Mention]:
    """Whole numbers and sums near the share, the nearest first, those of the sentence before last."""
    own = [one for one in sentence.figures if one.family not in _NOT_COUNTED and not one.per]
    before = sorted((one for one in own if one.start < share.start), key=lambda one: share.start - one.end)[:_REACH]
    after = [one for one in own if one.start > share.start][:2]
    return before + after + [one for one in sentence.earlier if one not in own and one.family not in _NOT_COUNTED][-3:]


def _stated(sentence: Sentence, share: Mention) -> Check | None:
    near = _counts(sentence, share)
    for top, bottom in sorted(permutations(near, 2), key=lambda pair: near.index(pair[0]) + near.index(pair[1])):
        alike = top is not bottom and top.family == bottom.family and _fits(top, bottom, share)
        if alike and bottom.base and _agrees(top, bottom, share) and _slack(top, bottom) * _WHOLE[share.unit] <= 1:
            return _ratio(top, bottom, share, holds=True)
    return None


def _fits(top: Mention, bottom: Mention, share: Mention) -> bool:
    """A part is smaller than its whole unless the share says otherwise; equal only at 100 %."""
    return share.unit == "倍" or (
        (share.base == HUNDRED) == (top.base == bottom.base) and (top.base <= bottom.base) == (share.base <= HUNDRED)
    )


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


def _ratio(top: Mention, bottom: Mention, share: Mention, *, holds: bool) -> Check:
    value = top.base / bottom.base * _WHOLE[share.unit]
    sum_text = f"{plainly(top.base)}÷{plainly(bottom.base)}＝{plainly(value)}{share.unit}"
    note = f"{sum_text}，与文中相符。" if holds else f"{sum_text}，文中写{plainly(share.value)}{share.unit}。"
    return Check("ratio", (share, top, bottom), share, value, holds, note)
