"""The firm's word: return visits, reminders and silence, ratings and appeals."""

from __future__ import annotations

import pytest

from songda.deliveries.service.demands import actions, queries
from songda.deliveries.service.demands.actions import Assignees, Opinion
from songda.deliveries.service.demands.tests.board import DAY, HOUR, NOW, fresh
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases.actions import Said, sweep_clocks, tell_alerts
from songda.ledger.cases.models import Alert, Case, CaseClock, Word
from songda.ledger.notices.models import NoticeLine


def test_a_return_visit_by_another_stands_for_the_firms_word(board):
    case = board.proposed()
    actions.revisit_firm(case.pk, Opinion(True, True, "5"), accepted=True, by=board.inspector, now=NOW + DAY)
    word = Word.objects.get(case=case)
    assert (fresh(case).state, word.by, word.answer) == ("confirmed", "visit", "yes")
    actions.close_demand(case.pk, by=board.cast.dispatcher, now=NOW + DAY)


def test_a_return_visit_may_find_it_unsolved(board):
    case = board.proposed()
    actions.revisit_firm(case.pk, Opinion(True, False, "", "没有到岗"), accepted=False, by=board.inspector, now=NOW + DAY)
    assert fresh(case).state == "working"


def test_two_reminders_then_silence_is_kept_as_silence(board):
    case = board.proposed()
    for wanted in range(2):
        with pytest.raises(Conflict, match=f"已提醒 {wanted} 次"):
            actions.note_silence(case.pk, by=board.inspector, now=NOW + DAY)
        actions.remind_firm(case.pk, by=board.cast.desk, now=NOW + DAY)
    actions.note_silence(case.pk, by=board.inspector, now=NOW + 2 * DAY)
    word = Word.objects.get(case=case)
    assert (word.answer, word.grade, word.by) == ("silent", "", "clock")
    actions.close_demand(case.pk, by=board.cast.dispatcher, now=NOW + 2 * DAY)
    assert fresh(case).state == "closed"


def test_the_ladder_reminds_too_and_its_reminders_count(board):
    case = board.proposed()
    for days in (8, 14):
        sweep_clocks(now=NOW + days * DAY)
        tell_alerts(now=NOW + days * DAY)
    assert Alert.objects.filter(case=case, clock="confirm", act="tell_firm").count() == 2
    actions.note_silence(case.pk, by=board.inspector, now=NOW + 14 * DAY)
    actions.close_demand(case.pk, by=board.cast.dispatcher, now=NOW + 14 * DAY)


def test_nobody_reached_is_kept_apart_from_silence(board):
    case = board.proposed()
    for hours in (1, 2):
        actions.miss_firm(case.pk, Said(note="座机无人接听"), by=board.inspector, now=NOW + hours * HOUR)
    actions.note_silence(case.pk, by=board.inspector, now=NOW + DAY)
    assert Word.objects.get(case=case).answer == "unreachable"


@pytest.mark.row("SVC-44")
def test_a_firm_is_told_that_nobody_has_taken_its_case_once(board):
    case = board.file()
    sweep_clocks(now=NOW + DAY)
    assert tell_alerts(now=NOW + DAY) == 1
    assert tell_alerts(now=NOW + DAY) == 0
    line = NoticeLine.objects.get(topic="case_alert")
    assert "告知企业尚无人接单" in line.text
    assert Alert.objects.get(case=case, act="tell_firm").answer == "已发通知"


@pytest.mark.row("SVC-44")
def test_every_request_is_answered_within_24_hours_by_its_own_clock(board):
    case = board.file()
    assert CaseClock.objects.get(case=case, code="answer").due_at == NOW + DAY
    actions.decline_demand(case.pk, "secret", by=board.cast.dispatcher, now=NOW + HOUR)
    assert CaseClock.objects.get(case=case, code="answer").standing == "stopped"


def test_a_firm_without_an_address_is_not_called_told(board):
    board.file(of=board.cast.neighbour, by=board.cast.desk)
    sweep_clocks(now=NOW + DAY)
    tell_alerts(now=NOW + DAY)
    assert Alert.objects.get(act="tell_firm").answer == "企业没有联系方式，未能告知"


def test_a_low_rating_is_a_case_of_its_own_for_somebody_else(board):
    case = board.confirmed(grade="1")
    child = Case.objects.get(parent=case)
    assert (child.kind.kind.code, child.state, child.title) == ("bad-rating", "filed", f"差评整改：{case.title}")
    assert child.due_at is not None
    assign = (child.pk, Assignees(board.cast.bureau.pk, board.cast.desk.post_id))
    with pytest.raises(Invalid):
        actions.assign_demand(*assign, by=board.cast.dispatcher, now=NOW + DAY)
    actions.assign_demand(child.pk, Assignees(board.cast.bureau.pk), by=board.cast.dispatcher, now=NOW + DAY)
    with pytest.raises(Invalid):
        actions.take_demand(child.pk, by=board.cast.desk, now=NOW + DAY)
    actions.take_demand(child.pk, by=board.colleague, now=NOW + DAY)
    assert fresh(child).holder_id == board.colleague.post_id


def test_a_fair_rating_is_no_case(board):
    case = board.confirmed(grade="3")
    assert not Case.objects.filter(parent=case).exists()


def test_an_unfair_rating_is_appealed_and_struck_and_stays_readable(board):
    case = board.confirmed(grade="2")
    with pytest.raises(NotPermitted):
        actions.appeal_rating(case.pk, Said(note="不实"), by=board.colleague, now=NOW + DAY)
    appeal = actions.appeal_rating(case.pk, Said(note="企业评价对象有误"), by=board.cast.desk, now=NOW + DAY)
    with pytest.raises(Conflict):
        actions.appeal_rating(case.pk, Said(note="再诉"), by=board.cast.desk, now=NOW + DAY)
    actions.decide_appeal(appeal.pk, Said(note="经核实属实"), upheld=True, by=board.cast.dispatcher, now=NOW + 2 * DAY)
    word = Word.objects.get(case=case)
    assert (fresh(appeal).state, word.struck_at, word.grade) == ("upheld", NOW + 2 * DAY, "2")


def test_a_rejected_appeal_leaves_the_rating(board):
    case = board.confirmed(grade="2")
    appeal = actions.appeal_rating(case.pk, Said(note="不实"), by=board.cast.desk, now=NOW + DAY)
    actions.decide_appeal(appeal.pk, Said(note="评价属实"), upheld=False, by=board.cast.dispatcher, now=NOW + DAY)
    assert (fresh(appeal).state, Word.objects.get(case=case).struck_at) == ("rejected", None)
    assert queries.word_to_appeal(case) is None
