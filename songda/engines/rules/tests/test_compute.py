"""Amounts to the fen, with their steps; what is missing is said and never counted as 0."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from songda.engines.rules.cases import read_facts
from songda.engines.rules.compute import compute
from songda.engines.rules.parse import parse_amount
from songda.engines.rules.tests.cast import CATALOGUE
from songda.engines.rules.verdict import Sum

ON = dt.date(2020, 3, 31)


def total(text: str, **given: str) -> Sum:
    return compute(parse_amount(text, CATALOGUE), read_facts(given, CATALOGUE), on=ON, catalogue=CATALOGUE)


@pytest.mark.parametrize(
    ("text", "given", "fen"),
    [
        ("设备投资额 × 20% 上限 500万元", {"设备投资额": "300万元"}, 60_000_000),
        ("设备投资额 × 20% 上限 50万元", {"设备投资额": "300万元"}, 50_000_000),
        ("分段(招用人数: ≤ 3人 → 2000元/人；其余 → 3000元/人)", {"招用人数": "5人"}, 1_200_000),
        ("分段(招用人数: ≤ 3人 → 2000元/人；其余 → 3000元/人)", {"招用人数": "2人"}, 400_000),
        ("分段(招用人数: > 3人 → 3000元/人；其余 → 2000元/人)", {"招用人数": "5人"}, 1_200_000),
        ("分档(固定资产投资: ≥ 1亿元 → 500万元；≥ 5000万元 → 200万元；其余 → 0元)", {"固定资产投资": "5000万元"}, 200_000_000),
        ("分档(固定资产投资: ≥ 1亿元 → 500万元；≥ 5000万元 → 200万元；其余 → 0元)", {"固定资产投资": "4999.99万元"}, 0),
        ("分类(大赛奖次: 国家级 → 100万元；省级 → 30万元)", {"大赛奖次": "省级"}, 30_000_000),
        ("分类(所属行业: 制造业 → 1元；医药制造业 → 2元；其余 → 3元)", {"所属行业": "C271"}, 200),
        ("分类(所属行业: 制造业 → 1元；医药制造业 → 2元；其余 → 3元)", {"所属行业": "C39"}, 100),
        ("分类(所属行业: 制造业 → 1元；医药制造业 → 2元；其余 → 3元)", {"所属行业": "I"}, 300),
        ("分类(所属行业: 制造业 → 1元；医药制造业 → 2元；其余 → 3元)", {"所属行业": "C"}, None),
        ("设备投资额 ÷ 3", {"设备投资额": "1元"}, 33),
        ("设备投资额 ÷ 8", {"设备投资额": "1元"}, 13),
        ("设备投资额 ÷ 3 × 3", {"设备投资额": "1元"}, 100),
        ("设备投资额 取整到 百元 舍去", {"设备投资额": "199元"}, 10_000),
        ("设备投资额 取整到 万元 进位", {"设备投资额": "1元"}, 1_000_000),
        ("取整(用地面积 ÷ 1亩, 舍去) × 6000元", {"用地面积": "3.9亩"}, 1_800_000),
        ("设备投资额 − 5元 下限 0元", {"设备投资额": "1元"}, 0),
        ("取大(设备投资额, 失业保险费) 上限 9元 下限 3元", {"设备投资额": "1元", "失业保险费": "2元"}, 300),
        ("6 × 月人均失业保险金 × 参保职工人数", {"月人均失业保险金": "1500元/人", "参保职工人数": "10人"}, 9_000_000),
        ("分类(大赛奖次: 国家级 → 100万元；省级 → 30万元)", {"大赛奖次": "市级"}, None),
        ("设备投资额 × 0", {}, None),
    ],
)
def test_amounts(text: str, given: dict[str, str], fen: int | None) -> None:
    assert total(text, **given).fen == fen


def test_a_missing_input_is_named_and_the_cap_is_only_a_bound() -> None:
    found = total("设备投资额 × 20% + 失业保险费 上限 50万元", 设备投资额="100万元")
    assert (found.fen, found.missing, found.upper_bound) == (None, ("失业保险费",), Fraction(500_000))
    assert total("取小(失业保险费 × 50%, 1万元)").upper_bound == 10_000
    assert total("失业保险费 × 50%").upper_bound is None


def test_only_the_chosen_bracket_needs_its_facts() -> None:
    text = "分档(固定资产投资: ≥ 1亿元 → 设备投资额；其余 → 1元)"
    assert total(text, 固定资产投资="1万元").fen == 100
    assert total(text, 固定资产投资="2亿元").missing == ("设备投资额",)


def test_a_stale_input_leaves_the_amount_open() -> None:
    assert total("用工人数 × 100元/人", 用工人数="5人 截至 2019年1月1日").missing == ("用工人数",)


def test_steps_read_as_a_calculation() -> None:
    assert total("设备投资额 × 20% 上限 50万元", 设备投资额="300万元 截至 2020年3月1日").steps == (
        "设备投资额：3000000元（2020年3月1日，用例）",
        "设备投资额 × 20% = 600000元",
        "上限 50万元 → 500000元",
        "取整到分（四舍五入） → 500000元",
    )
