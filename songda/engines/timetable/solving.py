"""Making a timetable 排程: an integer programme, solved by HiGHS; or which constraints cannot be kept together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import highspy

from songda.engines.timetable.market import Market, Merchant, Timetable

UNIT = 27_720  # what a merchant's first slot is worth at priority 1; divisible by 2 … 12, so that later shares are whole
SHARES = 12  # more than 1/1 + 1/2 + … of any number of slots in a year
GAP = 1e-3


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why there is no timetable, for one zone: who is left short, what they need, what there is.

    `needed` and `available` are people times slots; `alone` are merchants whose own people exceed every slot they could take, or
    who have too few slots to take.
    """

    zone: str
    short: tuple[str, ...]
    alone: tuple[str, ...]
    needed: int
    available: int

    def sentence(self) -> str:
        """The constraint and the numbers, in Chinese."""
        if self.alone:
            return f"{self.zone}：{'、'.join(self.alone)}可到场且容得下的时段少于最少时段数，请放宽其时段或提高分区容量。"
        return (
            f"{self.zone}容量不足：最少需要 {self.needed} 人次，各时段合计容纳 {self.available} 人次，"
            f"{'、'.join(self.short)}排不满最少时段。"
        )


@dataclass(frozen=True, slots=True)
class Solved:
    """A timetable that keeps every rule, or the shortages that forbid one. `proven`: no better one exists (within 0.1 %)."""

    timetable: Timetable
    shortages: tuple[Shortage, ...]
    proven: bool

    @property
    def possible(self) -> bool:
        """Whether every merchant has its least number of slots."""
        return not self.shortages


def solve(market: Market, *, seconds: float = 10.0) -> Solved:
    """The timetable with the greatest worth: the k-th slot of a merchant is worth priority ÷ k, so that slots spread evenly.

    Every zone is solved on its own (merchants stay in theirs) with at most `seconds` of search each; the same input gives the same
    timetable while the search ends in time. Where not every merchant can have its least number of slots, as few as possible
    are missing and the shortages say where.
    """
    pairs: set[tuple[str, str]] = set()
    shortages: list[Shortage] = []
    proven = True
    for zone in market.zones:
        merchants = [merchant for merchant in market.merchants if merchant.zone == zone.code]
        found, done = _solve_zone(market, zone.code, merchants, seconds) if merchants else (set(), True)
        pairs |= found
        proven = proven and done
        shortages += _shortages(market, zone.code, merchants, found)
    return Solved(frozenset(pairs), tuple(shortages), proven)


def _solve_zone(market: Market, zone: str, merchants: list[Merchant], seconds: float) -> tuple[set[tuple[str, str]], bool]:
    model = highspy.Highs()
    model.silent()
    for name, value in (("threads", 1), ("random_seed", 1), ("time_limit", seconds), ("mip_rel_gap", GAP)):
        model.setOptionValue(name, value)
    chosen: dict[tuple[str, str], highspy.highs_var] = {}
    loads: defaultdict[str, list[highspy.highs_linear_expression]] = defaultdict(list)
    missing_is_worth = 2 * UNIT * sum(merchant.priority * SHARES for merchant in merchants)
    worth = []
    for merchant in merchants:
        slots = _slots_for(market, merchant)
        for slot in slots:
            chosen[merchant.code, slot] = model.addBinary()
            loads[slot].append(chosen[merchant.code, slot] * merchant.people)
        shares = [model.addVariable(lb=0, ub=1) for _share in range(min(merchant.most, len(slots)))]
        missing = model.addVariable(lb=0, ub=merchant.least)
        taken = [chosen[merchant.code, slot] * 1 for slot in slots]
        if taken:
            model.addConstr(model.qsum(taken) == model.qsum(share * 1 for share in shares))
        model.addConstr(model.qsum([*taken, missing * 1]) >= merchant.least)
        worth += [share * (merchant.priority * UNIT // place) for place, share in enumerate(shares, start=1)]
        worth.append(missing * -missing_is_worth)
    for slot, load in loads.items():
        model.addConstr(model.qsum(load) <= market.capacity(zone, slot))
    model.maximize(model.qsum(worth))
    values = model.variableValues(chosen) if chosen else {}
    done = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return {pair for pair, value in values.items() if value > 0.5}, done


def _slots_for(market: Market, merchant: Merchant) -> list[str]:
    return [
        slot for slot in market.slots if slot not in merchant.away and merchant.people <= market.capacity(merchant.zone, slot)
    ]


def _shortages(market: Market, zone: str, merchants: list[Merchant], found: set[tuple[str, str]]) -> list[Shortage]:
    had: defaultdict[str, int] = defaultdict(int)
    for code, _slot in found:
        had[code] += 1
    short = tuple(merchant.code for merchant in merchants if had[merchant.code] < merchant.least)
    if not short:
        return []
    alone = tuple(merchant.code for merchant in merchants if len(_slots_for(market, merchant)) < merchant.least)
    needed = sum(merchant.people * merchant.least for merchant in merchants)
    available = sum(market.capacity(zone, slot) for slot in market.slots)
    return [Shortage(zone, short, alone, needed, available)]
