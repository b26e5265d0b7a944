"""A plan answers for every measure, is published by a second person, and its progress is the state of its tasks (POL-05)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from songda.deliveries.policy.library.actions import receive_version
from songda.deliveries.policy.plans import queries
from songda.deliveries.policy.plans.actions import RowSaid, confirm_plan, edit_row, publish_plan, renew_plan, return_plan
from songda.deliveries.policy.plans.tests.plans import DUE, LATER, drafted, published, whole
from songda.kernel import clock
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.ledger.cases.actions import Said, step_case
from songda.ledger.cases.models import Case, Party
from songda.registry.people.tests.cast import NOW

pytestmark = [pytest.mark.usefixtures("catalogue", "ledger"), pytest.mark.row("POL-05")]
TODAY = dt.date(2020, 3, 10)


def test_the_machine_drafts_a_row_a_measure_and_proposes_the_unit_its_text_names(cast):
    plan = drafted(cast)
    rows = queries.rows_of(plan)
    assert [one.label for one in rows] == ["一、", "二、", "三、"]
    assert [one.lead for one in rows] == [cast.bureau, None, cast.bureau]
    with pytest.raises(Conflict, match="已有"):
        drafted(cast, plan.upper)
    assert queries.completeness(plan, rows).answered == 0  # a unit without a day answers for nothing


def test_a_plan_with_an_unassigned_measure_is_refused_and_the_measure_is_named(cast):
    plan = whole(cast)
    second = queries.rows_of(plan)[1]
    edit_row(second.pk, RowSaid(), by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match=r"2/3.*二、提高审批效率"):
        confirm_plan(plan.pk, by=cast.editor, now=NOW)
    edit_row(second.pk, RowSaid(not_applicable="由市级统一办理"), by=cast.editor, now=NOW)
    assert confirm_plan(plan.pk, by=cast.editor, now=NOW).state == "reviewed"
    second.refresh_from_db()
    type(second).objects.filter(pk=second.pk).update(not_applicable="")
    with pytest.raises(Invalid, match="2/3"):
        publish_plan(plan.pk, by=cast.publisher, now=NOW)


def test_a_row_does_not_say_two_things_at_once(cast):
    row = queries.rows_of(drafted(cast))[0]
    with pytest.raises(Invalid, match="不适用"):
        edit_row(row.pk, RowSaid(cast.bureau.pk, due_on=DUE, not_applicable="无"), by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="配比"):
        edit_row(row.pk, RowSaid(cast.bureau.pk, due_on=DUE, ratio="半倍"), by=cast.editor, now=NOW)


def test_each_row_becomes_a_task_of_its_unit_due_on_its_day(cast):
    plan = published(cast)
    first, second, third = queries.rows_of(plan)
    assert second.task is None
    assert (first.task.lead, third.task.lead) == (cast.bureau, cast.bureau)
    assert first.task.due_at == clock.start_of(DUE + dt.timedelta(days=1))
    assert "1:0.5" in third.task.text
    assert list(third.task.parties.values_list("organisation", "role")) == [(cast.street_office.pk, Party.Role.SUPPORT)]


def test_progress_is_the_state_of_the_tasks(cast):
    plan = published(cast)
    rows = queries.rows_of(plan)
    assert told(plan) == ["waiting", "none", "waiting"]
    step_case(rows[0].task.pk, "accept", by=cast.desk, now=NOW)
    step_case(rows[2].task.pk, "accept", by=cast.desk, now=NOW)
    assert told(plan) == ["working", "none", "working"]
    assert told(plan, DUE + dt.timedelta(days=1)) == ["late", "none", "late"]
    step_case(rows[0].task.pk, "report", Said(note="已办"), by=cast.desk, now=NOW)
    Case.objects.filter(pk=rows[0].task.pk).update(state="verified", open=False)
    assert told(plan) == ["done", "none", "working"]
    units = queries.by_unit(queries.views_of(queries.rows_of(plan), TODAY))
    assert {one.name: one.total for one in units} == {str(cast.bureau): 2, "不适用": 1, "合计": 3}
    assert units[-1].counts == {"done": 1, "none": 1, "working": 1}


def test_a_later_text_marks_the_rows_it_touches_and_a_new_version_carries_the_rest(cast):
    plan = published(cast)
    assert queries.affected(plan, queries.rows_of(plan)) == []
    receive_version(plan.upper_id, text=LATER, by=cast.editor, now=NOW)
    marked = queries.affected(plan, queries.rows_of(plan))
    assert ("changed", 1) in {(one.kind, one.row.ordinal) for one in marked if one.row}
    assert {one.row.ordinal for one in marked if one.row} == {1, 3}
    later = renew_plan(plan.pk, by=cast.editor, now=NOW)
    rows = queries.rows_of(later)
    before = queries.rows_of(plan)
    assert (rows[0].task, rows[1].not_applicable) == (before[0].task, before[1].not_applicable)
    with pytest.raises(Conflict):
        renew_plan(plan.pk, by=cast.editor, now=NOW)
    said = RowSaid(cast.bureau.pk, due_on=DUE)
    for row in rows[:1] + rows[2:]:
        edit_row(row.pk, said, by=cast.editor, now=NOW)
    publish_plan(confirm_plan(later.pk, by=cast.editor, now=NOW).pk, by=cast.publisher, now=NOW)
    plan.refresh_from_db()
    assert plan.state == "superseded"
    assert queries.rows_of(later)[0].task == before[0].task
    before[2].task.refresh_from_db()
    gone = before[2].task.pk not in {one.task_id for one in queries.rows_of(later)}
    assert (before[2].task.state == "cancelled") == gone


def test_a_confirmed_plan_goes_back_with_a_reason(cast):
    plan = confirm_plan(whole(cast).pk, by=cast.editor, now=NOW)
    with pytest.raises(Invalid):
        return_plan(plan.pk, reason=" ", by=cast.publisher, now=NOW)
    assert return_plan(plan.pk, reason="期限太紧", by=cast.publisher, now=NOW).state == "draft"


def test_an_editor_of_another_place_finds_no_plan(cast):
    plan = whole(cast)
    elsewhere = replace(cast.editor, area_paths=(cast.other_zone.area_path,))
    with pytest.raises(NotFound):
        confirm_plan(plan.pk, by=elsewhere, now=NOW)


def told(plan, on=TODAY):
    return [one.standing.value for one in queries.views_of(queries.rows_of(plan), on)]
