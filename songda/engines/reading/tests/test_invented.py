"""Ten invented texts: most of what they ask becomes rule text, and what each sentence says is what its rule says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from songda.engines.reading.document import Condition
from songda.engines.reading.drafts import read
from songda.engines.reading.terms.rule_drafts import draft_rules
from songda.engines.reading.terms.vocabulary import DEMONSTRATION
from songda.engines.reading.tests.invented import TEXTS
from songda.engines.rules.catalogue_files import catalogue_at
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.show import show

PACK = catalogue_at(DEMONSTRATION)
LEAST = 0.6


def _asked(genre: str) -> Iterator[Condition]:
    for article in draft_rules(read(TEXTS[genre]), PACK).articles:
        for measure in article.measures:
            yield from measure.conditions


def test_most_of_what_texts_ask_becomes_rules() -> None:
    """Each rule parses and prints as it stands; the share over all ten genres."""
    asked = [one for genre in TEXTS for one in _asked(genre)]
    drafted = [one.rule for one in asked if one.rule]
    assert len(drafted) / len(asked) > LEAST
    assert all(show(parse_condition(rule, PACK), PACK) == rule for rule in drafted)


@pytest.mark.parametrize(
    ("genre", "phrase", "rule"),
    [
        (
            "industry",
            "获评国家级绿色工厂、绿色供应链管理企业的",
            "绿色工厂级别 属于 {国家级} 或 绿色供应链管理企业级别 属于 {国家级}",
        ),
        ("industry", "获得中国质量奖、省长质量奖的企业", "中国质量奖 或 质量奖级别 属于 {省级}"),
        ("science", "获得市级以上科学技术奖的企业", "科学技术奖级别 属于 {国家级；省级；市级}"),
        ("farming", "参加农业保险的养殖户、渔民", "已投保农业保险 且 (养殖户 或 渔民)"),
        ("farming", "从事生猪养殖的企业", "生猪养殖企业"),
        ("foreign", "公共海外仓、跨境电商企业和外贸综合服务企业", "公共海外仓 或 跨境电商企业 或 外贸综合服务企业"),
        ("jobs", "住宿、餐饮、旅游企业", "行业 属于 {住宿业} 或 行业 属于 {餐饮业} 或 旅游企业"),
        ("finance", "在境内外证券交易所成功上市的企业", "境内上市 或 境外上市"),
        ("tourism", "全县旅游企业", "县内企业 且 旅游企业"),
        ("building", "获得国家优质工程奖的", "国家优质工程奖"),
        ("relief", "因特殊困难不能按期缴纳税款的企业", "有特殊困难 且 无法按期缴纳税款"),
        ("industry", "重新认定的", ""),
        ("trade", "首次被评为国家A级物流企业的", ""),
        ("farming", "受灾较重", ""),
        ("building", "年产值首次突破10亿元", ""),
    ],
)
def test_what_a_sentence_says(genre: str, phrase: str, rule: str) -> None:
    """Titles, lists, places, deeds; what is only half understood stays open."""
    assert rule in {one.rule for one in _asked(genre) if one.quote.text == phrase}


def test_a_state_after_a_list_is_told_of_all() -> None:
    """物流企业、快递企业运输防疫物资的: never of the last alone."""
    text = "1.通行。对物流企业、快递企业、冷链物流企业运输防疫物资的，免收通行费。\n2.补贴。对企业给予补贴。\n"
    rules = [one.rule for one in draft_rules(read(text), PACK).articles[0].measures[0].conditions]
    assert rules == ["(物流企业 或 快递企业 或 冷链物流企业) 且 运输防疫物资"]


def test_who_gives_is_not_who_benefits() -> None:
    """银行机构予以支持, a compound noun, a landlord before 对: no condition, no whole rule."""
    text = (
        "1.贷款。新建棚室的，银行机构予以贷款支持。\n2.载体。推动科技企业加速器建设。\n"
        "3.减租。国有经营用房对受疫情影响的租户减免租金三个月。\n"
    )
    measures = [measure for article in draft_rules(read(text), PACK).articles for measure in article.measures]
    assert not {"银行业金融机构", "科技型企业"} & {one.rule for measure in measures for one in measure.conditions}
    assert not any(measure.rule for measure in measures)
