"""How long it may take: more time asked before it is due, difficulty, a fixed date."""

from __future__ import annotations

import pytest

from songda.deliveries.service.demands import actions, queries
from songda.deliveries.service.demands.tests.board import DAY, HOUR, NOW, fresh
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import CaseStep
from songda.ledger.notices.models import NoticeLine

WHY = Said(note="需等月底招聘会")


def asked(board, case, at=NOW + HOUR):
    actions.ask_extension(case.pk, 3, WHY, by=board.cast.desk, now=at)
    return fresh(case)


def test_more_time_asked_decided_and_read_by_the_firm(board):
    case = board.working()
    due = case.due_at
    asked(board, case)
    assert [one.step.note for one in queries.extensions(board.cast.dispatcher, now=NOW)] == [WHY.note]
    actions.decide_extension(case.pk, Said(), granted=True, by=board.cast.dispatcher, now=NOW + 2 * HOUR)
    assert fresh(case).due_at == due + 3 * DAY  # Tuesday to Friday, no day off between
    told = CaseStep.objects.get(case=case, step="extend").told
    assert told == "您的诉求需要更多时间：需等月底招聘会。办结期限延长 3 个工作日。"
    assert NoticeLine.objects.filter(text=told).exists()
    assert queries.extensions(board.cast.dispatcher, now=NOW) == []


def test_not_granted_the_deadline_stays(board):
    case = asked(board, board.working())
    due = case.due_at
    with pytest.raises(Invalid):
        actions.decide_extension(case.pk, Said(), granted=False, by=board.cast.dispatcher, now=NOW + 2 * HOUR)
    actions.decide_extension(case.pk, Said(note="可以按期"), granted=False, by=board.cast.dispatcher, now=NOW + 2 * HOUR)
    assert fresh(case).due_at == due
    with pytest.raises(Conflict):
        actions.decide_extension(case.pk, Said(), granted=True, by=board.cast.dispatcher, now=NOW + 2 * HOUR)


def test_too_late_too_much_without_reason_or_twice(board):
    case = board.working()
    with pytest.raises(Invalid, match="已过办结期限"):
        asked(board, case, case.due_at + HOUR)
    for days, said in ((0, WHY), (99, WHY), (3, Said())):
        with pytest.raises(Invalid):
            actions.ask_extension(case.pk, days, said, by=board.cast.desk, now=NOW)
    asked(board, case)
    with pytest.raises(Conflict):
        asked(board, case)


def test_another_class_another_deadline(board):
    case = board.working()
    due = case.due_at
    actions.reclassify_demand(case.pk, "hard", Said(note="涉及历史遗留问题"), by=board.cast.dispatcher, now=NOW + HOUR)
    assert fresh(case).due_at > due
    with pytest.raises(Invalid):
        actions.reclassify_demand(case.pk, "hard", Said(note="再调"), by=board.cast.dispatcher, now=NOW + HOUR)


def test_a_fixed_date_holds_whatever_the_class(board):
    case = board.working()
    with pytest.raises(Invalid):
        actions.fix_deadline(case.pk, NOW, Said(note="专题会议要求"), by=board.cast.dispatcher, now=NOW + HOUR)
    actions.fix_deadline(case.pk, NOW + 2 * DAY, Said(note="专题会议要求"), by=board.cast.dispatcher, now=NOW + HOUR)
    assert fresh(case).due_at == NOW + 2 * DAY
