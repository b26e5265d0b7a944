"""Implementing rules 实施细则 (POL-03): drafted, stood for by two persons, in force by day and territory; what is missing and who owes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.access import rules_visible_to
from songda.deliveries.policy.library.actions import (
    assign_gap,
    confirm_implementing_rule,
    draft_implementing_rule,
    edit_implementing_rule,
    end_implementing_rule,
    link_measures,
    publish_implementing_rule,
    return_implementing_rule,
    revise_implementing_rule,
    waive_rule,
    withdraw_implementing_rule,
)
from songda.deliveries.policy.library.models import GapAssignment, ImplementingRuleVersion
from songda.deliveries.policy.library.tests.rules_at_hand import all_published, drafted, in_force
from songda.deliveries.policy.library.tests.texts import NOW
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

pytestmark = pytest.mark.usefixtures("catalogue")
TODAY = dt.date(2020, 3, 10)
APRIL = dt.date(2020, 4, 1)


@pytest.fixture
def measures(cast):
    return all_published(cast)


def test_what_a_firm_needs_must_be_there_before_confirming(cast, measures):
    bare = draft_implementing_rule(title="示例细则", area_path=cast.zone.area_path, by=cast.editor, now=NOW)
    with pytest.raises(Invalid) as refused:
        confirm_implementing_rule(bare.pk, by=cast.editor, now=NOW)
    assert set(refused.value.fields) == {"measures", "department", "papers", "steps", "time_limit_days", "contact"}
    service, fund = drafted(cast, measures[2], payment_basis=""), drafted(cast, measures[0], payment_basis="")
    assert confirm_implementing_rule(service.pk, by=cast.editor, now=NOW).state == "reviewed"
    with pytest.raises(Invalid) as refused:
        confirm_implementing_rule(fund.pk, by=cast.editor, now=NOW)
    assert set(refused.value.fields) == {"payment_basis"}


def test_rules_take_no_longer_than_their_measures_promise(cast, measures):
    fund, service = drafted(cast, measures[0], time_limit_days=6), drafted(cast, measures[0], measures[2], time_limit_days=6)
    assert queries.rule_lacks(fund) == {}
    assert queries.rule_lacks(service) == {"time_limit_days": "办理时限 6 个工作日，长于措施承诺的 5 个工作日。"}


@pytest.mark.row("POL-03")
def test_one_set_covers_several_measures_and_one_measure_may_have_several(cast, measures):
    first = in_force(cast, measures[0], measures[1])
    second = in_force(cast, measures[1], title="示例补充细则")
    assert queries.covered_by(measures[0].measure, TODAY, cast.zone.area_path) == [first]
    assert queries.covered_by(measures[1].measure, TODAY, cast.zone.area_path) == [second, first]
    assert [one.measure_id for one in queries.covered_measures(first)] == [measures[0].measure_id, measures[1].measure_id]


@pytest.mark.row("POL-03")
def test_what_is_missing_is_the_difference_of_two_sets(cast, measures):
    in_force(cast, measures[0])
    drafted(cast, measures[1])  # a draft covers nothing yet
    in_force(cast, measures[2], valid_from=APRIL)
    found = queries.gaps(cast.editor, TODAY)
    assert {one.version.pk for one in found} == {measures[1].pk, measures[2].pk, measures[3].pk}
    assert {one.version.pk: [rule.state for rule in one.underway] for one in found} == {
        measures[1].pk: ["draft"], measures[2].pk: ["published"], measures[3].pk: [],
    }  # fmt: skip
    assert queries.gap_counts(cast.editor, TODAY) == (3, 0)
    assert {one.version.pk for one in queries.gaps(cast.editor, APRIL)} == {measures[1].pk, measures[3].pk}
    assert queries.gaps(replace(cast.editor, area_paths=(cast.other_zone.area_path,)), TODAY) == []
    assert queries.gaps(cast.editor, dt.date(2021, 1, 1)) == []  # all closed by then


def test_the_gap_report_takes_the_same_queries_however_many_there_are(cast, measures, django_assert_num_queries):
    assign_gap(measures[0].pk, area_path=cast.zone.area_path, department=cast.bureau, due_on=APRIL, by=cast.editor, now=NOW)
    with django_assert_num_queries(4):
        assert len(queries.gaps(cast.editor, TODAY)) == 4


@pytest.mark.row("POL-03")
def test_a_measure_opens_only_under_rules_in_force_and_names_them(cast, measures):
    assert queries.may_apply(measures[0], TODAY) == queries.Opening(False, "没有现行的实施细则，暂不能网上申报。")
    first = in_force(cast, measures[0])
    opening = queries.may_apply(measures[0], TODAY)
    assert (opening.allowed, opening.rule) == (True, first)
    assert opening.sentence == "可以申报，按《示例细则》第 1 版办理。"
    assert not queries.may_apply(measures[0], TODAY - dt.timedelta(days=1)).allowed
    assert "截止受理" in queries.may_apply(measures[0], dt.date(2021, 1, 1)).sentence
    end_implementing_rule(first.pk, until=TODAY, reason="政策到期", by=cast.publisher, now=NOW)
    assert queries.may_apply(measures[0], TODAY).allowed
    assert not queries.may_apply(measures[0], APRIL).allowed


def test_rules_of_one_territory_do_not_open_a_measure_in_another(cast, measures):
    city = replace(cast.editor, area_paths=(cast.city.area_path,))
    in_force(cast, measures[0])
    measure = measures[0]
    measure.area_path = cast.city.area_path
    measure.save(update_fields=["area_path"])
    assert queries.may_apply(measure, TODAY, cast.street_office.area_path).allowed
    assert not queries.may_apply(measure, TODAY, cast.other_zone.area_path).allowed
    assert measure.pk in {one.version.pk for one in queries.gaps(city, TODAY)}
    assert measure.pk not in {one.version.pk for one in queries.gaps(cast.editor, TODAY)}


@pytest.mark.row("POL-03")
def test_the_version_of_a_past_day_is_still_found(cast, measures):
    first = in_force(cast, measures[0])
    second = revise_implementing_rule(first.pk, by=cast.editor, now=NOW)
    with pytest.raises(Conflict):
        revise_implementing_rule(first.pk, by=cast.editor, now=NOW)
    edit_implementing_rule(second.pk, {"time_limit_days": 3}, by=cast.editor, now=NOW)
    confirm_implementing_rule(second.pk, by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="应晚于现行版") as refused:
        publish_implementing_rule(second.pk, by=cast.publisher, now=NOW)
    assert refused.value.code == "not_later"
    return_implementing_rule(second.pk, reason="改施行日期", by=cast.publisher, now=NOW)
    edit_implementing_rule(second.pk, {"valid_from": APRIL}, by=cast.editor, now=NOW)
    confirm_implementing_rule(second.pk, by=cast.editor, now=NOW)
    publish_implementing_rule(second.pk, by=cast.publisher, now=NOW)
    first.refresh_from_db()
    assert (first.state, first.valid_until) == ("superseded", dt.date(2020, 3, 31))
    rules = [queries.may_apply(measures[0], day).rule for day in (TODAY, dt.date(2020, 3, 31), APRIL)]
    assert [(one.number, one.time_limit_days) for one in rules] == [(1, 5), (1, 5), (2, 3)]


@pytest.mark.row("POL-03")
def test_a_missing_set_is_handed_to_a_department_with_a_day_and_closed_when_it_comes(cast, measures):
    def assign(due_on):
        return assign_gap(
            measures[0].pk, area_path=cast.zone.area_path, department=cast.bureau, due_on=due_on, by=cast.editor, now=NOW
        )

    with pytest.raises(Invalid, match="早于今天"):
        assign(dt.date(2020, 3, 1))
    assign(APRIL)
    owed = assign(dt.date(2020, 3, 20))
    assert GapAssignment.objects.count() == 1
    assert not queries.gaps(cast.editor, TODAY)[0].overdue
    late = queries.gaps_of_department(cast.desk, dt.date(2020, 3, 21))
    assert [(one.version.pk, one.overdue) for one in late] == [(measures[0].pk, True)]
    assert queries.gap_counts(cast.editor, dt.date(2020, 3, 21)) == (4, 1)
    assert queries.gaps_of_department(cast.stranger, TODAY) == []
    version = in_force(cast, measures[0])
    owed.refresh_from_db()
    assert (owed.closed_by, owed.closed_at) == (version, NOW)
    with pytest.raises(Conflict, match="不缺实施细则"):
        assign(APRIL)
    assert AuditEntry.objects.filter(action="policy.close_gap").count() == 1


def test_a_measure_may_need_no_rules_by_a_publishers_word(cast, measures):
    with pytest.raises(NotPermitted):
        waive_rule(measures[3].pk, reason="免申即享", by=cast.editor, now=NOW)
    waive_rule(measures[3].pk, reason="免申即享", by=cast.publisher, now=NOW)
    assert measures[3].pk not in {one.version.pk for one in queries.gaps(cast.editor, TODAY)}
    measures[3].measure.refresh_from_db()
    opening = queries.may_apply(measures[3], TODAY)
    assert (opening.allowed, opening.sentence) == (False, "本措施无须申报：免申即享")
    waive_rule(measures[3].pk, reason="", by=cast.publisher, now=NOW)
    assert measures[3].pk in {one.version.pk for one in queries.gaps(cast.editor, TODAY)}


@pytest.mark.row("POL-03")
def test_a_department_drafts_its_own_and_nothing_else(cast, measures):
    own = draft_implementing_rule(title="本单位细则", area_path=cast.zone.area_path, by=cast.desk, now=NOW)
    assert own.department_id == cast.bureau.pk
    edit_implementing_rule(own.pk, {"papers": ["申请表"]}, by=cast.desk, now=NOW)
    link_measures(own.pk, [measures[0].measure_id], by=cast.desk, now=NOW)
    others = drafted(cast, measures[1], department_id=None)
    with pytest.raises(NotFound):
        edit_implementing_rule(others.pk, {"papers": ["申请表"]}, by=cast.desk, now=NOW)
    with pytest.raises(NotPermitted, match="本单位"):
        edit_implementing_rule(own.pk, {"department_id": cast.city.pk}, by=cast.desk, now=NOW)
    with pytest.raises(NotPermitted):
        confirm_implementing_rule(own.pk, by=cast.desk, now=NOW)
    with pytest.raises(NotPermitted):
        draft_implementing_rule(title="示例", area_path=cast.zone.area_path, by=cast.officer, now=NOW)
    assert list(rules_visible_to(cast.desk)) == [own]
    assert rules_visible_to(cast.editor).count() == 2


def test_readers_see_what_is_published_and_reaches_them(cast, measures):
    version, _draft = in_force(cast, measures[0]), drafted(cast, measures[1])
    assert list(rules_visible_to(cast.officer)) == [version]
    assert list(rules_visible_to(cast.clerk)) == [version]
    assert list(rules_visible_to(cast.stranger)) == []


def test_only_drafts_are_written_to_and_only_in_shape(cast, measures):
    version = in_force(cast, measures[0])
    for write in (
        lambda: edit_implementing_rule(version.pk, {"title": "另名"}, by=cast.editor, now=NOW),
        lambda: link_measures(version.pk, [], by=cast.editor, now=NOW),
        lambda: withdraw_implementing_rule(version.pk, reason="示例", by=cast.editor, now=NOW),
    ):
        with pytest.raises(Conflict):
            write()
    other = drafted(cast, measures[1])
    with pytest.raises(Invalid, match="一行一步"):
        edit_implementing_rule(other.pk, {"steps": ["申报", ""]}, by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="早于施行"):
        edit_implementing_rule(other.pk, {"valid_from": APRIL, "valid_until": TODAY}, by=cast.editor, now=NOW)
    with pytest.raises(NotFound):
        link_measures(other.pk, [10**6], by=cast.editor, now=NOW)
    assert withdraw_implementing_rule(other.pk, reason="重复", by=cast.editor, now=NOW).state == "withdrawn"
    assert ImplementingRuleVersion.objects.filter(state="published").count() == 1
