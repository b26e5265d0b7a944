"""push_measures: one notice a firm, every line with its reason, a version once ever."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.matching.tests.board import tell
from songda.deliveries.policy.push.actions import preview_push, push_measures
from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.push.queries import evidence_for, pushes_with_evidence, statistics
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.notices.actions import send_due
from songda.ledger.notices.models import Notice, NoticeDelivery, NoticeLine
from songda.ledger.notices.rules.outcomes import Fate, Outcome
from songda.ledger.notices.tests.post import Postman, reachable
from songda.registry.people.tests.cast import DAY, NOW

AREA = "4101/03/"


def push(board, *codes, channels=("dingtalk", "wecom"), now=NOW):
    return push_measures([board.versions[code].pk for code in codes], AREA, channels, by=board.cast.dispatcher, now=now)


def preview(board, *codes, channels=("dingtalk", "wecom")):
    return preview_push([board.versions[code].pk for code in codes], AREA, channels, by=board.cast.dispatcher, now=NOW)


def test_the_dry_run_says_whom_and_writes_nothing(matched):
    found = preview(matched, "small", "maker")
    assert (found.firms, found.to_tell, found.knowing, found.lapsed) == (3, 2, 0, 0)
    assert found.plan.deliveries == {"dingtalk": 2, "wecom": 1}
    assert found.plan.without_contact == (matched.firms["four"].pk,)
    assert not Push.objects.exists() and not Notice.objects.exists()


@pytest.mark.row("POL-07")
def test_a_firm_gets_one_notice_whose_lines_say_why(matched):
    done = push(matched, "small", "staff", "maker")
    assert (done.notified.notices, done.notified.lines, done.notified.deliveries) == (2, 4, 3)
    notice = Notice.objects.get(subject=matched.firms["one"])
    assert [(line.text, line.reason) for line in notice.lines.order_by("ordinal")] == [
        ("示例措施small，2020年4月30日 前申报", "企业规模 属于 {小型；微型}"),
        ("示例措施staff，预计 50,000.00 元，2020年4月30日 前申报", "用工人数 ≥ 50人；规模以上"),
        ("示例措施maker，2020年4月30日 前申报", "行业 属于 {制造业}"),
    ]
    assert AuditEntry.objects.filter(action="push.send").count() == 1


@pytest.mark.row("POL-07")
def test_a_firm_receives_a_version_once(matched):
    push(matched, "small")
    again = push(matched, "small", "maker")
    told = NoticeLine.objects.filter(subject=matched.firms["one"]).values_list("topic_id", flat=True)
    assert sorted(told) == sorted([matched.versions["small"].pk, matched.versions["maker"].pk])
    assert again.notified.already_told == 1
    with pytest.raises(Conflict):
        push(matched, "small", "maker")
    assert Push.objects.count() == 2


def test_the_reason_of_an_or_names_the_branch_that_holds(matched):
    push(matched, "either")
    assert NoticeLine.objects.get().reason == "企业规模 属于 {大型}"


def test_a_firm_whose_facts_changed_is_judged_anew(matched):
    tell(matched.firms["one"], "size", "大型", NOW + dt.timedelta(minutes=1))  # and not rematched yet
    found = preview(matched, "small")
    assert (found.lapsed, found.to_tell) == (1, 0)


def test_a_row_evaluated_reason_shows_the_values(matched):
    reachable(matched.firms["four"], "dingtalk", "d-four")
    tell(matched.firms["four"], "headcount", "70人", NOW + dt.timedelta(minutes=1))
    push(matched, "staff", now=NOW + dt.timedelta(minutes=2))
    reason = NoticeLine.objects.get(subject=matched.firms["four"]).reason
    assert reason == "用工人数 ≥ 50人（70人）；规模以上（是）"


def test_refusals(matched):
    small = [matched.versions["small"].pk]
    with pytest.raises(NotPermitted):
        push_measures(small, AREA, ["dingtalk"], by=matched.cast.desk, now=NOW)
    with pytest.raises(NotPermitted):
        push_measures(small, "4101/04/", ["dingtalk"], by=matched.cast.dispatcher, now=NOW)
    for channels in ([], ["sms"]):
        with pytest.raises(Invalid):
            push_measures(small, AREA, channels, by=matched.cast.dispatcher, now=NOW)
    matched.versions["small"].state = "withdrawn"
    matched.versions["small"].save()
    with pytest.raises(Invalid):
        push_measures(small, AREA, ["dingtalk"], by=matched.cast.dispatcher, now=NOW)


@pytest.mark.row("POL-08")
def test_evidence_is_recomputed_and_failures_are_in_neither_figure(matched):
    done = push(matched, "small", "maker")
    refused = Postman(answers=[Outcome(Fate.TAKEN), Outcome(Fate.REFUSED, reason="停机")])
    send_due(clock=lambda: NOW, channels={"dingtalk": refused, "wecom": Postman(takes_key=False)})
    found = evidence_for(done.push, matched.cast.dispatcher)
    rows = list(NoticeDelivery.objects.filter(state="sent").values_list("notice__subject", "channel"))
    assert (found.firms, found.person_times) == (len({firm for firm, _ in rows}), len(rows)) == (1, 2)
    assert found.in_state("failed") == 1
    (row,) = pushes_with_evidence([done.push], matched.cast.dispatcher)
    assert (row.evidence.firms, row.evidence.person_times, row.evidence.failed) == (1, 2, 1)
    whole = statistics(matched.cast.dispatcher, since=DAY)
    assert {(version.measure.code, one.firms, one.person_times) for version, one in whole.measures} == {
        ("small", 1, 2),
        ("maker", 1, 2),
    }
    assert evidence_for(done.push, matched.cast.stranger).person_times == 0
