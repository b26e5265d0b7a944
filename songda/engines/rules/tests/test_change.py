"""The shortest change that turns 否 into 是."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from songda.engines.rules.cases import read_datum, read_facts
from songda.engines.rules.catalogue import Kind
from songda.engines.rules.change import MOST_FACTS, explain, settling_facts, shortest_change
from songda.engines.rules.judge import answer
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.tests import strategies as some
from songda.engines.rules.tests.cast import CATALOGUE
from songda.engines.rules.verdict import Answer

ON = dt.date(2020, 3, 31)


def changes(text: str, **given: str) -> list[tuple[str, str, str]]:
    facts = read_facts(given, CATALOGUE)
    found = shortest_change(parse_condition(text, CATALOGUE), facts, on=ON, catalogue=CATALOGUE)
    return [(one.name, one.now, one.needed) for one in found]


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("用工人数 ≥ 50人", {"用工人数": "48人"}, [("用工人数", "48人", "50人")]),
        ("用工人数 > 50人", {"用工人数": "48人"}, [("用工人数", "48人", "51人")]),
        ("用工人数 < 50人", {"用工人数": "60人"}, [("用工人数", "60人", "49人")]),
        ("设备投资额 > 5元", {"设备投资额": "1元"}, [("设备投资额", "1元", "5.01元")]),
        ("研发费用 ÷ 营业收入 ≥ 5%", {"研发费用": "1万元", "营业收入": "100万元"}, [("研发费用", "1万元", "5万元")]),
        ("非 参保企业", {"参保企业": "是"}, [("参保企业", "是", "否")]),
        ("不在 失信名单", {"失信名单": "在"}, [("失信名单", "在", "不在")]),
        ("企业规模 属于 {小型；微型}", {"企业规模": "大型"}, [("企业规模", "大型", "小型；微型")]),
        ("成立日期 满 1年", {"成立日期": "2019年6月1日"}, [("成立日期", "2019年6月1日", "2019年3月31日")]),
        ("近6个月 内 无 安全事故", {"安全事故": "2020年1月1日"}, [("安全事故", "最近一次 2020年1月1日", "近6个月内无")]),
        (
            "复合增长率(年营业收入, 2年) ≥ 20%",
            {"年营业收入": "{2017: 100万元；2019: 110万元}"},
            [("年营业收入", "2017年 100万元；2019年 110万元", "2019年 144万元")],
        ),
        ("近2年 每年 年营业收入 ≥ 5万元", {"年营业收入": "{2018: 4万元；2019: 6万元}"}, [("年营业收入", "2018年 4万元；2019年 6万元", "2018年 5万元")]),
        ("用工人数 ≥ 50人 且 用工人数 ≥ 80人", {"用工人数": "48人"}, [("用工人数", "48人", "80人")]),
        ("参保企业 或 (非公企业 且 公企业)", {"参保企业": "否", "非公企业": "否", "公企业": "否"}, [("参保企业", "否", "是")]),
        ("至少2项 {参保企业；非公企业；公企业}", {"参保企业": "否", "非公企业": "是", "公企业": "否"}, [("参保企业", "否", "是")]),
        ("注册地 属于 湖北省 或 参保企业", {"注册地": "郑州市", "参保企业": "否"}, [("参保企业", "否", "是")]),
        ("参保企业 且 用工人数 ≥ 50人", {"参保企业": "否", "用工人数": "60人 截至 2019年1月1日"}, [("参保企业", "否", "是"), ("用工人数", "60人", "更新后仍为 60人")]),
    ],
)  # fmt: skip
def test_boundary_values_in_words(text: str, given: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    assert changes(text, **given) == expected


def test_more_than_three_facts_is_too_far() -> None:
    text = "参保企业 且 非公企业 且 公企业 且 重点保障企业"
    assert changes(text, 参保企业="否", 非公企业="否", 公企业="否", 重点保障企业="否") == []
    assert len(changes(text, 参保企业="否", 非公企业="否", 公企业="否", 重点保障企业="是")) == MOST_FACTS


def test_what_settles_an_open_verdict() -> None:
    rule = parse_condition("参保企业 且 (用工人数 ≥ 50人 或 非公企业)", CATALOGUE)
    facts = read_facts({"参保企业": "是", "非公企业": "否"}, CATALOGUE)
    assert settling_facts(rule, facts, on=ON, catalogue=CATALOGUE) == ("staff",)


def _plain(fact: str) -> bool:
    return CATALOGUE.by_code[fact].kind in (Kind.BOOL, Kind.NUM, Kind.DATE)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_the_words_of_an_offered_change_give_yes(data: Any) -> None:
    rule, facts = data.draw(some.conditions(CATALOGUE)), data.draw(some.facts(CATALOGUE))
    verdict = explain(rule, facts, on=some.ON, catalogue=CATALOGUE)
    told = {
        one.fact: read_datum(one.needed, CATALOGUE.by_code[one.fact], CATALOGUE)
        for one in verdict.changes
        if _plain(one.fact) and "更新" not in one.needed
    }
    if verdict.changes and len(told) == len(verdict.changes):
        assert answer(rule, {**facts, **told}, on=some.ON, catalogue=CATALOGUE) is Answer.YES
    assert len({one.fact for one in verdict.changes}) == len(verdict.changes) <= MOST_FACTS
    assert not verdict.changes or verdict.answer is Answer.NO
