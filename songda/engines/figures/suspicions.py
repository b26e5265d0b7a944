"""Suspicions 疑点: relations that fail, shares above 100 %, 100 % everywhere, two totals for one thing, slips of unit, ranges turned round."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from songda.engines.figures.checks import HUNDRED, Check, is_slip, plainly
from songda.engines.figures.context import Scope
from songda.engines.figures.mentions import Mention
from songda.engines.figures.ratios import GROWTH

_SHARE = re.compile(r"率|占|比例|比重|覆盖|到位")
_MAY_EXCEED = re.compile(r"完成|达成|产能|利用|入库|目标|计划|序时|溢价|负荷|负债|毛利|回报|收益|杠杆|认购|覆盖率倍")
_ALL = re.compile(r"(?:均|都|皆|全部(?:为|达|是|实现))[^,。]{0,5}$")
_PAST = re.compile(r"去年|上年|同期|上月|上周|此前|原|计划|目标|力争|预计|新增|当日|今日|其中|每|平均|日均")
_TOTALS = re.compile(r"全[国省市区县]|累计|共|总|截至|截止|现有")
_EDGE = re.compile(
    r"^(?:截至[^,]*,|目前|全[国省市区县]|本[市区县]|我[省市区县]|现|共有?|已经?|累计|有|总|辖区|内|的|各类|合计|,)+|(?:共计?|总计|合计|达到?|为|是|有|已经?|累计|约|超过?|数|总数|近|突破|的)+$"
)
_MOST = {"家": Decimal(50_000_000), "个": Decimal(50_000_000), "辆": Decimal(400_000_000), "人": Decimal(1_450_000_000)}
_ODD = Decimal(1000)
_DOUBLED = Decimal(200)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A doubt about one figure."""

    figure: Mention
    severity: str
    sort: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules of suspicion look at: figures with their scopes (in the same order), and the checks."""

    figures: list[Mention]
    scopes: list[Scope]
    checks: list[Check]

    def together(self, one: Mention) -> list[Mention]:
        """The figures of one's sentence within a hundred places of it in the text."""
        place = bisect_left(self.figures, one.start, key=lambda other: other.start)
        near = self.figures[max(0, place - 100) : place + 100]
        return [other for other in near if other.sentence == one.sentence]


def suspicions(reading: Reading) -> list[Suspicion]:
    """All doubts, one of each sort a figure, in the order of the text."""
    found: dict[tuple[int, str], Suspicion] = {}
    for rule in RULES:
        for one in rule(reading):
            found.setdefault((one.figure.start, one.sort), one)
    return sorted(found.values(), key=lambda one: one.figure.start)


def _failing(reading: Reading) -> Iterator[Suspicion]:
    for check in reading.checks:
        if check.holds is False:
            slip = "可能是单位或数量级写错。" if is_slip(check.computed, check.result.base) else ""
            for one in check.figures:
                yield Suspicion(one, "high", "arithmetic", check.note + slip)


def _above_all(reading: Reading) -> Iterator[Suspicion]:
    for one in reading.figures:
        words = one.before[-16:]
        if not one.is_percent or one.value <= HUNDRED or GROWTH.search(one.lead[-14:]) or not _SHARE.search(words):
            continue
        if _MAY_EXCEED.search(words) and one.value <= _DOUBLED and _proved(reading, one):
            continue  # 完成率108%, with the numbers that give it
        grave = "medium" if _MAY_EXCEED.search(words) else "high"
        reason = f"比率{plainly(one.value)}%超过100%，分子不应大于分母。"
        yield Suspicion(one, grave, "above_100", reason)
        for check in reading.checks:
            if check.kind == "ratio" and check.result is one:
                yield from (Suspicion(part, grave, "above_100", reason) for part in check.figures if part is not one)


def _proved(reading: Reading, one: Mention) -> bool:
    return any(check.result is one and check.kind == "ratio" and check.holds for check in reading.checks)


def _everywhere(reading: Reading) -> Iterator[Suspicion]:
    full = [
        one
        for one in reading.figures
        if one.is_percent and one.value == HUNDRED and one.precision == "exact" and _SHARE.search(one.before)
    ]
    for one in full:
        groups = [other for other in reading.together(one) if other.end <= one.start and not other.is_percent]
        if not _ALL.search(one.before) and len(full) < 3:
            continue
        grave = "high" if len(groups) >= 3 and _ALL.search(one.before) else "medium"
        count = f"{len(groups)}类对象" if groups else "所列对象"
        yield Suspicion(one, grave, "exactly_100", f"{count}的比率都恰好是100%，又没有列出各自的分子和分母，请核实口径。")


