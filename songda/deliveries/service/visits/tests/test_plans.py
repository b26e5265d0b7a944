"""一企一策: one in force, every open difficulty taken up, lines that close with their difficulty, the task of an expired review."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.service.demands import actions as demands
from songda.deliveries.service.visits import actions, queries
from songda.deliveries.service.visits.actions import Line, Sheet
from songda.deliveries.service.visits.models import Plan
from songda.deliveries.service.visits.tests.ground import DAY, fresh
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.models import Case
from songda.registry.people.tests.cast import NOW

REVIEW = dt.date(2020, 4, 10)
DUE = dt.date(2020, 3, 31)


def sheet(ground, *cases, review=REVIEW, **more):
    lines = [Line(f"协调解决：{case.title}", ground.cast.bureau.pk, DUE, case.pk) for case in cases]
    own = [Line("恢复两班生产", ground.cast.zone.pk, DUE)]
    return Sheet("开工率六成", "三月底达产", review, (*lines, *own), **more)


def active(ground, *cases):
    plan = actions.draft_plan(ground.firm.pk, sheet(ground, *cases), by=ground.cast.officer, now=NOW)
    return actions.activate_plan(plan.pk, by=ground.cast.officer, now=NOW)


@pytest.mark.row("SVC-08")
def test_each_open_difficulty_is_taken_up_before_a_plan_is_in_force(ground):
    labour, power = ground.board.file(), ground.board.file(title="用电增容", category="")
    plan = actions.draft_plan(ground.firm.pk, sheet(ground, labour), by=ground.cast.officer, now=NOW)
    with pytest.raises(Conflict, match="难题“用电增容”还没有对应的措施"):
        actions.activate_plan(plan.pk, by=ground.cast.officer, now=NOW)
    actions.rewrite_plan(plan.pk, sheet(ground, labour, power), by=ground.cast.officer, now=NOW)
    assert actions.activate_plan(plan.pk, by=ground.cast.officer, now=NOW).state == "active"
    later = ground.board.file(title="原料运不进来", category="")
    assert [case.pk for case in queries.standing_of(fresh(plan)).gaps] == [later.pk]


@pytest.mark.row("SVC-08")
def test_exactly_one_plan_is_in_force(ground):
    first, second = active(ground), active(ground)
    assert (fresh(first).state, fresh(second).state, second.number) == ("past", "active", 2)
    assert Plan.objects.filter(subject=ground.firm, state="active").count() == 1


@pytest.mark.row("SVC-08")
def test_closing_a_difficulty_marks_its_line(ground):
    case = ground.board.confirmed()
    plan = active(ground, case)
    assert queries.standing_of(plan).done == 0
    demands.close_demand(case.pk, by=ground.cast.dispatcher, now=NOW + DAY)
    assert [one.done for one in queries.standing_of(plan).lines] == [True, False]
    line = plan.lines.get(case=case)
    with pytest.raises(Conflict):
        actions.tick_line(line.pk, by=ground.cast.officer, now=NOW)
    actions.tick_line(plan.lines.get(case=None).pk, by=ground.cast.officer, now=NOW)
    assert queries.standing_of(plan).done == 2


@pytest.mark.row("SVC-08")
def test_an_expired_review_raises_one_task(ground):
    plan = active(ground)
    late = dt.datetime(2020, 4, 11, 1, tzinfo=dt.UTC)
    assert actions.raise_reviews(now=NOW) == 0
    assert [actions.raise_reviews(now=late), actions.raise_reviews(now=late)] == [1, 0]
    task = Case.objects.get(kind__kind__code="task")
    assert (fresh(plan).review_case, task.holder_id, task.due_at is not None) == (task, ground.cast.officer.post_id, True)


def test_one_draft_at_a_time_and_what_is_in_force_is_not_edited(ground):
    plan = actions.draft_plan(ground.firm.pk, sheet(ground), by=ground.cast.officer, now=NOW)
    with pytest.raises(Conflict):
        actions.draft_plan(ground.firm.pk, sheet(ground), by=ground.cast.officer, now=NOW)
    actions.activate_plan(plan.pk, by=ground.cast.officer, now=NOW)
    with pytest.raises(Conflict):
        actions.rewrite_plan(plan.pk, sheet(ground), by=ground.cast.officer, now=NOW)


def test_a_plan_without_lines_or_with_a_past_review_is_refused(ground):
    empty = Sheet("", "三月底达产", dt.date(2020, 3, 1))
    plan = actions.draft_plan(ground.firm.pk, empty, by=ground.cast.officer, now=NOW)
    with pytest.raises(Conflict, match=r"还没有一条措施.*复核日期"):
        actions.activate_plan(plan.pk, by=ground.cast.officer, now=NOW)
    with pytest.raises(Invalid):
        blank = Sheet("", "", REVIEW, (Line(" ", ground.cast.zone.pk, DUE),))
        actions.rewrite_plan(plan.pk, blank, by=ground.cast.officer, now=NOW)
