"""Numbers as policies write them, and numbers that are no values at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from songda.engines.reading.values.figures import Figures, figures


def _read(text: str) -> Figures:
    return figures(text, 0, len(text))


def _told(text: str) -> list[str]:
    read = _read(text)
    found = sorted((*read.amounts, *read.rates, *read.durations, *read.counts), key=lambda one: one.mark.start)
    return [f"{one.low}{'' if one.high is None else f'~{one.high}'}{one.unit}" for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("补助5，000万元", "5000万元"),
        ("补助1亿5000万元", "1.5亿元"),
        ("补助三万五千元", "3.5万元"),
        ("补助五千万元", "5000万元"),
        ("补助30 万元", "30万元"),
        ("总投资亿元以上的工厂", "1亿元"),
        ("产值首次突破十亿元", "10亿元"),
        ("管护员补助0.8万/人/年", "0.8万元/人/年"),
        ("按规模予以3万-20万不等的奖励", "3~20万元"),
        ("奖励8万，另行公布", "8万元"),
        ("授信不超过2亿日元", "2亿日元"),
        ("等值港币500万元", "500万元"),
        ("投资300万英镑", "300万英镑"),
        ("日租金2元/㎡/日", "2元/㎡/日"),
        ("每吨每月补贴6元", "6元/吨月"),
        ("每年每人补贴600元", "600元/人年"),
        ("每人每天补贴60元", "60元/人日"),
        ("每户每年不超过2万元", "2万元/户年"),
        ("每个摊位补贴900元", "900元/摊位"),
        ("每艘渔船补贴7000元", "7000元/艘"),
        ("每连续用工满1年补贴700元", "700元/年"),
        ("年贴息金额不超过40万元", "40万元/年"),
        ("全年累计不超过9万元", "9万元/年"),
        ("年薪40万元以上", "40万元/年"),
        ("年销售额在3亿元以上", "3亿元"),
        ("按5万元/项目补助", "5万元/项目"),
        ("零点五个百分点", "0.5百分点"),
        ("半个百分点", "0.5百分点"),
        ("百分之零点八", "0.8%"),
        ("万分之五", "0.5‰"),
        ("占全部股份1/2以上", "50%"),
        ("打八五折", "8.5折"),
        ("1:0.5比例配套", "2倍"),
        ("按市级奖励1:1额度给予", "1倍"),
        ("加40个BP", "40基点"),
        ("登记失业半年以上", "6月"),
        ("16-24岁青年", "16~24岁"),
        ("收购粮食800公斤", "800公斤"),
    ],
)
def test_numbers_with_units(text: str, expected: str) -> None:
    """Scripts, compound and unnumbered sums, bare 万, currencies, units of land, time and heads."""
    assert expected in _told(text)


@pytest.mark.parametrize(
    "text",
    [
        "苏政发〔2021〕38号",
        "第十二条规定，第三款所称",
        "电话025-83321234，邮编210000，拨打12345热线",
        "GB/T 4754-2017",
        "2018-2022年规划",
        "9:00-17:00受理",
        "一式三份，一次性，一企一策，一事一议，十四五，三农，四上，双11",
        "5G和A4纸，https://10.0.0.8/2021/03/",
        "不折不扣，百折不挠，倍增计划",
        "上一年度、同一年度、每一年",
        "上半年，前半年",
        "第二、三个月",
        "2021年一季度",
        "24小时热线",
        "一年期LPR",
        "陆天市场，伍日公司",
        "3月1日至5日",
        "每新增1人",
        "2021届毕业生",
        "数百万元，上亿元，近千元",
        "一元化管理",
        "留用者（含50人）",
    ],
)
def test_numbers_that_are_no_values(text: str) -> None:
    """Numbers of documents, articles, telephones, standards, times, sayings, ordinals and dates."""
    assert _told(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("年利润不超过2亿元、员工不足百人的企业", "threshold"),
        ("退还金额不超过1万元的，免于申报", "threshold"),
        ("利润12%以内的部分，准予扣除", "threshold"),
        ("销售额比上年增长20%以上的企业", "threshold"),
        ("确保贷款增长20%以上", "growth_target"),
        ("补贴比例提高到70%", "rate"),
        ("再增加核定损失5%的支持", "rate"),
        ("减按15%的税率征收", "rate"),
        ("按减免额的30%给予补助", "rate"),
        ("按50%给予租金优惠", "decrease"),
        ("收费减免40%", "decrease"),
        ("成本至少下降0.5个百分点", "decrease"),
        ("全额返还保证金", "rate"),
        ("租金全免", "decrease"),
        ("给予一半的贴息", "rate"),
        ("杠杆率放宽至净资产的5倍", "cap"),
        ("研发费用占比不低于5%", "threshold"),
        ("按不低于30%的比例给予补助", "floor"),
        ("给予不少于20万元奖励", "floor"),
        ("每年安排不少于50万元的专项资金", "fund_size"),
        ("首次纳入规模以上统计且收入突破1亿元", "threshold"),
        ("给予发射保险不超过50%的贴费", "cap"),
        ("分三年按40%、30%、30%拨付", "split"),
    ],
)
def test_roles_of_figures(text: str, role: str) -> None:
    """What is asked and what is given: the words around a figure say its part."""
    read = _read(text)
    assert (*read.amounts, *read.rates)[0].role == role


def test_values_are_exact() -> None:
    """Thirds are rounded to four places; nothing is a float."""
    assert _read("给予三分之一补助").rates[0].low == Decimal("33.3333")
