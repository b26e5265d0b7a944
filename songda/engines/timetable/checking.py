"""The independent checker 独立校核: it shares nothing with the solver but the words, and counts by hand."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from songda.engines.timetable.market import Market, Timetable


class Fault(enum.Enum):
    """What can be wrong with a timetable; the value is the word people read."""

    OVERFULL = "超过容量"
    TOO_FEW = "时段不足"
    TOO_MANY = "时段过多"
    AWAY = "不能到场"
    STRANGER = "没有此商户或时段"


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule that a timetable breaks: where, what there is, what is allowed."""

    fault: Fault
    merchant: str = ""
    zone: str = ""
    slot: str = ""
    found: int = 0
    allowed: int = 0

    def sentence(self) -> str:
        """The rule and the numbers, in Chinese."""
        if self.fault is Fault.OVERFULL:
            return f"{self.zone}在{self.slot}安排 {self.found} 人，容量 {self.allowed} 人。"
        if self.fault is Fault.TOO_FEW:
            return f"{self.merchant}只有 {self.found} 个时段，至少应有 {self.allowed} 个。"
        if self.fault is Fault.TOO_MANY:
            return f"{self.merchant}有 {self.found} 个时段，最多 {self.allowed} 个。"
        if self.fault is Fault.AWAY:
            return f"{self.merchant}在{self.slot}不能到场。"
        return f"“{self.merchant}”或“{self.slot}”不在本市场。"


def check(market: Market, timetable: Timetable) -> list[Broken]:
    """Every rule the timetable breaks, in a fixed order; empty when it keeps them all."""
    known = {merchant.code: merchant for merchant in market.merchants}
    strangers = sorted(pair for pair in timetable if pair[0] not in known or pair[1] not in market.slots)
    pairs = sorted(timetable - set(strangers))
    broken = [Broken(Fault.STRANGER, merchant=code, slot=slot) for code, slot in strangers]
    people: Counter[tuple[str, str]] = Counter()
    slots: Counter[str] = Counter()
    for code, slot in pairs:
        people[known[code].zone, slot] += known[code].people
        slots[code] += 1
        if slot in known[code].away:
            broken.append(Broken(Fault.AWAY, merchant=code, slot=slot))
    for (zone, slot), found in sorted(people.items()):
        if found > market.capacity(zone, slot):
            broken.append(Broken(Fault.OVERFULL, zone=zone, slot=slot, found=found, allowed=market.capacity(zone, slot)))
    for merchant in market.merchants:
        found = slots[merchant.code]
        if found < merchant.least:
            broken.append(Broken(Fault.TOO_FEW, merchant=merchant.code, found=found, allowed=merchant.least))
        if found > merchant.most:
            broken.append(Broken(Fault.TOO_MANY, merchant=merchant.code, found=found, allowed=merchant.most))
    return broken


def newly_broken(
    market: Market, timetable: Timetable, put: Iterable[tuple[str, str]], taken: Iterable[tuple[str, str]]
) -> list[Broken]:
    """What a change by hand would break that is not broken now: pairs put in and pairs taken out."""
    before = set(check(market, timetable))
    return [one for one in check(market, (timetable - set(taken)) | set(put)) if one not in before]
