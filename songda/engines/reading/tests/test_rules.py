"""Rule drafts: whole phrases only, names of the catalogue only, and nothing that does not parse."""

from __future__ import annotations

import pytest

from songda.engines.reading.drafts import read
from songda.engines.reading.rule_drafts import draft_rules, rule_for
from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind

CATALOGUE = Catalogue.of(
    [
        FactKind("size", "企业规模", Kind.CODE, code_list="sizes"),
        FactKind("form", "组织形式", Kind.CODE, code_list="forms"),
        FactKind("insured", "参保企业", Kind.BOOL),
        FactKind("premises", "承租国有房屋", Kind.BOOL),
        FactKind("layoffs", "裁员率", Kind.NUM, "%"),
        FactKind("investment", "固定资产投资额", Kind.NUM, "元"),
        FactKind("founded", "成立日期", Kind.DATE),
        FactKind("dishonest", "失信名单", Kind.LIST),
    ],
    [
        CodeList("sizes", {"1": "大型", "2": "中型", "3": "小型", "4": "微型"}),
        CodeList("forms", {"1": "公司", "2": "个体经营"}),
    ],
)


@pytest.mark.parametrize(
    ("phrase", "rule"),
    [
        ("中小微企业", "企业规模 属于 {中型；小型；微型}"),
        ("对小微企业", "企业规模 属于 {小型；微型}"),
        ("小微企业和个体工商户", "企业规模 属于 {小型；微型} 或 组织形式 属于 {个体经营}"),
        ("参保企业的", "参保企业"),
        ("承租国有资产类经营用房", "承租国有房屋"),
        ("裁员率不超过5%", "裁员率 ≤ 5%"),
        ("固定资产投资达到1,000万元的", "固定资产投资额 ≥ 1000万元"),
        ("成立满2年", "成立日期 满 2年"),
        ("未列入失信名单", "不在 失信名单"),
    ],
)
def test_drafted(phrase: str, rule: str) -> None:
    """Phrases that say one thing, in the canonical print of the rule language."""
    assert rule_for(phrase, CATALOGUE) == rule


@pytest.mark.parametrize(
    "phrase",
    [
        "受影响较大的中小微企业",
        "科技型小微企业",
        "不裁员或少裁员",
        "固定资产投资1000万元以上",
        "固定资产投资不低于1000万元以上",
        "返还金额不超过1万元",
        "高新技术企业",
        "为中小微企业减免租金的企业",
        "",
    ],
)
def test_left_open(phrase: str) -> None:
    """More than the pattern says, a bare 以上, or a name the catalogue has not: an open question."""
    assert rule_for(phrase, CATALOGUE) == ""


def test_document_keeps_open_questions() -> None:
    """Each phrase is drafted or open, and keeps its words."""
    text = "1.减租。对承租国有资产类经营用房且信用良好的中小微企业，给予租金减半。\n2.补贴。对企业给予补贴。\n"
    drafted = draft_rules(read(text), CATALOGUE).articles[0].measures[0].conditions
    assert [(one.quote.text, one.rule, one.open) for one in drafted] == [
        ("承租国有资产类经营用房", "承租国有房屋", False),
        ("信用良好", "", True),
        ("中小微企业", "企业规模 属于 {中型；小型；微型}", False),
    ]


def test_a_holder_inside_a_phrase_is_not_the_beneficiary() -> None:
    """对为中小微企业减免租金的业主: nothing is drafted from the tenants it names."""
    text = "1.减租。对为中小微企业减免租金的企业，给予补贴。\n2.补贴。对企业给予补贴。\n"
    measure = draft_rules(read(text), CATALOGUE).articles[0].measures[0]
    assert measure.who is not None
    assert measure.who.text == "为中小微企业减免租金的企业"
    assert all(condition.open for condition in measure.conditions)
