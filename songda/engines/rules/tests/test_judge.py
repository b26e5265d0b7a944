"""Verdicts: strong Kleene, gaps with their causes, time, codes, series, growth without roots."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from songda.engines.rules import tree
from songda.engines.rules.cases import Case, read_facts, run_cases
from songda.engines.rules.days import arrive, latest_start
from songda.engines.rules.judge import answer, judge, prepare_all
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.tests import strategies as some
from songda.engines.rules.tests.cast import CATALOGUE
from songda.engines.rules.verdict import Answer, Cause
from songda.engines.rules.walk import every

ON = dt.date(2020, 3, 31)


def outcome(text: str, on: dt.date = ON, **given: str) -> str:
    return answer(parse_condition(text, CATALOGUE), read_facts(given, CATALOGUE), on=on, catalogue=CATALOGUE).value


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("参保企业 或 非 参保企业", {}, "待核"),
        ("参保企业 或 非公企业", {"参保企业": "是"}, "是"),
        ("参保企业 且 非公企业", {"参保企业": "否"}, "否"),
        ("参保企业 且 非公企业", {"参保企业": "是"}, "待核"),
        ("至少2项 {参保企业；非公企业；公企业}", {"参保企业": "是", "非公企业": "是"}, "是"),
        ("至少2项 {参保企业；非公企业；公企业}", {"参保企业": "是", "非公企业": "否"}, "待核"),
        ("至少2项 {参保企业；非公企业；公企业}", {"参保企业": "否", "非公企业": "否"}, "否"),
        ("用工人数 ≥ 50人", {"用工人数": "50人"}, "是"),
        ("用工人数 > 50人", {"用工人数": "50人"}, "否"),
        ("用工人数 = 用工人数", {}, "待核"),
        ("用工人数 ≥ 50人", {"用工人数": "60人 截至 2020年1月1日"}, "是"),
        ("用工人数 ≥ 50人", {"用工人数": "60人 截至 2020年1月1日"}, "是"),
        ("用工人数 ≥ 50人", {"用工人数": "60人 截至 2019年12月31日"}, "待核"),
        ("用工人数 ≥ 50人 以最近值计", {"用工人数": "60人 截至 2019年12月31日"}, "是"),
        ("用工人数 已知", {"用工人数": "60人 截至 2019年12月31日"}, "否"),
        ("用工人数 已知", {"用工人数": "60人"}, "是"),
        ("用工人数 未知", {}, "是"),
        ("研发费用 ÷ 营业收入 ≥ 5%", {"研发费用": "5万元", "营业收入": "100万元"}, "是"),
        ("研发费用 ÷ 营业收入 ≥ 5%", {"研发费用": "5万元", "营业收入": "0万元"}, "待核"),
        ("研发费用 × 0 = 0元", {}, "待核"),
        ("注册地 属于 郑州市", {"注册地": "郑州高新区"}, "是"),
        ("注册地 属于 郑州高新区", {"注册地": "郑州市"}, "待核"),
        ("注册地 不属于 郑州高新区", {"注册地": "郑州市"}, "待核"),
        ("注册地 不属于 湖北省", {"注册地": "郑州市"}, "是"),
        ("注册地 不属于 湖北省", {}, "待核"),
        ("不在 失信名单", {"失信名单": "不在"}, "是"),
        ("不在 失信名单", {"失信名单": "未覆盖"}, "待核"),
        ("不在 失信名单", {}, "待核"),
        ("成立日期 满 1个月", {"成立日期": "2020年2月29日"}, "是"),
        ("成立日期 满 2个月", {"成立日期": "2020年1月31日"}, "是"),
        ("成立日期 满 2个月", {"成立日期": "2020年2月1日"}, "否"),
        ("近6个月 内 无 安全事故", {"安全事故": "2019年9月30日"}, "是"),
        ("近6个月 内 无 安全事故", {"安全事故": "2019年10月1日"}, "否"),
        ("近6个月 内 无 安全事故", {"安全事故": "无"}, "是"),
        ("近6个月 内 无 安全事故", {}, "待核"),
        ("近2年 每年 年营业收入 ≥ 5万元", {"年营业收入": "{2018: 5万元；2019: 6万元；2020: 1万元}"}, "是"),
        ("近2年 每年 年营业收入 ≥ 5万元", {"年营业收入": "{2019: 6万元}"}, "待核"),
        ("近2年 每年 年营业收入 ≥ 5万元", {"年营业收入": "{2019: 4万元}"}, "否"),
        ("近2年 任一年 年营业收入 ≥ 5万元", {"年营业收入": "{2019: 6万元}"}, "是"),
        ("合计(年营业收入, 2年) ≥ 5万元", {"年营业收入": "{2019: 6万元}"}, "待核"),
        ("复合增长率(年营业收入, 2年) ≥ 20%", {"年营业收入": "{2017: 100万元；2019: 144万元}"}, "是"),
        ("复合增长率(年营业收入, 2年) > 20%", {"年营业收入": "{2017: 100万元；2019: 144万元}"}, "否"),
        ("复合增长率(年营业收入, 2年) = 20%", {"年营业收入": "{2017: 100万元；2019: 144万元}"}, "是"),
        ("复合增长率(年营业收入, 2年) ≥ 20%", {"年营业收入": "{2017: 0万元；2019: 144万元}"}, "待核"),
        ("复合增长率(年营业收入, 2年) ≥ −200%", {"年营业收入": "{2017: 100万元；2019: -50万元}"}, "是"),
        ("同比增长率(年营业收入, 1年) ≥ 10%", {"年营业收入": "{2018: 10万元；2019: 11万元}"}, "是"),
        ("营业收入 介于 5万元 (不含) 与 9万元 (含) 之间", {"营业收入": "5万元"}, "否"),
        ("营业收入 介于 5万元 (不含) 与 9万元 (含) 之间", {"营业收入": "9万元"}, "是"),
    ],
)  # fmt: skip
def test_answers(text: str, given: dict[str, str], expected: str) -> None:
    assert outcome(text, **given) == expected


@pytest.mark.parametrize(
    ("text", "given", "fact", "cause"),
    [
        ("用工人数 ≥ 50人", {}, "用工人数", Cause.MISSING),
        ("用工人数 ≥ 50人", {"用工人数": "60人 截至 2019年1月1日"}, "用工人数", Cause.STALE),
        ("不在 失信名单", {"失信名单": "未覆盖"}, "失信名单", Cause.UNCOVERED),
        ("注册地 属于 郑州高新区", {"注册地": "郑州市"}, "注册地", Cause.TOO_BROAD),
        ("研发费用 ÷ 营业收入 ≥ 5%", {"研发费用": "5万元", "营业收入": "0万元"}, "营业收入", Cause.ZERO_DIVISOR),
        ("复合增长率(年营业收入, 1年) ≥ 5%", {"年营业收入": "{2018: 0万元；2019: 1万元}"}, "年营业收入", Cause.NOT_COMPARABLE),
        ("近2年 每年 年营业收入 ≥ 5万元", {"年营业收入": "{2019: 6万元}"}, "年营业收入", Cause.MISSING),
    ],
)
def test_an_open_answer_names_its_cause(text: str, given: dict[str, str], fact: str, cause: Cause) -> None:
    verdict = judge(parse_condition(text, CATALOGUE), read_facts(given, CATALOGUE), on=ON, catalogue=CATALOGUE)
    assert verdict.answer is Answer.UNKNOWN
    used = [one for reason in verdict.reasons for one in reason.used if one.cause is not Cause.NONE]
    assert [(one.name, one.cause) for one in used] == [(fact, cause)]
    assert verdict.settling == (CATALOGUE.by_name[fact].code,)


def test_reasons_are_told_in_the_rules_own_words() -> None:
    rule = parse_condition("(重点保障企业 或 用工人数 ≥ 50人) 且 不在 失信名单 且 参保企业", CATALOGUE)
    facts = read_facts({"重点保障企业": "否", "用工人数": "48人 截至 2020年3月1日", "失信名单": "不在"}, CATALOGUE)
    verdict = judge(rule, facts, on=ON, catalogue=CATALOGUE)
    assert [(one.text, one.answer.value, one.matters) for one in verdict.reasons] == [
        ("重点保障企业", "否", True),
        ("用工人数 ≥ 50人", "否", True),
        ("不在 失信名单", "是", False),
        ("参保企业", "待核", False),
    ]
    used = verdict.reasons[1].used[0]
    assert (used.value, used.as_of, used.source) == ("48人", dt.date(2020, 3, 1), "用例")


def test_only_what_can_still_change_the_answer_settles_it() -> None:
    rule = parse_condition("(参保企业 或 重点保障企业) 且 (非公企业 或 公企业)", CATALOGUE)
    verdict = judge(rule, read_facts({"非公企业": "是"}, CATALOGUE), on=ON, catalogue=CATALOGUE)
    assert verdict.settling == ("insured", "key")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_completing_what_is_missing_never_turns_a_verdict(data: Any) -> None:
    rule = data.draw(some.conditions(CATALOGUE).filter(lambda rule: not any(isinstance(one, tree.Known) for one in every(rule))))
    known = data.draw(some.facts(CATALOGUE))
    before = answer(rule, known, on=some.ON, catalogue=CATALOGUE)
    full = data.draw(some.facts(CATALOGUE, complete=True))
    completed = {**full, **{code: datum for code, datum in known.items() if not isinstance(datum.value, dict)}}
    after = answer(rule, completed, on=some.ON, catalogue=CATALOGUE)
    series = any(isinstance(datum.value, dict) for datum in known.values())
    assert before is Answer.UNKNOWN or before is after or (series and _uses_series(rule))


def _uses_series(rule: tree.Condition) -> bool:
    return any(isinstance(one, tree.Yearly | tree.OverYears) for one in every(rule))


@pytest.mark.parametrize("period", ["年", "个月", "天"])
@given(day=st.dates(dt.date(2015, 1, 1), dt.date(2021, 12, 31)), count=st.integers(1, 40))
@settings(max_examples=80, deadline=None)
def test_latest_start_is_the_last_day_whose_period_has_run(period: Any, day: dt.date, count: int) -> None:
    start = latest_start(day, count, period)
    assert arrive(start, count, period) <= day < arrive(start + dt.timedelta(days=1), count, period)


def test_months_are_calendar_months() -> None:
    assert arrive(dt.date(2020, 1, 31), 1, "个月") == dt.date(2020, 2, 29)
    with pytest.raises(ValueError, match="工作日"):
        arrive(ON, 5, "工作日")


def test_cases_tell_what_differs() -> None:
    rule = parse_condition("用工人数 ≥ 50人", CATALOGUE)
    cases = [
        Case("够", {"用工人数": "50人"}, "是", ON),
        Case("写错", {"用工人数": "49人"}, "是", ON),
        Case("不知", {}, "待核", ON),
    ]
    assert [one.message for one in run_cases(rule, None, cases, CATALOGUE)] == ["", "应为是，实为否", ""]


def test_a_firm_against_a_policy_library_takes_milliseconds() -> None:
    """82 rules of five conditions with all reasons: about 0.85 ms measured on the bench; a loose cap here guards the order."""
    texts = [f"用工人数 ≥ {n}人 且 营业收入 ≥ {n}万元 且 (参保企业 或 重点保障企业) 且 注册地 属于 郑州市" for n in range(82)]
    library = prepare_all([parse_condition(text, CATALOGUE) for text in texts], CATALOGUE)
    facts = read_facts({"用工人数": "48人", "营业收入": "50万元", "参保企业": "是", "注册地": "郑州高新区"}, CATALOGUE)
    library.judge(facts, on=ON)
    start = time.perf_counter()
    for _ in range(10):
        verdicts = library.judge(facts, on=ON)
    assert (time.perf_counter() - start) / 10 < 0.02
    assert [one.answer for one in verdicts].count(Answer.YES) == 49
