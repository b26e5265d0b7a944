from __future__ import annotations

import datetime as dt

import pytest

from songda.registry.rulebook import queries
from songda.registry.rulebook.actions import draft_rule, sign_rule
from songda.registry.rulebook.rules.case_lines import cases_of_lines, lines_of_cases
from songda.registry.rulebook.tests.books import AMOUNT, TEXT

ON = dt.date(2020, 3, 10)
NOW = dt.datetime(2020, 3, 10, 2, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.usefixtures("catalogue")


def suggested(text, amount=""):
    return {one["name"]: one for one in queries.suggestions(text, amount, ON)}


def test_one_of_each_sort_with_the_facts_of_the_formula():
    found = suggested(TEXT, AMOUNT)
    assert {name: one["expect"] for name, one in found.items()} == {
        "符合条件": "是", "不符合": "否", "恰在界线上": "是", "数据不全": "待核",
    }  # fmt: skip
    assert found["符合条件"]["given"] == {"月租金": "10万元", "企业规模": "小型", "用工人数": "20人"}
    assert found["恰在界线上"]["given"] == found["符合条件"]["given"] | {"用工人数": "10人"}
    assert [one["boundary"] for one in found.values()] == [False, False, True, False]
    assert {one["amount"] for one in found.values()} == {""}


def test_an_edge_that_is_not_included_is_said_to_be_no():
    assert suggested("用工人数 > 10人")["恰在界线上"] | {"on": ON} == {
        "name": "恰在界线上", "on": ON, "given": {"用工人数": "10人"}, "expect": "否", "amount": "", "boundary": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["不在 失信名单 且 用工人数 ≤ 5人", "参保企业 或 用工人数 ≥ 3人", "参保企业 为 否 且 用工人数 ≥ 3人"]
)
def test_negations_and_alternatives(text):
    found = suggested(text)
    assert [found[name]["expect"] for name in ("符合条件", "不符合", "数据不全")] == ["是", "否", "待核"]


@pytest.mark.parametrize("text", ["", "用工人数 ≥ 10", "近3年 每年 历年营业收入 ≥ 500万元"])
def test_nothing_is_suggested_where_nothing_can_be_made(text):
    assert suggested(text) == {}


def test_suggestions_read_back_and_may_be_signed(cast):
    lines = lines_of_cases(queries.suggestions(TEXT, AMOUNT, ON))
    version = draft_rule("r", title="示例", text=TEXT, amount_text=AMOUNT, cases=cases_of_lines(lines), by=cast.editor, now=NOW)
    assert sign_rule(version.pk, by=cast.editor, now=NOW).signed_by == cast.editor.name


def test_more_than_nothing_is_a_plain_sum():
    found = suggested("月租金 > 0元")
    assert {name: one["given"].get("月租金") for name, one in found.items()} == {
        "符合条件": "10万元", "不符合": "0元", "恰在界线上": "0元", "数据不全": None,
    }  # fmt: skip
