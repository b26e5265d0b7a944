"""Filing: by whom, through which channel, what the kind asks for, and the same sending twice."""

from __future__ import annotations

import pytest

from songda.deliveries.service.demands import actions
from songda.deliveries.service.demands.actions import NewDemand
from songda.deliveries.service.demands.tests.board import NOW, fresh
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case, KindVersion
from songda.ledger.cases.packs import load
from songda.ledger.cases.queries import similar
from songda.ledger.notices.models import NoticeLine
from songda.registry.actors import system


@pytest.mark.row("SVC-58")
def test_a_firms_own_demand_is_its_own_whatever_it_says(board):
    case = board.file(origin="signal", channel="phone", difficulty="consult", urgent=True)
    assert (case.origin, case.channel, case.difficulty, case.urgent) == ("firm", "web", "ordinary", False)
    found = board.file(by=board.cast.officer, origin="officer", channel="visit")
    assert (found.origin, found.channel) == ("officer", "visit")


def test_a_firm_for_which_a_desk_files_is_told_the_number(board):
    case = board.file(by=board.cast.desk)
    assert case.number in NoticeLine.objects.get(topic="case_step").text
    board.file()
    assert NoticeLine.objects.count() == 1


def test_the_same_sending_twice_is_one_demand(board):
    new = NewDemand("用电不足", category="power")
    first = actions.file_demand(board.cast.firm.pk, new, by=board.cast.clerk, now=NOW, request_key="k")
    again = actions.file_demand(board.cast.firm.pk, new, by=board.cast.clerk, now=NOW, request_key="k")
    assert (first.pk, Case.objects.count()) == (again.pk, 1)
    with pytest.raises(Conflict):
        actions.file_demand(board.cast.firm.pk, NewDemand("另一件"), by=board.cast.clerk, now=NOW, request_key="k")


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"category": "nonsense"}, {"channel": "nonsense"}, {"difficulty": "easy"}, {"kind": "bad-rating"}]
)
def test_what_no_dictionary_knows_is_refused(board, wrong):
    with pytest.raises(Invalid):
        board.file(by=board.cast.desk, **wrong)
    assert not Case.objects.exists()


def test_who_may_file_and_for_whom(board):
    for actor in (board.cast.leader, board.cast.editor):
        with pytest.raises(NotPermitted):
            board.file(by=actor)
    for actor, firm in ((board.cast.clerk, board.cast.neighbour), (board.cast.desk, board.cast.other_firm)):
        with pytest.raises(NotFound):
            board.file(by=actor, of=firm)


@pytest.mark.row("SVC-14")
def test_a_finding_carries_help_or_says_why_none_is_needed(board):
    def find(**extra):
        return board.file(by=board.cast.desk, kind="finding", title="消防通道堆放货物", extra=extra)

    for extra in ({}, {"help": "none"}, {"help": "nonsense"}):
        with pytest.raises(Invalid):
            find(**extra)
    assert find(help="guidance").extra == {"help": "guidance"}
    assert find(help="none", help_reason="当场改正").extra["help_reason"] == "当场改正"
    with pytest.raises(Invalid):
        board.file(kind="finding", extra={"help": "guidance"})


@pytest.mark.row("POL-14")
def test_a_problem_with_a_policy_names_the_measure_and_the_cause(board):
    with pytest.raises(Invalid):
        board.file(kind="policy-problem", title="稳岗补贴没有到账", category="funds")
    case = board.file(
        kind="policy-problem", title="稳岗补贴没有到账", category="funds", extra={"measure": "稳岗补贴", "cause": "materials"}
    )
    assert case.extra == {"measure": "稳岗补贴", "cause": "materials"}


def test_a_likely_duplicate_is_offered(board):
    case = board.file(title="急缺一线操作工人")
    assert [one.case for one in similar(board.cast.firm.pk, "急缺一线工人")] == [case]


def test_what_is_not_accepted_is_said_with_the_reason(board):
    case = board.file()
    with pytest.raises(Invalid):
        actions.decline_demand(case.pk, "because", by=board.cast.dispatcher, now=NOW)
    step = actions.decline_demand(case.pk, "in-court", Said(told="请向法院反映。"), by=board.cast.dispatcher, now=NOW)
    assert step.told == "很抱歉，您的诉求属于“已进入诉讼、仲裁、复议、纪检或信息公开程序的事项”，不予受理。请向法院反映。"
    assert (fresh(case).state, case.open, step.used["reason"]) == ("declined", False, "in-court")


def test_a_kind_may_assign_by_itself(board):
    body = {**KindVersion.objects.get(kind__code="demand", retired_at=None).body, "automatic": True}
    load([body], by=system(), now=NOW)
    case = board.file(title="再缺工人")
    assert (fresh(case).state, case.lead) == ("assigned", board.cast.bureau)
    assert fresh(board.file(title="用电不足", category="power")).state == "filed"
