"""A demand from filing to closing, and the ways in between."""

from __future__ import annotations

import pytest

from songda.deliveries.service.demands import actions, queries
from songda.deliveries.service.demands.actions import Opinion, Result
from songda.deliveries.service.demands.tests.board import DAY, HOUR, fresh, proof
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case, CaseStep, Word
from songda.ledger.notices.models import Notice
from songda.registry.people.tests.cast import NOW


def steps(case):
    return list(CaseStep.objects.filter(case=case).order_by("seq").values_list("step", flat=True))


@pytest.mark.row("SVC-06", "SVC-07")
def test_filed_assigned_taken_proposed_confirmed_closed(board):
    case = board.confirmed()
    assert (case.state, case.outcome, case.cause, case.lead, case.holder_id) == (
        "confirmed", "solved", "outside", board.cast.bureau, board.cast.desk.post_id,
    )  # fmt: skip
    actions.close_demand(case.pk, by=board.cast.dispatcher, now=NOW + 3 * HOUR)
    assert (fresh(case).state, case.open) == ("closed", False)
    assert steps(case) == ["file", "assign", "take", "propose", "confirm", "close"]
    assert not case.parties.filter(ended_at=None).exists()
    assert case.parties.get(role="lead").answer == "accepted"


def test_the_firm_is_told_each_told_text_once(board):
    case = board.assigned()
    said = Said(told="请补充用工清单。", request_key="k1")
    actions.take_demand(case.pk, said, by=board.cast.desk, now=NOW)
    actions.take_demand(case.pk, said, by=board.cast.desk, now=NOW)
    texts = [line.text for notice in Notice.objects.exclude(subject=None).order_by("pk") for line in notice.lines.all()]
    assert texts == ["您的诉求已交甲区科工信局承办，将尽快与您联系。", "请补充用工清单。"]
    assert steps(case) == ["file", "assign", "take"]


def test_an_objection_sends_it_back_to_work_with_a_new_round(board):
    case = board.proposed()
    with pytest.raises(Invalid):
        actions.object_result(case.pk, Opinion(), by=board.cast.clerk, now=NOW)
    actions.object_result(case.pk, Opinion(True, False, "", "还差十人"), by=board.cast.clerk, now=NOW + 2 * HOUR)
    assert fresh(case).state == "working"
    board.propose(case, at=NOW + DAY)
    actions.confirm_result(case.pk, Opinion(True, True, "4"), by=board.cast.clerk, now=NOW + DAY)
    assert list(Word.objects.filter(case=case).order_by("cycle").values_list("answer", "grade")) == [("no", ""), ("yes", "4")]


@pytest.mark.row("SVC-07")
def test_solved_on_the_spot_is_counted_apart_and_still_needs_the_word(board):
    case = board.file(by=board.cast.desk, channel="phone")
    said = Said(told="已当场答复并发放招工指南。", evidence=(proof(case).pk,))
    actions.solve_on_spot(case.pk, said, by=board.cast.desk, now=NOW + HOUR)
    assert (fresh(case).state, case.outcome, case.lead) == ("proposed", "solved", board.cast.bureau)
    with pytest.raises(Conflict):
        actions.close_demand(case.pk, by=board.cast.dispatcher, now=NOW + HOUR)


@pytest.mark.parametrize(
    ("outcome", "told", "with_proof"),
    [("solved", "", True), ("solved", "办好了，已回复企业。", False), ("impossible", "不行", True), ("withdrawn", "已经撤回的事项", True)],
)  # fmt: skip
def test_a_result_says_what_the_firm_reads_has_proof_and_explains_what_could_not_be_done(board, outcome, told, with_proof):
    case = board.working()
    said = Said(told=told, evidence=(proof(case).pk,) if with_proof else ())
    with pytest.raises(Invalid):
        actions.propose_result(case.pk, Result(outcome), said, by=board.cast.desk, now=NOW + HOUR)
    assert fresh(case).state == "working"