def _label(one: Mention) -> str:
    if one.lead.removesuffix(one.before).endswith(")"):
        return ""  # the name began before the bracket
    text = one.before if len(one.before) > 2 else one.after[:10]
    while (shorter := _EDGE.sub("", text)) != text:
        text = shorter
    return text


def _two_totals(reading: Reading) -> Iterator[Suspicion]:
    joined = {(left.start, right.start) for check in reading.checks for left in check.figures for right in check.figures}
    named: dict[tuple[str, str], list[int]] = {}
    for place, one in enumerate(reading.figures):
        if (
            len(_label(one)) >= 4
            and not one.is_vague
            and not one.per
            and not _PAST.search(one.lead[-20:])
            and not GROWTH.search(one.before)
            and one.family != "%"
        ):
            named.setdefault((_label(one), one.family), []).append(place)
    for (label, _), every in named.items():
        places = list({reading.figures[place].base: place for place in every}.values())
        if len(places) != 2:
            continue  # told once, or a list or a table
        for first, second in combinations(places, 2):
            left, right = reading.figures[first], reading.figures[second]
            if left.base == right.base or (left.start, right.start) in joined or not _same_thing(reading, first, second):
                continue
            grave = "high" if is_slip(left.base, right.base) else "medium"
            reason = f"“{label}”先后写作{_printed(left)}和{_printed(right)}，同一口径出现两个数。"
            yield Suspicion(left, grave, "two_totals", reason)
            yield Suspicion(right, grave, "two_totals", reason)


def _same_thing(reading: Reading, first: int, second: int) -> bool:
    left, right = reading.figures[first], reading.figures[second]
    here, there = reading.scopes[first], reading.scopes[second]
    if left.sentence == right.sentence or (
        here.as_of != there.as_of and here.as_of[-1:].isdigit() and there.as_of[-1:].isdigit()
    ):
        return False
    totals = bool(_TOTALS.search(left.before)) + bool(_TOTALS.search(right.before))
    return (
        here.area == there.area and totals > 0
        if here.area and there.area
        else totals > 1 or (totals > 0 and here.area == there.area)
    )


def _printed(one: Mention) -> str:
    return f"{plainly(one.value, 4)}{one.scale_word}{one.unit}"


def _too_large(reading: Reading) -> Iterator[Suspicion]:
    for one in reading.figures:
        most = _MOST.get(one.family)
        odd = one.family in ("家", "个") and one.scale_word == "万" and one.value >= _ODD
        if (most and one.base > most) or odd:
            yield Suspicion(
                one, "high", "magnitude", f"{_printed(one)}，数量级超出常理，单位“{one.scale_word}{one.unit}”可能写错。"
            )
        if _stands_out(reading, one):
            yield Suspicion(one, "high", "magnitude", f"{_printed(one)}与同句其他各数相差千倍以上，单位可能写错。")


def _stands_out(reading: Reading, one: Mention) -> bool:
    """The only one of at least three counts in a sentence that is written in 万, and a thousand times the others."""
    if one.scale_word not in ("万", "亿") or one.is_vague or one.family not in ("家", "个", "人", "份", "件"):
        return False
    same = [other for other in reading.together(one) if other.family == one.family and other is not one]
    return len(same) >= 2 and not any(other.scale_word for other in same) and one.base >= 1000 * max(other.base for other in same)


def _turned(reading: Reading) -> Iterator[Suspicion]:
    for one in reading.figures:
        if one.upto is not None and one.upto < one.value:
            yield Suspicion(one, "medium", "range", "区间的下限大于上限，可能前后颠倒或漏写单位。")


def _over_shared(reading: Reading) -> Iterator[Suspicion]:
    firsts = {one.sentence: one for one in reversed(reading.figures)}
    for first in firsts.values():
        shares = [one for one in reading.together(first) if one.is_percent and not GROWTH.search(one.lead[-14:])]
        told = [
            one
            for place, one in enumerate(shares)
            if re.search(r"占", one.before) or (place and re.fullmatch(r"[,、和及]", one.lead))
        ]
        total = sum((one.value for one in told), Decimal(0))
        if len(told) >= 3 and "占" in told[0].lead and "分别" in told[0].lead and total > HUNDRED + len(told):
            yield from (Suspicion(one, "high", "shares", f"各项占比相加为{plainly(total)}%，超过100%。") for one in told)


RULES: tuple[Callable[[Reading], Iterator[Suspicion]], ...] = (
    _failing, _above_all, _everywhere, _two_totals, _too_large, _turned, _over_shared,
)  # fmt: skip
