"""What an official may write, what it means, and what is refused with which words."""

from __future__ import annotations

import pytest

from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.problem import Problem, RuleError
from songda.engines.rules.show import names_of, show
from songda.engines.rules.tests.cast import CATALOGUE


def printed(text: str) -> str:
    return show(parse_condition(text, CATALOGUE), CATALOGUE)


def refused(text: str, parse=parse_condition) -> Problem:
    with pytest.raises(RuleError) as caught:
        parse(text, CATALOGUE)
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("用工人数　≥　５０人", "用工人数 ≥ 50人"),
        ("用工人数不少于50人", "用工人数 ≥ 50人"),
        ("用工人数至少50人", "用工人数 ≥ 50人"),
        ("职工人数>=50人", "用工人数 ≥ 50人"),
        ("用工人数50人以上(含)", "用工人数 ≥ 50人"),
        ("用工人数为50人（含）以上", "用工人数 ≥ 50人"),
        ("用工人数50人及以下", "用工人数 ≤ 50人"),
        ("用工人数 50人以上（不含）", "用工人数 > 50人"),
        ("用工人数超过50人", "用工人数 > 50人"),
        ("用工人数不满50人", "用工人数 < 50人"),
        ("营业收入小于5,000万元（含）", "营业收入 ≤ 5000万元"),
        ("营业收入 ≥ 5000 万元", "营业收入 ≥ 5000万元"),
        ("经营时间满2个月", "经营起始日期 满 2个月"),
        ("成立日期不满1年", "非 成立日期 满 1年"),
        ("成立日期 ≥ 2020-03-17", "成立日期 ≥ 2020年3月17日"),
        ("成立日期早于2020年3月17日。", "成立日期 < 2020年3月17日"),
        ("注册地为郑州市", "注册地 属于 {郑州市}"),
        ("注册地 不为 {湖北省、郑州市}", "注册地 不属于 {湖北省；郑州市}"),
        ("列入失信名单", "在 失信名单"),
        ("未列入 失信名单 于 2020年1月1日", "不在 失信名单 于 2020年1月1日"),
        ("非 在 失信名单", "不在 失信名单"),
        ("同时满足 {参保企业；非公企业}", "参保企业 且 非公企业"),
        ("满足任一{参保企业、非公企业}", "参保企业 或 非公企业"),
        ("一项或多项 {参保企业；非公企业}", "至少1项 {参保企业；非公企业}"),
        ("(参保企业 且 非公企业) 且 重点保障企业", "参保企业 且 非公企业 且 重点保障企业"),
        ("最近3个年度各年年营业收入不低于500万元", "近3年 每年 年营业收入 ≥ 500万元"),
        ("近3年任一年年营业收入 > 营业收入", "近3年 任一年 年营业收入 > 营业收入"),
        ("近6个月内无安全事故", "近6个月 内 无 安全事故"),
        ("参保企业 为 否", "非 参保企业"),
        ("用工人数 未知", "用工人数 未知"),
        ("参保企业，且重点保障企业。", "参保企业 且 重点保障企业"),
        ("满意度≥90% 且 在职人数≥5人", "满意度 ≥ 90% 且 在职人数 ≥ 5人"),
        ("重点保障企业或有负债", "重点保障企业 或 有负债"),
        ("或有负债 ≤ 5元", "或有负债 ≤ 5元"),
        ("「参保企业」且「非公企业」", "参保企业 且 非公企业"),
        (
            "行业 属于 {铁路、船舶、航空航天和其他运输设备制造业、C27}",
            "所属行业 属于 {C37「铁路、船舶、航空航天和其他运输设备制造业」；医药制造业}",
        ),
        ("用工人数 ≥ 50人 以最近值计", "用工人数 ≥ 50人 以最近值计"),
        ("亩均税收 ≥ 10万元/亩", "亩均税收 ≥ 10万元/亩"),
        ("满意度 − 裁员率 ≥ −5个百分点", "满意度 − 裁员率 ≥ −5个百分点"),
    ],
)
def test_accepted_spellings_print_as_one(text: str, canonical: str) -> None:
    assert printed(text) == canonical
    assert printed(canonical) == canonical


