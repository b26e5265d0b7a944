"""Whose it is: refusing and deciding, handing over, support, replacement."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.service.demands import actions, queries
from songda.deliveries.service.demands.actions import Assignees
from songda.deliveries.service.demands.tests.board import DAY, HOUR, NOW, fresh
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.access import visible_to
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Alert, CaseStep
from songda.registry.people.actions import Leave, note_absence
from songda.registry.people.models import Post
from songda.registry.people.queries import actor_for
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY as TODAY
from songda.registry.people.tests.cast import hire

WHY = Said(note="三定方案第五条，应由街道办理")


def dispute(board, case, at=NOW + HOUR):
    actions.dispute_demand(case.pk, WHY, by=board.cast.desk, now=at, suggested_id=board.cast.street_office.pk)
    return fresh(case)


def test_refused_with_a_ground_and_decided_for_good(board):
    case = board.assigned()
    with pytest.raises(Invalid):
        actions.dispute_demand(case.pk, Said(), by=board.cast.desk, now=NOW)
    assert (dispute(board, case).state, case.bounced) == ("disputed", 1)
    (waiting,) = queries.disputed(board.cast.dispatcher, now=NOW)
    assert (waiting.row.case, waiting.step.note) == (case, WHY.note)
    actions.decide_demand(case.pk, board.cast.street_office.pk, Said(note="属地"), by=board.cast.dispatcher, now=NOW + HOUR)
    assert (fresh(case).state, case.lead) == ("assigned", board.cast.street_office)
    with pytest.raises(Conflict):
        actions.dispute_demand(case.pk, WHY, by=board.cast.street, now=NOW + HOUR)


def test_a_refusal_comes_within_its_clock_or_not_at_all(board):
    case = board.assigned()
    with pytest.raises(Conflict, match="退单时限已过"):
        dispute(board, case, NOW + 3 * DAY)


def test_given_anew_after_a_refusal_it_stays(board):
    case = dispute(board, board.assigned())
    actions.decide_demand(case.pk, board.cast.bureau.pk, Said(note="仍由你局"), by=board.cast.dispatcher, now=NOW + HOUR)
    actions.assign_demand(case.pk, Assignees(board.cast.street_office.pk), by=board.cast.dispatcher, now=NOW + 2 * HOUR)
    assert case.parties.get(role="lead", ended_at=None).final


def test_handed_over_only_when_the_other_side_accepts(board):
    cast, case = board.cast, board.working()
    other = hire(Role.SERVICE_OFFICER, at=cast.zone, name="示例他人")
    actions.hand_over(case.pk, cast.zone.pk, Said(note="需现场协调"), by=cast.desk, now=NOW, post_id=other.post_id)
    assert (fresh(case).lead, case.holder_id) == (cast.bureau, cast.desk.post_id)
    assert [party.case_id for party in queries.handed_over(other)] == [case.pk]
    with pytest.raises(NotFound):
        actions.accept_hand_over(case.pk, by=cast.desk, now=NOW)
    with pytest.raises(Conflict):
        actions.hand_over(case.pk, cast.street_office.pk, Said(note="改交街道"), by=cast.desk, now=NOW)
    actions.accept_hand_over(case.pk, by=other, now=NOW + HOUR)
    assert (fresh(case).lead, case.holder_id) == (cast.zone, other.post_id)
    assert case.parties.get(organisation=cast.bureau).answer == "released"
    assert case.parties.get(role="lead", ended_at=None).organisation == cast.zone


def test_not_accepted_it_stays(board):
    cast, case = board.cast, board.working()
    actions.hand_over(case.pk, cast.street_office.pk, Said(note="属地事项"), by=cast.desk, now=NOW)
    with pytest.raises(Invalid):
        actions.refuse_hand_over(case.pk, Said(), by=cast.street, now=NOW)
    actions.refuse_hand_over(case.pk, Said(note="不在本街道"), by=cast.street, now=NOW)
    assert (fresh(case).lead, case.holder_id) == (cast.bureau, cast.desk.post_id)
    with pytest.raises(Invalid):
        actions.hand_over(case.pk, cast.bureau.pk, Said(note="还给自己"), by=cast.desk, now=NOW)


def test_supporters_answer_each_for_itself_and_do_not_lead(board):
    cast, case = board.cast, board.working()
    actions.ask_support(case.pk, [cast.street_office.pk], Said(note="请核实用工缺口"), by=cast.desk, now=NOW)
    with pytest.raises(NotPermitted, match="牵头"):
        actions.note_progress(case.pk, Said(note="街道代办"), by=cast.street, now=NOW)
    actions.answer_support(case.pk, "accepted", Said(), by=cast.street, now=NOW + HOUR)
    actions.answer_support(case.pk, "done", Said(note="缺 30 人"), by=cast.street, now=NOW + 2 * HOUR)
    party = case.parties.get(role="support")
    assert (party.answer, party.reason) == ("done", "缺 30 人")
    actions.note_progress(case.pk, Said(note="已对接人才市场"), by=cast.desk, now=NOW + 2 * HOUR)


@pytest.mark.row("SVC-06")
def test_several_agencies_from_the_start_with_one_lead(board):
    case = board.assigned(support=(board.cast.street_office.pk, board.cast.zone.pk))
    assert sorted(case.parties.values_list("role", flat=True)) == ["lead", "support", "support"]


def test_a_deputy_handles_for_the_holder_and_the_step_says_so(board):
    cast, case = board.cast, board.working()
    leave = Leave(TODAY, TODAY + dt.timedelta(days=3), board.colleague.post_id)
    note_absence(cast.desk.post_id, leave, by=cast.desk, now=NOW)
    deputy = actor_for(Post.objects.select_related("person__account", "organisation").get(pk=board.colleague.post_id), on=TODAY)
    actions.note_progress(case.pk, Said(note="已对接"), by=deputy, now=NOW)
    step = CaseStep.objects.get(case=case, step="progress")
    assert (step.name, step.for_name, fresh(case).holder_id) == ("示例同事", "示例部门经办", cast.desk.post_id)


def test_leave_without_a_deputy_raises_one_alert_a_case(board):
    case = board.working()
    assert actions.watch_leave(now=NOW) == 0
    note_absence(board.cast.desk.post_id, Leave(TODAY, TODAY), by=board.cast.desk, now=NOW)
    assert (actions.watch_leave(now=NOW), actions.watch_leave(now=NOW)) == (1, 0)
    alert = Alert.objects.get(case=case, clock="absence")
    assert alert.post_id == board.cast.dispatcher.post_id
    assert [one for one, _leave in queries.uncovered_for(board.cast.dispatcher, TODAY)] == [case]
    assert queries.uncovered_for(board.cast.stranger, TODAY) == []


def test_cases_of_an_ended_post_go_to_the_least_laden_of_its_role_else_to_the_head(board):
    case, cast = board.working(), board.cast
    Post.objects.filter(pk=cast.desk.post_id).update(ends_on=TODAY)
    assert (actions.replace_ended(now=NOW), actions.replace_ended(now=NOW)) == (1, 0)
    assert fresh(case).holder_id == board.colleague.post_id
    Post.objects.filter(pk=board.colleague.post_id).update(ends_on=TODAY)
    actions.replace_ended(now=NOW)
    assert fresh(case).holder_id == cast.lead.post_id
    assert list(visible_to(cast.lead)) == [case]


def test_the_dispatcher_gives_it_to_another_of_the_same_unit(board):
    case, by = board.working(), board.cast.dispatcher
    with pytest.raises(Invalid):
        actions.replace_holder(case.pk, board.cast.officer.post_id, Said(note="调整"), by=by, now=NOW)
    actions.replace_holder(case.pk, board.colleague.post_id, Said(note="负荷调整"), by=by, now=NOW)
    assert fresh(case).holder_id == board.colleague.post_id
