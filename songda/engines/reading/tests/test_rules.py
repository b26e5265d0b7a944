"""Rule drafts: whole phrases only, names of the catalogue only, and nothing that does not parse."""

from __future__ import annotations

import pytest

from songda.engines.reading.drafts import read
from songda.engines.reading.terms.rule_drafts import bounds_include, draft_rules, rule_for
from songda.engines.reading.terms.vocabulary import DEMONSTRATION
from songda.engines.reading.terms.wording import wording
from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind
from songda.engines.rules.catalogue_files import catalogue_at
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.show import show

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


PACK = catalogue_at(DEMONSTRATION)


@pytest.mark.parametrize(
    ("phrase", "rule"),
    [
        (
            "受新冠肺炎疫情影响较大、经营暂时出现困难但有发展前景的小型微型企业",
            "受疫情影响较大 且 暂时性生产经营困难 且 有发展前景 且 企业规模 属于 {小型；微型}",
        ),
        ("因疫情影响无法正常生产经营的外贸企业", "受疫情影响 且 无法正常经营 且 外贸企业"),
        ("受疫情影响的旅行社和个体工商户", "受疫情影响 且 (旅行社 或 组织形式 属于 {个体经营})"),
        ("参保单位（不含机关事业单位）", "参保单位 且 非 机关事业单位"),
        ("除房地产企业外的中小企业", "非 房地产企业 且 企业规模 属于 {中型；小型；微型}"),
        ("不裁员或少裁员（裁员率不高于上年度城镇登记失业率）", "裁员率 ≤ 上年度城镇登记失业率"),
        ("研发费用占营业收入的比例不低于4%", "研发费用 ÷ 营业收入 ≥ 4%"),
        ("营业收入同比增长15%及以上", "同比增长率(历年营业收入, 1年) ≥ 15%"),
        ("亩均税收达到20万元", "亩均税收 ≥ 20万元/亩"),
        ("年营业收入在3000万元（含）以下", "营业收入 ≤ 3000万元"),
        ("近三年内未发生重大安全生产事故", "近3年 内 无 重大安全生产事故"),
        ("在科创板、创业板上市的企业", "上市板块 属于 {科创板；创业板}"),
        ("新引进的工业类项目", "新引进项目 且 项目类别 属于 {工业}"),
        ("从事住宿业、餐饮业的企业", "行业 属于 {住宿业；餐饮业}"),
        ("未被市场监管部门列入“经营异常名录”", "不在 经营异常名录"),
        ("注册成立不满三年", "非 成立日期 满 3年"),
        ("在金水区登记注册的小微企业", "注册地 属于 {金水区} 且 企业规模 属于 {小型；微型}"),
        ("首次获得市级绿色工厂称号的企业", "绿色工厂级别 属于 {市级} 且 绿色工厂获评情形 属于 {首次获评}"),
        (
            "新列入国家级和省级“专精特新”中小企业",
            "专精特新中小企业级别 属于 {国家级；省级} 且 专精特新中小企业获评情形 属于 {新获评}",
        ),
        ("当年度获评省级以上重点实验室的", "重点实验室级别 属于 {国家级；省级} 且 重点实验室获评情形 属于 {新获评；重新认定}"),
        ("初次认定为高新技术企业", "高新技术企业获评情形 属于 {首次获评}"),
        ("新认定的（不包括重新认定）高新技术企业", "高新技术企业获评情形 属于 {新获评}"),
        ("湖北省专利奖", "专利奖级别 属于 {省级}"),
        ("获得“鲁班奖”、“国家优质工程（金）奖”的", "鲁班奖 或 国家优质工程金奖"),
        ("主持起草国家、行业和地方标准的企业", "牵头制定国家标准 或 牵头制定行业标准 或 牵头制定地方标准"),
        ("在我市登记注册并纳税的企业", "本市企业 且 本市纳税"),
        ("区内中小微企业", "区内企业 且 企业规模 属于 {中型；小型；微型}"),
        ("授权公告日在2018年1月1日至6月30日期间", "专利授权公告日 介于 2018年1月1日 (含) 与 2018年6月30日 (含) 之间"),
        ("专利申请日在2018年3月1日及之前", "专利申请日 ≤ 2018年3月1日"),
        ("生猪养殖、屠宰企业", "生猪养殖企业 或 生猪屠宰企业"),
        ("饲料、兽药企业和种子企业", "饲料企业 或 兽药企业 或 种子企业"),
        ("受疫情影响较大餐饮企业、外贸企业", "受疫情影响较大 且 (行业 属于 {餐饮业} 或 外贸企业)"),
        ("规上农产品加工企业", "规模以上 且 农产品加工企业"),
        ("中小微租户", "企业规模 属于 {中型；小型；微型} 且 租户"),
        ("从事农业的企业", "农业企业"),
        ("列入生活必需品保供企业名单的超市、农贸市场", "在 保供企业名单 且 (超市 或 农贸市场)"),
        ("未列入经营异常名录和失信名单", "不在 经营异常名录 且 不在 失信名单"),
        ("纳税信用等级为A级、B级的企业", "纳税信用等级 属于 {A级；B级}"),
        ("连续缴纳社会保险费满6个月", "连续参保起始日期 满 6个月"),
        ("实际经营年限2年（含）以上", "经营起始日期 满 2年"),
        ("确有特殊困难不能按期缴纳税款的企业", "有特殊困难 且 无法按期缴纳税款"),
        ("郑州市外贸企业", "注册地 属于 {郑州市} 且 外贸企业"),
        ("注册资本一千万元及以上", "注册资本 ≥ 1000万元"),
    ],
)
def test_drafted_under_the_pack(phrase: str, rule: str) -> None:
    """Policy language composed: qualities, holders, exclusions, shares, growth, windows; canonical and parsing."""
    assert rule_for(phrase, PACK) == rule
    assert show(parse_condition(rule, PACK), PACK) == rule