@pytest.mark.parametrize(
    ("text", "code", "found", "fixes"),
    [
        ("用工人数 ≥ 50", "bare_number", "50", ["50人"]),
        ("用工人数 ≥ 设备台数", "unit_mismatch", "用工人数 ≥ 设备台数", []),
        ("用工人数 ≥ 50台", "unit_mismatch", "50台", []),
        ("参保职工人数 ≥ 5人次", "unit_mismatch", "5人次", []),
        ("营业收入 ≥ 5万美元", "unit_mismatch", "5万美元", []),
        ("用工人数 50人以上", "bare_bound", "以上", ["以上(含)", "以上(不含)"]),
        ("用工人数 50人以内", "bare_bound", "以内", ["以内(含)", "以内(不含)"]),
        ("最低(营业收入, 研发费用) > 5元", "refused_pick", "最低", ["取小", "取大"]),
        ("参保企业，重点保障企业", "bare_comma", "，", [" 且 ", " 或 "]),
        ("至少4项 {参保企业；非公企业}", "count_range", "至少4项 {参保企业；非公企业}", []),
        ("营业收入 介于 500万元 与 900万元", "mark_missing", "", [" (含) ", " (不含) "]),
        ("营业收入 介于 900万元(含) 与 500万元(含)", "between_order", "营业收入 介于 900万元(含) 与 500万元(含)", []),
        ("用工人数 ≥ 50人(不含)", "contradicting_mark", "≥ 50人(不含)", []),
        ("所属行业 属于 其他", "ambiguous_code", "其他", ["C279", "C379"]),
        ("所属行业 属于 医药", "unknown_word", "医药", ["医药制造业"]),
        ("营业收人 ≥ 5万元", "unknown_word", "营业收人", ["营业收入"]),
        ("满意读 ≥ 5%", "unknown_word", "满意读", ["满意度"]),
        ("用工人数 ≥ 五十人", "chinese_number", "五十人", []),
        ("用工人数 ≥ 1e8人", "bad_number", "1e8人", []),
        ("成立日期 ≥ 2020年2月30日", "bad_day", "2020年2月30日", []),
        ("成立日期 满 5工作日", "workdays", "成立日期 满 5工作日", []),
        ("复合增长率(年营业收入, 3年) × 2 ≥ 10%", "growth_place", "复合增长率(年营业收入, 3年)", []),
        ("近3个月 每年 年营业收入 ≥ 5元", "years_expected", "近3个月", ["近3年"]),
        ("取小(1,200元) > 5元", "bare_number", "1", ["1元"]),
        ("用工人数 ≥", "incomplete", "", []),
        ("注册地 ≥ 5人", "unexpected", "≥", []),
    ],
)  # fmt: skip
def test_refusals_say_where_and_how_to_mend(text: str, code: str, found: str, fixes: list[str]) -> None:
    problem = refused(text)
    assert (problem.code, text[problem.start : problem.end]) == (code, found)
    assert [one.text for one in problem.fixes] == fixes


def test_expected_is_folded_to_few_classes() -> None:
    assert refused("注册地 ≥ 5人").expected == ("属于 / 不属于 / 为", "已知")
    assert len(refused("").expected) <= 6


def test_mixed_and_or_offers_both_bracketings() -> None:
    text = "参保企业 且 非公企业 或 重点保障企业"
    assert [one.text for one in refused(text).fixes] == [
        "(参保企业 且 非公企业) 或 重点保障企业",
        "参保企业 且 (非公企业 或 重点保障企业)",
    ]
    for fix in refused(text).fixes:
        assert printed(fix.text) == fix.text


def test_two_readings_are_refused_and_both_shown() -> None:
    problem = refused("参保企业且非公企业")
    assert problem.code == "ambiguous"
    assert {one.text for one in problem.fixes} == {"参保企业 且 非公企业", "参保企业 且 非 公企业"}


def test_names_added_later_do_not_change_a_canonical_text() -> None:
    text = "参保企业 且 不在 失信名单 且 (重点保障企业 或 所属行业 属于 {制造业}) 且 用工人数 ≥ 50人"
    hostile = ["且参保企业", "在失信名单", "行业属于制造业", "或重点保障企业", "非参保企业", "人数"]
    more = [FactKind(f"h{place}", name, Kind.BOOL) for place, name in enumerate(hostile)]
    grown = Catalogue((*CATALOGUE.facts, *more), CATALOGUE.code_lists)
    assert parse_condition(text, grown) == parse_condition(text, CATALOGUE)


def test_formulas_print_back_and_must_give_money() -> None:
    for text in (
        "设备投资额 × 20% 上限 500万元",
        "核酸检测人次 × 100元/人次",
        "固定资产投资 × 分档(固定资产投资: ≤ 1000万元 → 0%；≤ 5000万元 → 2%；其余 → 3%) 上限 50万元 取整到 百元 舍去",
        "分段(招用人数: ≤ 3人 → 2000元/人；其余 → 3000元/人)",
        "分类(大赛奖次: 国家级 → 100万元；省级 → 30万元) 下限 0元",
    ):
        assert show(parse_amount(text, CATALOGUE), CATALOGUE) == text
    problem = refused("核酸检测人次 × 100元", parse_amount)
    assert problem.code == "not_money"
    assert [one.text for one in problem.fixes] == ["核酸检测人次 × 100元/人次"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("分档(营业收入: ≤ 5万元 → 1元；≤ 3万元 → 2元；其余 → 3元)", "tiers_order"),
        ("分档(营业收入: ≤ 5万元 → 1元；≥ 8万元 → 2元；其余 → 3元)", "tiers_direction"),
        ("分档(营业收入: ≤ 5人 → 1元；其余 → 3元)", "unit_mismatch"),
        ("分档(营业收入: ≤ 5万元 → 1元；其余 → 3)", "bare_number"),
        ("设备投资额 ÷ 0", "zero_divisor"),
        ("分类(大赛奖次: 国家级 → 1元；国家级 → 2元)", "code_twice"),
    ],
)
def test_formula_refusals(text: str, code: str) -> None:
    assert refused(text, parse_amount).code == code


def test_names_of_gives_the_facts_in_the_order_of_the_text() -> None:
    rule = parse_condition("研发费用 ÷ 营业收入 ≥ 5% 且 近3年 每年 年营业收入 ≥ 营业收入 且 参保企业", CATALOGUE)
    assert names_of(rule) == ("rnd", "revenue", "income", "insured")


def test_depth_and_length_are_capped_before_parsing() -> None:
    assert refused("(" * 51 + "参保企业" + ")" * 51).code == "too_deep"
    assert refused("参保企业 且 " * 4000 + "参保企业").code == "too_long"
    assert printed("(" * 50 + "参保企业" + ")" * 50) == "参保企业"
