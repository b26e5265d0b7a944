"""Controls on judging one's own work: closing, return visits, bad ratings, appeals, proof. Each with the control taken away."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest

from songda.deliveries.service.demands import actions, queries
from songda.deliveries.service.demands.actions import Opinion, Result, hear_firm, rate, report_result
from songda.deliveries.service.demands.tests.board import DAY, NOW, fresh, lay
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases import access as cases
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case, Word

pytestmark = pytest.mark.row("SVC-07")
CLOSING = import_module("songda.deliveries.service.demands.actions.close_demand")  # the package has a verb of that name


@pytest.fixture
def board(cast):
    return lay(cast)


def holding(actor, *permissions):
    """The part with rights it should not have: the control must hold all the same."""
    return replace(actor, permissions=actor.permissions | set(permissions))


def test_nothing_closes_without_the_firms_word_and_would_without_the_check(board, monkeypatch):
    case = board.confirmed()
    Word.objects.filter(case=case).delete()
    with pytest.raises(Conflict, match="企业还没有确认"):
        actions.close_demand(case.pk, by=board.cast.dispatcher, now=NOW + DAY)
    monkeypatch.setattr(CLOSING, "lacking", lambda *_: ())
    actions.close_demand(case.pk, by=board.cast.dispatcher, now=NOW + DAY)
    assert fresh(case).state == "closed"


def test_who_reported_the_result_does_not_close_it_and_would_without_the_rule(board, monkeypatch):
    case, handler = board.confirmed(), holding(board.cast.desk, "cases.close")
    with pytest.raises(NotPermitted):
        actions.close_demand(case.pk, by=handler, now=NOW + DAY)
    monkeypatch.setattr(cases, "SECOND", frozenset())
    with pytest.raises(Conflict, match="报结人不能自己销号"):  # the second line
        actions.close_demand(case.pk, by=handler, now=NOW + DAY)
    monkeypatch.setattr(CLOSING, "lacking", lambda *_: ())
    actions.close_demand(case.pk, by=handler, now=NOW + DAY)
    assert fresh(case).state == "closed"


def test_who_had_a_part_makes_no_return_visit_and_would_without_the_rule(board, monkeypatch):
    case = board.working()
    actions.note_progress(case.pk, Said(note="代为联系"), by=board.colleague, now=NOW)
    board.propose(case, at=NOW)
    visitor = holding(board.colleague, "cases.revisit")

    def visit():
        actions.revisit_firm(case.pk, Opinion(True, True, "5"), accepted=True, by=visitor, now=NOW + DAY)

    with pytest.raises(Invalid, match="回访须由其他人进行"):
        visit()
    monkeypatch.setattr(hear_firm, "fault_of_revisit", lambda *_: "")
    visit()
    assert fresh(case).state == "confirmed"


def test_silence_is_not_kept_before_the_reminders_and_would_be_without_them(board, monkeypatch):
    case = board.proposed()
    with pytest.raises(Conflict, match="须先提醒 2 次"):
        actions.note_silence(case.pk, by=board.inspector, now=NOW + DAY)
    monkeypatch.setattr(hear_firm, "reminders_of", lambda _case: 2)
    actions.note_silence(case.pk, by=board.inspector, now=NOW + DAY)
    word = Word.objects.get(case=case)
    assert (word.answer, word.grade) == ("silent", "")  # even so it is no satisfaction


def test_a_bad_rating_is_not_put_right_by_who_earned_it_and_would_be_without_the_rule(board, monkeypatch):
    case = board.confirmed(grade="1")
    child = Case.objects.get(parent=case)
    actions.assign_demand(child.pk, actions.Assignees(board.cast.bureau.pk), by=board.cast.dispatcher, now=NOW + DAY)
    with pytest.raises(Invalid, match="原经办以外"):
        actions.take_demand(child.pk, by=board.cast.desk, now=NOW + DAY)
    monkeypatch.setattr(queries, "fault_of_handler", lambda *_: "")
    actions.take_demand(child.pk, by=board.cast.desk, now=NOW + DAY)
    assert fresh(child).holder_id == board.cast.desk.post_id


def test_a_low_grade_opens_a_case_and_would_not_without_the_effect(board, monkeypatch):
    board.confirmed(grade="1")
    assert Case.objects.filter(kind__kind__code="bad-rating").count() == 1
    monkeypatch.setattr(hear_firm, "open_bad_rating", lambda *_, **__: None)
    board.confirmed(grade="1", title="另一件")
    assert Case.objects.filter(kind__kind__code="bad-rating").count() == 1


def test_who_appeals_does_not_decide_and_would_without_the_rule(board, monkeypatch):
    case = board.confirmed(grade="2")
    appeal = actions.appeal_rating(case.pk, Said(note="评价对象有误"), by=board.cast.desk, now=NOW + DAY)
    judge = holding(board.cast.desk, "cases.decide")

    def decide():
        actions.decide_appeal(appeal.pk, Said(note="成立"), upheld=True, by=judge, now=NOW + DAY)

    with pytest.raises(NotPermitted, match="未参与办理"):
        decide()
    monkeypatch.setattr(rate, "fault_of_judge", lambda *_: "")
    decide()
    assert Word.objects.get(case=case).struck_at is not None


def test_a_result_needs_proof_and_would_not_without_the_check(board, monkeypatch):
    case, said = board.working(), Said(told="已与人才市场对接。")

    def report():
        actions.propose_result(case.pk, Result("solved"), said, by=board.cast.desk, now=NOW)

    with pytest.raises(Invalid, match="须附办理凭证"):
        report()
    monkeypatch.setattr(report_result, "must_have_proof", lambda *_: None)
    report()
    assert fresh(case).state == "proposed"