def test_evidence_of_another_firm_is_no_proof(board):
    case, other = board.working(), board.file(of=board.cast.neighbour, by=board.cast.desk, title="物流不畅")
    said = Said(told="已与人才市场对接。", evidence=(proof(other).pk,))
    with pytest.raises(Invalid):
        actions.propose_result(case.pk, Result("solved"), said, by=board.cast.desk, now=NOW + HOUR)


def test_reopening_keeps_the_number_and_the_history_and_restarts_the_clocks(board):
    case = board.confirmed()
    actions.close_demand(case.pk, by=board.cast.dispatcher, now=NOW + 3 * HOUR)
    number, due = case.number, case.due_at
    actions.reopen_demand(case.pk, Said(note="企业反映人员又流失"), by=board.cast.dispatcher, now=NOW + 7 * DAY)
    fresh(case)
    assert (case.number, case.state, case.open, case.lead, case.outcome) == (number, "filed", True, None, "")
    assert case.due_at > due
    assert steps(case)[-2:] == ["close", "reopen"]
    assert Word.objects.filter(case=case).count() == 1


def test_the_firm_withdraws_its_own_and_nobody_else(board):
    case = board.working()
    with pytest.raises(NotPermitted):
        actions.withdraw_demand(case.pk, Said(), by=board.cast.desk, now=NOW)
    actions.withdraw_demand(case.pk, Said(note="自行解决"), by=board.cast.clerk, now=NOW)
    assert (fresh(case).state, case.outcome, case.open) == ("withdrawn", "withdrawn", False)


def test_sent_back_by_who_closes(board):
    case = board.confirmed()
    with pytest.raises(Invalid):
        actions.send_back(case.pk, Said(), by=board.cast.dispatcher, now=NOW + DAY)
    actions.send_back(case.pk, Said(note="缺到岗名单"), by=board.cast.dispatcher, now=NOW + DAY)
    assert fresh(case).state == "working"


def test_a_stranger_finds_nothing(board):
    case = board.working()
    for verb in (actions.take_demand, actions.close_demand, actions.resume_demand):
        with pytest.raises(NotFound):
            verb(case.pk, by=board.cast.stranger, now=NOW)


def test_two_at_once_one_wins_and_the_other_is_told(board):
    case = board.assigned()
    seen = case.version
    actions.take_demand(case.pk, Said(version=seen), by=board.cast.desk, now=NOW)
    with pytest.raises(Conflict, match="示例部门经办"):
        actions.take_demand(case.pk, Said(version=seen), by=board.colleague, now=NOW)
    assert Case.objects.get(pk=case.pk).holder_id == board.cast.desk.post_id


def test_pauses_say_what_the_firm_owes(board):
    case = board.working()
    with pytest.raises(Invalid):
        actions.pause_demand(case.pk, NOW.date() + 3 * DAY, Said(), by=board.cast.desk, now=NOW)
    with pytest.raises(Invalid):
        actions.pause_demand(case.pk, NOW.date(), Said(told="请补充清单。"), by=board.cast.desk, now=NOW)
    actions.pause_demand(case.pk, NOW.date() + 3 * DAY, Said(told="请补充清单。"), by=board.cast.desk, now=NOW + HOUR)
    assert (fresh(case).state, case.due_at) == ("paused", None)
    actions.resume_demand(case.pk, by=board.cast.desk, now=NOW + DAY)
    assert fresh(case).due_at is not None


def test_a_contact_that_reached_nobody_stops_no_clock(board):
    case = board.working()
    actions.contact_firm(case.pk, Said(note="电话无人接听"), reached=False, by=board.cast.desk, now=NOW + HOUR)
    contact = case.clocks.get(code="contact")
    assert contact.stopped_at is None
    actions.contact_firm(case.pk, Said(note="已电话联系"), by=board.cast.desk, now=NOW + 2 * HOUR)
    contact.refresh_from_db()
    assert contact.stopped_at == NOW + 2 * HOUR
    assert queries.handlers_of(case) == {board.cast.desk.account_id}
