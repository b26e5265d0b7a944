"""Products and averages 单价与均数: 每人1000元，200人，共20万元; 户均3.5万元."""

from __future__ import annotations

import re
from itertools import pairwise

from songda.engines.figures.checks import Check, Sentence, is_near, plainly
from songda.engines.figures.mentions import Mention
from songda.engines.figures.units import class_of

_SUM = re.compile(r"共|合计|总|累计|发放|兑现|金额|资金|补贴|补助|奖励|拨付|投入|支出|贷款")
_NOUN = re.compile(r"均(?!每)([一-龥]{2,6}?)(?:达到?|为|是|约)?$")
_GENERAL = re.compile(r"共|合计|总|累计|[减退]税|金额|资金|发放|兑现|拨付|补[贴助]|奖励")
_MEAN = re.compile(r"均|平均")


def products(sentence: Sentence) -> list[Check]:
    """Each figure for one of something, where the number of those and the whole stand in the same sentence."""
    found: list[Check] = []
    for rate in (one for one in sentence.figures if one.per and not one.is_percent):
        counts = [one for one in sentence.figures if not one.is_money and not one.per and _counts(one, rate)]
        wholes = [
            one for one in sentence.figures if one is not rate and not one.per and class_of(one.unit) == class_of(rate.unit)
        ]
        if counts and wholes:
            found += _checked(rate, counts, wholes)
    return found


def _counts(one: Mention, rate: Mention) -> bool:
    if rate.per == "各":
        return one.end <= rate.start and class_of(one.unit) in ("家", "人", "个")
    named = rate.per in one.unit or rate.per in one.after[:6] + one.before[-6:]  # 18支小分队, 每队; 12场, 每场
    return class_of(one.unit) == class_of(rate.per) or (rate.per == "家" and one.unit == "户") or named


def _checked(rate: Mention, counts: list[Mention], wholes: list[Mention]) -> list[Check]:
    for count in counts:
        for whole in wholes:
            if _holds(rate, count, whole):
                return [_product(rate, count, whole, holds=True)]
    mean = bool(_MEAN.search(rate.before))
    told = [one for one in wholes if _SUM.search(one.lead) or (mean and one.end <= rate.start)]
    counts = [one for one in counts if not (one.unit == "人次" and rate.per == "人")]
    totals = [one for one in counts if re.search(r"总|共|合计", one.lead)] if len(counts) > 1 else counts
    alone = len(totals) == 1 and len(told) == 1
    return [_product(rate, totals[0], told[0], holds=False)] if alone and _is_told(rate, told[0]) else []


def _is_told(rate: Mention, whole: Mention) -> bool:
    named = _NOUN.search(rate.before)
    if named and not _GENERAL.search(whole.lead) and not set(pairwise(named[1])) & set(pairwise(whole.lead[-12:] + whole.after)):
        return False  # 户均增收 beside a turnover
    paid = re.search(r"兑现|发放|拨付|支付", whole.before) and re.search(r"标准|按", rate.before + rate.after)
    return bool(_MEAN.search(rate.before) or paid or re.search(r"共|合计|总|累计", whole.lead))


def _holds(rate: Mention, count: Mention, whole: Mention) -> bool:
    if _MEAN.search(rate.before) and count.base:
        return is_near(whole.base / count.base, rate, whole.step / count.base / 2)
    room = rate.step * count.base / 2 + (whole.grain / 2 if rate.scale_word != whole.scale_word else whole.step)
    return abs(rate.base * count.base - whole.base) <= room


def _product(rate: Mention, count: Mention, whole: Mention, *, holds: bool) -> Check:
    mean = bool(_MEAN.search(rate.before))
    value = whole.base / count.base if mean and count.base else rate.base * count.base
    sign = "÷" if mean else "×"
    left, right = (whole, count) if mean else (rate, count)
    result = rate if mean else whole
    note = f"{plainly(left.base)}{sign}{plainly(right.base)}＝{plainly(value)}，{'与文中相符' if holds else f'文中写{plainly(result.base)}'}。"
    return Check("average" if mean else "product", (rate, count, whole), result, value, holds, note)
