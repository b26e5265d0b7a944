from __future__ import annotations

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import (
    confirm_measure,
    edit_draft,
    return_measure,
    settle_condition,
    withdraw_measure,
    write_rule,
)
from songda.deliveries.policy.library.tests.texts import NOW, completed, confirmed, drafts_of, received
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.registry.actors import system
from songda.registry.rulebook.tests.books import CASES, TEXT

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def drafts(cast):
    return drafts_of(received(cast.editor, cast.zone.area_path))


def test_a_fresh_draft_says_all_that_is_missing(cast, drafts):
    fund, service = drafts[0], drafts[2]
    assert set(queries.lacks(fund)) == {"budget_line", "rule", "conditions"}
    assert {"time_limit_days", "rule"} <= set(queries.lacks(service))
    with pytest.raises(Invalid) as refused:
        confirm_measure(fund.pk, by=cast.editor, now=NOW)
    assert set(refused.value.fields) == set(queries.lacks(fund))


@pytest.mark.row("POL-02")
def test_a_measure_without_a_source_is_refused(cast, drafts):
    version = completed(drafts[0], cast.editor)
    version.sources.all().delete()
    with pytest.raises(Invalid) as refused:
        confirm_measure(version.pk, by=cast.editor, now=NOW)
    assert set(refused.value.fields) == {"sources"}


def test_confirming_signs_the_rule(cast, drafts):
    version = confirmed(drafts[0], cast.editor)
    assert version.state == "reviewed"
    assert version.confirmed_by == cast.editor.account_id
    version.rule_version.refresh_from_db()
    assert version.rule_version.signed_by == cast.editor.name


def test_a_rule_whose_case_fails_stops_the_confirmation(cast, drafts):
    version = completed(drafts[0], cast.editor)
    write_rule(version.pk, text=TEXT, cases=[{**CASES[0], "expect": "否", "amount": ""}, *CASES[1:]], by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="符合"):
        confirm_measure(version.pk, by=cast.editor, now=NOW)
    version.refresh_from_db()
    assert version.state == "draft"


def test_rewriting_the_rule_keeps_its_cases(cast, drafts):
    version = completed(drafts[0], cast.editor)
    write_rule(version.pk, text="用工人数 ≥ 10人", by=cast.editor, now=NOW)
    version.refresh_from_db()
    assert version.rule_version.cases.count() == len(CASES)
    assert version.rule_version.number == 2


def test_a_condition_is_settled_in_the_rule_or_with_a_reason(cast, drafts):
    version = drafts[1]
    condition = version.open_conditions.first()
    with pytest.raises(Invalid, match="还没有规则"):
        settle_condition(condition.pk, by=cast.editor, now=NOW)
    settled = settle_condition(condition.pk, reason="由主管部门认定", by=cast.editor, now=NOW)
    assert settled.settled == "不作判定：由主管部门认定"
    write_rule(version.pk, text=TEXT, cases=CASES, by=cast.editor, now=NOW)
    assert settle_condition(condition.pk, by=cast.editor, now=NOW).settled == "已写入规则"


def test_a_confirmed_version_is_not_edited_until_it_is_returned(cast, drafts):
    version = confirmed(drafts[0], cast.editor)
    with pytest.raises(Conflict):
        edit_draft(version.pk, {"title": "别的"}, by=cast.editor, now=NOW)
    return_measure(version.pk, reason="资金渠道有误", by=cast.publisher, now=NOW)
    assert edit_draft(version.pk, {"title": "别的"}, by=cast.editor, now=NOW).title == "别的"
    version.refresh_from_db()
    assert version.confirmed_by is None


def test_reasons_are_required(cast, drafts):
    with pytest.raises(Invalid):
        withdraw_measure(drafts[0].pk, reason=" ", by=cast.editor, now=NOW)


def test_wrong_values_are_named_by_field(cast, drafts):
    for changes, field in (
        ({"title": "长" * 161}, "title"),
        ({"kind": "gift"}, "kind"),
        ({"time_limit_days": -1}, "time_limit_days"),
        ({"department_id": 10**6}, "department"),
        ({"papers": "申请表"}, "papers"),
        ({"opens_on": "2020-05-01", "closes_on": "2020-04-01"}, "closes_on"),
        ({"state": "published"}, "state"),
    ):
        with pytest.raises(Invalid) as refused:
            edit_draft(drafts[0].pk, changes, by=cast.editor, now=NOW)
        assert field in refused.value.fields
    drafts[0].refresh_from_db()
    assert drafts[0].kind == "fund"


def test_nobody_and_strangers_confirm_nothing(cast, drafts):
    version = completed(drafts[0], cast.editor)
    with pytest.raises(NotPermitted, match="本人"):
        confirm_measure(version.pk, by=system(), now=NOW)
    for part in (cast.desk, cast.clerk, cast.publisher):
        with pytest.raises((NotPermitted, NotFound)):
            confirm_measure(version.pk, by=part, now=NOW)
