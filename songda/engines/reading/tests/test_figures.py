"""Figures: numbers with units, ranges, lists that share a unit, what a sum is per, and the part each figure plays."""

from __future__ import annotations

from decimal import Decimal

import pytest

from songda.engines.reading.values.figures import figures

Value = tuple[Decimal, Decimal | None, str]


def _values(text: str, family: str) -> list[Value]:
    read = getattr(figures(text, 0, len(text)), family)
    return [(one.low, one.high, one.unit) for one in read]


def _roles(text: str) -> list[str]:
    read = figures(text, 0, len(text))
    return [one.role for one in sorted((*read.amounts, *read.rates), key=lambda one: one.mark.start)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("给予20万元奖励", [(20, None, "万元")]),
        ("给予5,000 万元奖励", [(5000, None, "万元")]),
        ("给予２０万元奖励", [(20, None, "万元")]),
        ("给予五十万元奖励", [(50, None, "万元")]),
        ("给予2百万元奖励", [(200, None, "万元")]),
        ("给予1.5亿美元授信", [(Decimal("1.5"), None, "亿美元")]),
        (
            "投资1000万元及以上至5000万元、5000万元以上至1亿元、1亿元以上的",
            [(1000, 5000, "万元"), (5000, 10000, "万元"), (1, None, "亿元")],
        ),
        ("到账1000万-2000万（不含）美元", [(1000, 2000, "万美元")]),
        ("额度为20万以上30万元以下", [(20, 30, "万元")]),
        ("分别奖励300、500、1000万元", [(300, None, "万元"), (500, None, "万元"), (1000, None, "万元")]),
        ("由500元提高至1000元", [(500, 1000, "元")]),
        ("营业收入50万元以上、100万元以下的", [(50, 100, "万元")]),
        ("投资5000万元以上、1亿元以上的", [(5000, None, "万元"), (1, None, "亿元")]),
        ("5000万元（含）至1亿元（不含）", [(5000, 10000, "万元")]),
        ("500万以内的部分补贴", [(500, None, "万元")]),
        ("日产口罩100万只", []),
        ("数十万元的投入", []),
        ("按《关于给予10万元奖励的办法》执行", []),
    ],
)
def test_sums(text: str, expected: list[Value]) -> None:
    """Sums in either script, ranges over units, lists with the unit at the end."""
    assert _values(text, "amounts") == expected


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("每人补贴1000元", "元/人"),
        ("每名职工补贴1000元", "元/人"),
        ("每人每月补贴3000元", "元/人月"),
        ("补贴300元/吨", "元/吨"),
        ("补贴15元/平方米·月", "元/平方米·月"),
        ("给予每人100元/月的补贴", "元/人月"),
        ("每年最高不超过50万元", "万元/年"),
        ("亩均税收达到10万元", "万元/亩"),
        ("每家最高不超过20万元", "万元"),
        ("每新招用1名职工，给予500元补贴", "元/人"),
        ("每50公斤补助5元", "元/50公斤"),
    ],
)
def test_what_a_sum_is_per(text: str, unit: str) -> None:
    """每…, 元/…, 均; a firm is a scope, not a unit."""
    assert [one[2] for one in _values(text, "amounts")] == [unit]


def test_per_units_hold_along_a_list() -> None:
    """每人20万元、10万元: both are per head; a word of its own ends the list."""
    assert [one[2] for one in _values("按每人20万元、10万元标准补助，单位再得5万元", "amounts")] == ["万元/人", "万元/人", "万元"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("返还50％", [(50, None, "%")]),
        ("按8‰奖励", [(8, None, "‰")]),
        ("下降0.5个百分点", [(Decimal("0.5"), None, "百分点")]),
        ("加50BP", [(50, None, "基点")]),
        ("按5%—20%奖励", [(5, 20, "%")]),
        ("上限由原50%提高至70%", [(50, 70, "%")]),
        ("提高3、2、1个百分点", [(3, None, "百分点"), (2, None, "百分点"), (1, None, "百分点")]),
        ("租金减半", [(50, None, "%")]),
        ("留用率达到60%以上（含60%）的", [(60, None, "%")]),
        ("租金减免一半", [(50, None, "%")]),
        ("税率由16%降至13%", [(16, 13, "%")]),
        ("租金减半或全免", [(50, 100, "%")]),
        ("全额退还保证金", [(100, None, "%")]),
        ("足额兑现", []),
        ("租金三免两减半", []),
        ("百分之十五", [(15, None, "%")]),
        ("给予总额的三分之一补助", [(Decimal("33.3333"), None, "%")]),
        ("不低于最低工资1.2倍", [(Decimal("1.2"), None, "倍")]),
        ("按1:1比例配套", [(1, None, "倍")]),
        ("每日9:30受理", []),
    ],
)
def test_rates(text: str, expected: list[Value]) -> None:
    """Percent in either width, per mille, points, words for halves and wholes, ranges and lists."""
    assert _values(text, "rates") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("最长不超过3个月", [(3, None, "月")]),
        ("展期3至6个月", [(3, 6, "月")]),
        ("连续三年奖励", [(3, None, "年")]),
        ("10个工作日内", [(10, None, "工作日")]),
        ("2021年3月8日前", []),
        ("第三年奖励", []),
    ],
)
def test_durations(text: str, expected: list[Value]) -> None:
    """Stretches of time, not dates and not ordinals."""
    assert _values(text, "durations") == expected


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("对投资500万元以上的项目，按投资额的8%给予补助，最高不超过300万元", ["threshold", "rate", "cap"]),
        ("对首次认定的企业，给予20万元奖励", ["fixed"]),
        ("第一年奖励5万元，第二年奖励3万元", ["split", "split"]),
        ("设立规模为5亿元的产业基金", ["fund_size"]),
        ("分别给予最高30万元、20万元奖励", ["cap", "cap"]),
        ("担保费率降至1%以下", ["cap"]),
        ("贷款增速不低于20%", ["floor"]),
        ("信贷增长20%以上", ["growth_target"]),
        ("租金减半", ["decrease"]),
        ("补助比例提高2个百分点", ["increase"]),
    ],
)
def test_roles(text: str, roles: list[str]) -> None:
    """The part a figure plays, from the words of its clause."""
    assert _roles(text) == roles


def test_quote_is_the_clause_and_mark_the_number() -> None:
    """Both are verbatim; the mark lies inside the quote."""
    text = "对企业，给予５万元奖励；另行通知"
    figure = figures(text, 0, len(text)).amounts[0]
    assert figure.quote.text == "给予５万元奖励"
    assert figure.mark.text == "５万元"
    assert figure.quote.start <= figure.mark.start < figure.mark.end <= figure.quote.end
