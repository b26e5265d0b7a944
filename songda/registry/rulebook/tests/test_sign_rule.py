from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid
from songda.registry.facts.models import FactDefinition
from songda.registry.rulebook import queries
from songda.registry.rulebook.actions import copy_rule, draft_rule, sign_rule, take_effect
from songda.registry.rulebook.tests.books import AMOUNT, CASES, NOW, ON, TEXT

pytestmark = pytest.mark.usefixtures("catalogue")


def drafted(by, cases=CASES, text=TEXT, amount_text=AMOUNT):
    return draft_rule("rent-help", title="租金补贴", text=text, amount_text=amount_text, cases=cases, by=by, now=NOW)


def test_signing_runs_every_case_on_three_evaluators(cast):
    version = drafted(cast.editor)
    for case in version.cases.all():
        assert queries.outcome_of(version, case).answers == {"逐户": case.expect, "批量": case.expect, "SQL": case.expect}
    signed = sign_rule(version.pk, by=cast.editor, now=NOW)
    assert signed.signed_by == cast.editor.name
    assert AuditEntry.objects.filter(action="rule.sign", thing_id=str(version.pk)).exists()


@pytest.mark.parametrize("missing", range(4))
def test_each_sort_of_case_is_needed(cast, missing):
    kept = [case for at, case in enumerate(CASES) if at != missing]
    if missing == 0:  # two cases say 是; without both there is none
        kept = [case for case in kept if case["expect"] != "是"]
    with pytest.raises(Invalid) as refused:
        sign_rule(drafted(cast.editor, kept).pk, by=cast.editor, now=NOW)
    assert refused.value.code == "cases_missing"


@pytest.mark.parametrize(("part", "wrong"), [("expect", "否"), ("amount", "2万元")])
def test_a_case_that_comes_out_otherwise_is_named(cast, part, wrong):
    cases = [{**CASES[0], part: wrong, "name": "错的案例"}, *CASES[1:]]
    if part == "expect":
        cases = [{**CASES[0], "expect": "否", "amount": "", "name": "错的案例"}, *CASES[1:]]
    with pytest.raises(Invalid, match="错的案例"):
        sign_rule(drafted(cast.editor, cases).pk, by=cast.editor, now=NOW)


def test_a_signed_version_is_not_signed_twice(cast):
    version = sign_rule(drafted(cast.editor).pk, by=cast.editor, now=NOW)
    with pytest.raises(Conflict):
        sign_rule(version.pk, by=cast.editor, now=NOW)


def test_a_rule_read_under_another_catalogue_must_be_read_again(cast):
    version = drafted(cast.editor)
    FactDefinition.objects.filter(code="rent").update(freshness_days=30)
    with pytest.raises(Conflict, match="事实目录"):
        sign_rule(version.pk, by=cast.editor, now=NOW)


def test_the_next_version_in_force_ends_the_one_before(cast):
    first = sign_rule(drafted(cast.editor).pk, by=cast.editor, now=NOW)
    take_effect(first.pk, on=ON, by=cast.editor, now=NOW)
    second = sign_rule(copy_rule(first.pk, by=cast.editor, now=NOW).pk, by=cast.editor, now=NOW)
    take_effect(second.pk, on=ON + dt.timedelta(days=10), by=cast.editor, now=NOW)
    first.refresh_from_db()
    assert (first.starts_on, first.ends_on) == (ON, ON + dt.timedelta(days=9))


def test_an_unsigned_version_does_not_take_effect(cast):
    with pytest.raises(Conflict, match="尚未签发"):
        take_effect(drafted(cast.editor).pk, on=ON, by=cast.editor, now=NOW)


EVERY_KIND = (
    ("企业规模 属于 {小型}", {"企业规模": "小型"}, "是"),
    ("用工人数 ≥ 10人", {"用工人数": "12人 截至 2019年1月1日"}, "待核"),
    ("成立日期 满 2个月", {"成立日期": "2020年1月18日"}, "是"),
    ("成立日期 满 2个月", {"成立日期": "2020年1月19日"}, "否"),
    ("参保企业", {"参保企业": "否"}, "否"),
    ("不在 失信名单", {"失信名单": "不在"}, "是"),
    ("在 失信名单 于 2019年1月1日", {"失信名单": "未覆盖"}, "待核"),
    ("复合增长率(历年营业收入, 2年) ≥ 20%", {"历年营业收入": "2017: 500万元；2018: 600万元；2019: 720万元"}, "是"),
    ("近2年 每年 历年营业收入 > 600万元", {"历年营业收入": "2018: 600万元；2019: 720万元"}, "否"),
    ("近12个月 内 无 欠薪记录", {"欠薪记录": "2019年3月19日"}, "否"),
    ("近12个月 内 无 欠薪记录", {"欠薪记录": "无"}, "是"),
    ("近12个月 内 无 欠薪记录", {}, "待核"),
    ("欠薪记录 已知", {"欠薪记录": "无"}, "是"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "given", "expect"), EVERY_KIND)
def test_every_kind_of_fact_reads_the_same_on_every_evaluator(cast, text, given, expect):
    case = {"name": "一例", "on": ON, "given": given, "expect": expect}
    version = drafted(cast.editor, [case], text, "")
    outcome = queries.outcome_of(version, version.cases.get())
    assert set(outcome.answers.values()) == {expect}
    assert outcome.message == ""
