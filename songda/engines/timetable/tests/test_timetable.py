from __future__ import annotations

from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songda.engines.timetable.checking import Fault, check, newly_broken
from songda.engines.timetable.market import Market, Merchant, Zone
from songda.engines.timetable.solving import UNIT, solve

SLOTS = ("周一上午", "周一下午", "周二上午")


@st.composite
def markets(draw: st.DrawFn) -> Market:
    zones = tuple(Zone(code, draw(st.integers(0, 6))) for code in "AB"[: draw(st.integers(1, 2))])
    merchants = []
    for number in range(draw(st.integers(1, 4))):
        least = draw(st.integers(1, 2))
        merchants.append(
            Merchant(
                f"m{number}", draw(st.sampled_from([zone.code for zone in zones])), draw(st.integers(1, 4)), least,
                draw(st.integers(least, 3)), draw(st.sampled_from([1, 3])), frozenset(draw(st.sets(st.sampled_from(SLOTS), max_size=2))),
            )
        )  # fmt: skip
    return Market(zones, SLOTS, tuple(merchants), {(zones[0].code, SLOTS[0]): draw(st.integers(0, 6))})


def worth(market: Market, timetable: frozenset[tuple[str, str]]) -> int:
    had = {merchant.code: sum(code == merchant.code for code, _slot in timetable) for merchant in market.merchants}
    return sum(merchant.priority * UNIT // place for merchant in market.merchants for place in range(1, had[merchant.code] + 1))


def every_timetable(market: Market) -> list[frozenset[tuple[str, str]]]:
    """All that keep every rule, by trying each subset of slots of each merchant."""
    subsets = list(chain.from_iterable(combinations(SLOTS, size) for size in range(len(SLOTS) + 1)))
    tried = (
        frozenset((merchant.code, slot) for merchant, chosen in zip(market.merchants, choice, strict=True) for slot in chosen)
        for choice in product(subsets, repeat=len(market.merchants))
    )
    return [one for one in tried if not check(market, one)]


@pytest.mark.row("SVC-10")
@settings(max_examples=60, deadline=None)
@given(markets())
def test_the_solver_finds_the_best_of_all_timetables_or_says_that_there_is_none(market: Market) -> None:
    solved = solve(market)
    possible = every_timetable(market)
    assert solved.possible == bool(possible)
    if possible:
        assert check(market, solved.timetable) == []
        assert worth(market, solved.timetable) == max(worth(market, one) for one in possible)
    else:
        assert {one.fault for one in check(market, solved.timetable)} == {Fault.TOO_FEW}


def test_a_shortage_names_zone_merchants_and_numbers() -> None:
    market = Market((Zone("苗木区", 5),), SLOTS[:2], tuple(Merchant(f"商户{n}", "苗木区", 4) for n in range(3)))
    (shortage,) = solve(market).shortages
    assert shortage.sentence().startswith("苗木区容量不足：最少需要 12 人次，各时段合计容纳 10 人次，商户")


def test_a_merchant_too_large_for_its_zone_is_named_alone() -> None:
    market = Market((Zone("A", 5),), SLOTS, (Merchant("大户", "A", 9), Merchant("小户", "A", 1)))
    (shortage,) = solve(market).shortages
    assert shortage.alone == ("大户",)
    assert "大户可到场且容得下的时段少于最少时段数" in shortage.sentence()


def test_seasonal_goods_come_first_and_the_rest_share_evenly() -> None:
    market = Market(
        (Zone("A", 2),),
        SLOTS,
        (Merchant("苗木", "A", 1, most=3, priority=3), *(Merchant(f"m{n}", "A", 1, most=3) for n in range(3))),
    )
    solved = solve(market)
    had = [sum(code == merchant.code for code, _slot in solved.timetable) for merchant in market.merchants]
    assert had == [3, 1, 1, 1]


def test_the_checker_sees_each_fault() -> None:
    market = Market((Zone("A", 2),), SLOTS, (Merchant("甲", "A", 2, away=frozenset({SLOTS[2]})), Merchant("乙", "A", 1)))
    wrong = frozenset({("甲", SLOTS[0]), ("乙", SLOTS[0]), ("甲", SLOTS[2]), ("丙", SLOTS[1])})
    assert [one.fault for one in check(market, wrong)] == [Fault.STRANGER, Fault.AWAY, Fault.OVERFULL, Fault.TOO_MANY]
    assert [one.sentence() for one in check(market, wrong)][2] == "A在周一上午安排 3 人，容量 2 人。"


def test_a_change_by_hand_tells_only_what_it_breaks() -> None:
    market = Market((Zone("A", 2),), SLOTS, (Merchant("甲", "A", 2, most=2), Merchant("乙", "A", 1)))
    kept = frozenset({("甲", SLOTS[0]), ("乙", SLOTS[1])})
    assert newly_broken(market, kept, [("甲", SLOTS[2])], []) == []
    assert [one.fault for one in newly_broken(market, kept, [("甲", SLOTS[1])], [])] == [Fault.OVERFULL]
    assert [one.fault for one in newly_broken(market, kept, [], [("乙", SLOTS[1])])] == [Fault.TOO_FEW]


@pytest.mark.parametrize(
    ("merchant", "words"),
    [
        (Merchant("甲", "C", 1), "所在分区“C”不存在"),
        (Merchant("甲", "A", 0), "须为正"),
        (Merchant("甲", "A", 1, least=2), "不得多于最多时段数"),
        (Merchant("甲", "A", 1, away=frozenset({"周日"})), "时段“周日”不存在"),
    ],
)
def test_input_that_makes_no_sense_is_told(merchant: Merchant, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Market((Zone("A", 2),), SLOTS, (merchant,))
