"""Controls on whose a demand is: never bounced twice, handed over by acceptance only, led by one, time asked for in time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.service.demands import access, actions
from songda.deliveries.service.demands.actions import own_demand, work_on
from songda.deliveries.service.demands.tests.board import DAY, HOUR, NOW, fresh, lay
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.actions import Said, answer_party
from songda.ledger.cases.actions import parties as ledger_parties
from songda.ledger.cases.models import Case, CaseClock, Party
from songda.registry.people.actions import Leave, note_absence
from songda.registry.people.models import Absence
from songda.registry.people.queries import actor_for
from songda.registry.people.tests.cast import DAY as TODAY
from tests.controls.opened import check_off, unique_off

WHY = Said(note="三定方案第五条")


@pytest.fixture
def board(cast):
    return lay(cast)


def decided(board):
    case = board.assigned()
    actions.dispute_demand(case.pk, WHY, by=board.cast.desk, now=NOW + HOUR)
    actions.decide_demand(case.pk, board.cast.street_office.pk, Said(note="属地"), by=board.cast.dispatcher, now=NOW + HOUR)
    return fresh(case)


def test_never_bounced_twice_and_would_be_without_the_finality(board):
    case = decided(board)
    with pytest.raises(Conflict, match="权属已经裁定"):
        actions.dispute_demand(case.pk, WHY, by=board.cast.street, now=NOW + HOUR)
    with pytest.raises(Conflict, match="权属已经裁定"):  # the ledger's own line behind it
        answer_party(case.parties.get(role="lead", ended_at=None), "refused", by=board.cast.street, now=NOW, reason="不办")
    Party.objects.filter(case=case).update(final=False)
    Case.objects.filter(pk=case.pk).update(bounced=0)
    actions.dispute_demand(case.pk, WHY, by=board.cast.street, now=NOW + HOUR)
    assert fresh(case).state == "disputed"


def test_a_refusal_has_its_own_clock_and_would_have_none_without_it(board):
    case = board.assigned()
    late = NOW + 3 * DAY
    with pytest.raises(Conflict, match="退单时限已过"):
        actions.dispute_demand(case.pk, WHY, by=board.cast.desk, now=late)
    CaseClock.objects.filter(case=case, code="own").update(due_at=None)
    actions.dispute_demand(case.pk, WHY, by=board.cast.desk, now=late)
    assert fresh(case).state == "disputed"


def test_nobody_takes_over_unasked_and_could_without_the_question(board, monkeypatch):
    case, cast = board.working(), board.cast
    actions.hand_over(case.pk, cast.street_office.pk, Said(note="属地"), by=cast.desk, now=NOW)
    assert fresh(case).lead == cast.bureau
    with pytest.raises(NotFound):
        actions.accept_hand_over(case.pk, by=board.colleague, now=NOW)
    monkeypatch.setattr(access, "party_asked", lambda case, role, _actor: Party.objects.get(case=case, role=role))
    actions.accept_hand_over(case.pk, by=board.colleague, now=NOW)
    assert fresh(case).lead == cast.street_office


def test_one_hand_over_at_a_time_and_two_without_the_index(board):
    case, cast = board.working(), board.cast

    def ask():
        with transaction.atomic():
            ledger_parties.ask_take_over(case, cast.street_office.pk, None, by=cast.desk, now=NOW)

    ask()
    with pytest.raises(Conflict):
        ask()
    with unique_off(Party, "one_hand_over_a_case"):
        ask()
    assert case.parties.filter(role="takeover").count() == 2


def test_supporters_do_not_lead_and_would_without_the_rule(board, monkeypatch):
    case, cast = board.working(), board.cast
    actions.ask_support(case.pk, [cast.street_office.pk], Said(note="协助核实"), by=cast.desk, now=NOW)
    with pytest.raises(NotPermitted, match="牵头"):
        actions.pause_demand(case.pk, TODAY + dt.timedelta(days=3), Said(told="等材料"), by=cast.street, now=NOW)
    monkeypatch.setattr(access, "leads", lambda *_: True)
    actions.pause_demand(case.pk, TODAY + dt.timedelta(days=3), Said(told="等材料"), by=cast.street, now=NOW)
    assert fresh(case).state == "paused"


def test_more_time_is_asked_for_before_the_deadline_and_could_be_after_without_the_rule(board, monkeypatch):
    case = board.working()
    late = case.due_at + HOUR
    with pytest.raises(Invalid, match="已过办结期限"):
        actions.ask_extension(case.pk, 3, WHY, by=board.cast.desk, now=late)
    monkeypatch.setattr(work_on, "fault_of_extension", lambda *_: "")
    assert actions.ask_extension(case.pk, 3, WHY, by=board.cast.desk, now=late).step == "ask_extension"


def test_a_bad_ending_of_a_refusal_changes_nothing(board, monkeypatch):
    case = board.assigned()
    monkeypatch.setattr(own_demand, "answer_party", lambda *_, **__: (_ for _ in ()).throw(Conflict("已经结束")))
    with pytest.raises(Conflict):
        actions.dispute_demand(case.pk, WHY, by=board.cast.desk, now=NOW)
    assert (fresh(case).state, case.bounced) == ("assigned", 0)


def test_nobody_is_his_own_deputy_and_might_be_without_the_check(board):
    post = board.cast.desk.post_id
    given = {"post_id": post, "deputy_id": post, "starts_on": TODAY, "ends_on": TODAY, "noted_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(**given)
    with check_off(Absence, "nobody_is_his_own_deputy"), transaction.atomic():
        assert Absence.objects.create(**given).pk


def test_a_deputy_lends_no_rights_of_another_role_and_would_without_the_rule(board):
    note_absence(board.cast.desk.post_id, Leave(TODAY, TODAY, board.colleague.post_id), by=board.cast.desk, now=NOW)
    Absence.objects.update(deputy=board.cast.street.post_id)  # as if the check of the deputy were gone
    post = type(Absence.objects.get().deputy).objects.select_related("person__account", "organisation")
    assert actor_for(post.get(pk=board.cast.street.post_id), on=TODAY).covers == ()
    Absence.objects.update(deputy=board.colleague.post_id)
    assert actor_for(post.get(pk=board.colleague.post_id), on=TODAY).covers == (board.cast.desk.post_id,)
