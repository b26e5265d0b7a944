"""Tiers: thresholds with sums, names with sums, instalments; nothing is paired where the counts differ."""

from __future__ import annotations

import pytest

from songda.engines.reading.drafts import read
from songda.engines.reading.values.figures import figures, list_clashes


def _tiers(text: str) -> list[tuple[str, int | None]]:
    found = figures(text, 0, len(text))
    marks = sorted((*found.amounts, *found.rates, *found.counts), key=lambda one: one.mark.start)
    return [(one.mark.text, one.tier) for one in marks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "投资达到1亿元以上、5亿元以上的，分别按3%和5%奖励",
            [("1亿元", 1), ("5亿元", 2), ("3%", 1), ("5%", 2)],
        ),
        ("对国家级、省级工厂，分别奖励90万元、40万元", [("90万元", 1), ("40万元", 2)]),
        ("对获得金奖、银奖或铜奖的单位，分别奖励9万元、6万元和3万元", [("9万元", 1), ("6万元", 2), ("3万元", 3)]),
        ("第一年奖励6万元，第二年奖励3万元", [("6万元", 1), ("3万元", 2)]),
        (
            "20人以上的给予4万元，80人以上的给予9万元，总额最高不超过30万元",
            [("20人", 1), ("4万元", 1), ("80人", 2), ("9万元", 2), ("30万元", None)],
        ),
        ("对国家级、省级、市级工厂，分别奖励90万元、40万元", [("90万元", None), ("40万元", None)]),
        ("金奖9万元，银奖6万元，铜奖3万元", [("9万元", 1), ("6万元", 2), ("3万元", 3)]),
        ("单位每件补助900元，个人每件补助600元", [("900元", 1), ("600元", 2)]),
        ("给予奖励9万元，最高不超过20万元", [("9万元", None), ("20万元", None)]),
        ("对示范工厂奖励90万元，最高不超过投资额的30%", [("90万元", None), ("30%", None)]),
    ],
)
def test_tiers(text: str, expected: list[tuple[str, int | None]]) -> None:
    """The same number for what belongs together, from 1, in the order of the text."""
    assert _tiers(text) == expected


def test_lists_that_do_not_pair_are_doubts() -> None:
    """Three names, two sums: a person must look."""
    text = "一、奖励工厂。对国家级、省级、市级工厂，分别奖励90万元、40万元。\n二、减免租金。对企业减免租金50%。"
    clash = list_clashes(text, 0, len(text))[0]
    assert (clash.names, clash.figures) == (3, 2)
    doubts = [one for one in read(text).doubts if one.kind == "figure"]
    assert [(one.message, one.quote.text) for one in doubts] == [("列举 3 个名称、2 个数值，请核对。", "90万元、40万元")]


def test_a_paired_list_is_no_doubt() -> None:
    """Names and sums of one number."""
    text = "对省级、市级工厂，分别奖励90万元、40万元"
    assert list_clashes(text, 0, len(text)) == ()
