"""Conditions and formulas of real policy texts that the language says exactly (class A of the first trial)."""

from __future__ import annotations

import pytest

from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.show import show
from songda.engines.rules.tests.cast import CATALOGUE

CONDITIONS = [
    "捐赠支出 ≤ 利润总额 × 12%",
    "企业规模 属于 {中型；小型；微型} 或 组织形式 属于 {个体工商户}",
    "固定资产投资 ≥ 1000万元 且 亩均投资 ≥ 200万元/亩",
    "产值增加额 > 1000万元",
    "成立日期 满 1年",
    "科技人员数 ÷ 用工人数 ≥ 10%",
    "境内研发费用 ÷ 研发费用 ≥ 60%",
    "高新产品收入 ÷ 营业收入 ≥ 60%",
    "返还金额 ≤ 1万元",
    "注册地 不属于 {湖北省} 且 企业规模 属于 {中型；小型；微型}",
    "复合增长率(年营业收入, 3年) ≥ 20%",
    "近3年 每年 年营业收入 ≥ 500万元 且 裁员率 ≤ 5.5%",
    "注册地 属于 {郑州高新区} 且 经营起始日期 满 2个月 且 (重点保障企业 或 用工人数 ≥ 50人) 且 不在 失信名单",
]
AMOUNTS = [
    "失业保险费 × 50%",
    "设备投资额 × 30%",
    "研发费用 × 20% 上限 50万元",
    "分档(固定资产投资: ≥ 1亿元 → 500万元；≥ 5000万元 → 200万元；其余 → 0元)",
    "分类(大赛奖次: 国家级 → 100万元；省级 → 30万元)",
    "(固定资产投资 − 1000万元) × 20% 下限 0元",
    "6 × 月人均失业保险金 × 参保职工人数",
    "市级补贴决定金额 × 0.5",
    "核酸检测人次 × 100元/人次",
    "取整(用地面积 ÷ 1亩, 舍去) × 6000元",
]


@pytest.mark.parametrize("text", CONDITIONS)
def test_conditions_of_real_texts(text: str) -> None:
    assert show(parse_condition(text, CATALOGUE), CATALOGUE) == text


@pytest.mark.parametrize("text", AMOUNTS)
def test_formulas_of_real_texts(text: str) -> None:
    assert show(parse_amount(text, CATALOGUE), CATALOGUE) == text