@pytest.mark.parametrize(
    "phrase",
    [
        "受疫情影响较重的企业",
        "受疫情影响正常经营",
        "在疫情期间承租国有企业房产",
        "受疫情影响严重且信誉良好或经营规范",
        "高新技术企业、受疫情影响较大",
        "高新技术企业的项目",
        "重新认定的高新技术企业",
        "当年高新技术企业",
        "省级高新技术企业",
        "市级以上龙头企业",
        "规上外贸企业、物流企业",
        "先进制造业、软件信息服务业中小企业",
        "获国家级科技示范工程、绿色建筑奖、QC成果奖",
        "餐饮、住宿等行业的企业",
        "连续缴纳社会保险费6个月以上",
        "符合条件的小微企业",
        "农业",
        "近三年每年盈利且增长",
        "登记失业人员",
        "固定资产投资5000万元以上至1亿元",
        "受疫情影响" * 30,
    ],
)
def test_left_open_under_the_pack(phrase: str) -> None:
    """Another degree, a word not understood, 且 and 或 on one level, a place, a person, a bare bound: open."""
    assert rule_for(phrase, PACK) == ""


def test_degrees_are_never_levelled() -> None:
    """Spellings of one meaning fall together; degrees do not."""
    assert wording("因受新型冠状病毒感染的肺炎疫情影响较大") == wording("受此次疫情影响较大")
    assert len({wording(one) for one in ("受疫情影响", "受疫情影响较大", "受疫情影响严重", "受疫情影响较重")}) == 4


def test_bare_bounds_follow_the_document() -> None:
    """以上 stays open with both readings told, unless the text says that it includes the number."""
    open_text = "1.奖励。对固定资产投资500万元以上的企业，给予20万元奖励。\n2.补贴。对企业给予补贴。\n"
    told = draft_rules(read(open_text), PACK)
    assert told.articles[0].measures[0].conditions[0].open
    assert any("固定资产投资额 ≥ 500万元 还是 固定资产投资额 > 500万元" in doubt.message for doubt in told.doubts)
    settled = open_text + "3.附则。本办法所称“以上”均包含本数。\n"
    assert bounds_include(settled)
    assert draft_rules(read(settled), PACK).articles[0].measures[0].conditions[0].rule == "固定资产投资额 ≥ 500万元"


def test_own_place_follows_the_document() -> None:
    """本市 is the place in the title, where the catalogue knows it; else a fact of its own, as the place's name is."""
    text = "郑州市支持企业若干措施\n1.奖励。对本市小微企业给予20万元奖励。\n2.补贴。对本区外贸企业给予补贴。\n"
    here, district = (article.measures[0].conditions[0].rule for article in draft_rules(read(text), PACK).articles)
    assert here == "注册地 属于 {郑州市} 且 企业规模 属于 {小型；微型}"
    assert district == "本区企业 且 外贸企业"
    away = text.replace("郑州市", "临江市").replace("本市", "在临江市注册的")
    assert draft_rules(read(away), PACK).articles[0].measures[0].conditions[0].rule == "本市企业"


def test_whole_rule_and_amount() -> None:
    """Every phrase drafted and one promise: the whole rule; a share of a known fact or one plain sum: the amount."""
    text = (
        "1.返还。对不裁员或少裁员的参保企业，返还上年度实际缴纳失业保险费的50%。\n"
        "2.奖励。对信誉良好的外贸企业，给予10万元奖励。\n3.补贴。对符合条件的外贸企业，给予补贴。\n"
    )
    first, second, third = (article.measures[0] for article in draft_rules(read(text), PACK).articles)
    assert (first.rule, first.amount_rule) == ("符合不裁员少裁员标准 且 参保企业", "上年度实缴失业保险费 × 50%")
    assert (second.rule, second.amount_rule) == ("信誉良好 且 外贸企业", "10万元")
    assert (third.rule, third.amount_rule) == ("", "")


def test_rules_of_persons_stay_open() -> None:
    """Where a person gets the benefit, a word that would be a rule for firms is none."""
    text = "1.入学。对外贸企业的高管子女，优先安排入学，给予补贴。\n2.补贴。对企业给予补贴。\n"
    measures = draft_rules(read(text), PACK).articles[0].measures
    assert all(condition.open for measure in measures for condition in measure.conditions)
