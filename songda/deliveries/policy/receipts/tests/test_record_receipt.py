"""record_receipt and its neighbours: proof, one a firm, void, the firm's own, openings."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.receipts import queries
from songda.deliveries.policy.receipts.actions import (
    Signing,
    collect_openings,
    confirm_receipt,
    record_receipt,
    tell_recipients,
    void_receipt,
)
from songda.deliveries.policy.receipts.models import Receipt, Recipient
from songda.deliveries.policy.receipts.queries import Wanted
from songda.deliveries.policy.receipts.tests.conftest import photo
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.evidence.actions import set_aside_evidence
from songda.ledger.notices.actions import open_notice
from songda.ledger.notices.models import Notice, NoticeDelivery
from songda.ledger.notices.tests.post import reachable
from songda.registry.actors import system
from songda.registry.people.models import Assignment
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, SINCE, hire

LATER = NOW + dt.timedelta(hours=2)


def signing(method="visit", receiver="厂长", **more):
    return Signing(method, receiver, **more)


def recipient(board, handout, name="one"):
    return Recipient.objects.get(handout=handout, subject=board.firms[name])


def sign(board, handout, name="one", *, by=None, now=NOW, **more):
    one = recipient(board, handout, name)
    return record_receipt(one.pk, signing(**more), [photo(one.subject_id)], by=by or board.cast.street, now=now)


@pytest.mark.row("POL-06")
def test_coverage_shows_numerator_denominator_and_the_names_missing(board, begin):
    handout = begin()
    receipt = sign(board, handout, method="paper")
    cover = queries.coverage_of(handout, board.cast.dispatcher)
    assert (cover.whole.received, cover.whole.population, cover.whole.missing) == (1, 2, 1)
    assert dict(cover.methods) == {"纸质送达": 1, "上门送达": 0, "在线签收": 0}
    assert [one.name for one in queries.missing(handout, board.cast.dispatcher)] == ["示例企业four"]
    assert (receipt.officer_id, receipt.receiver, receipt.evidence.counts) == (board.cast.street.post_id, "厂长", True)
    assert AuditEntry.objects.filter(action="receipts.record").count() == 1


@pytest.mark.row("POL-06")
def test_by_street_and_by_officer(board, begin):
    handout = begin()
    Assignment.objects.create(subject=board.firms["one"], post_id=board.cast.officer.post_id, starts_on=SINCE)
    sign(board, handout, by=board.cast.officer)
    (street,) = queries.by_street(handout, board.cast.dispatcher)
    assert (street.name, street.received, street.population, street.rate) == ("甲一街道", 1, 2, "50.00%")
    officers = {line.name: (line.received, line.population) for line in queries.by_officer(handout, board.cast.dispatcher)}
    assert officers == {"没有包联干部": (0, 1), f"{board.cast.officer.name}（甲开发区）": (1, 1)}
    mine = Wanted(show="all", officer=board.cast.officer.post_id)
    assert [one.name for one in queries.recipients_listed(handout, board.cast.dispatcher, mine)] == ["示例企业one"]
    assert [one.name for one in queries.recipients_listed(handout, board.cast.dispatcher, Wanted(show="all", officer=-1))] == [
        "示例企业four"
    ]


def test_an_officer_sees_and_signs_for_his_firms_alone(board, begin):
    handout = begin()
    with pytest.raises(NotFound):
        sign(board, handout, by=board.cast.officer)
    Assignment.objects.create(subject=board.firms["one"], post_id=board.cast.officer.post_id, starts_on=SINCE)
    assert [one.name for one in queries.to_visit(board.cast.officer)] == ["示例企业one"]
    sign(board, handout, by=board.cast.officer)
    assert not queries.to_visit(board.cast.officer).exists()
    assert queries.coverage_of(handout, board.cast.officer).whole.population == 1
    with pytest.raises(NotFound):
        sign(board, handout, by=board.cast.stranger)


def test_paper_and_visit_need_proof_and_a_title_and_a_possible_moment(board, begin):
    handout = begin()
    one = recipient(board, handout)
    for told, papers in (
        (signing(), []),
        (signing(receiver=" "), [photo(one.subject_id)]),
        (signing(method="online"), [photo(one.subject_id)]),
        (signing(at=LATER), [photo(one.subject_id)]),
        (signing(at=NOW - dt.timedelta(days=3)), [photo(one.subject_id)]),
    ):
        with pytest.raises(Invalid):
            record_receipt(one.pk, told, papers, by=board.cast.street, now=NOW)
    with pytest.raises(NotPermitted):
        record_receipt(one.pk, signing(), [photo(one.subject_id)], by=board.cast.dispatcher, now=NOW)
    assert not Receipt.objects.exists()


def test_a_firm_signs_once_and_a_phone_that_sends_twice_is_heard_once(board, begin):
    handout = begin()
    first = sign(board, handout, request_key="k")
    assert sign(board, handout, request_key="k") == first
    with pytest.raises(Conflict):
        sign(board, handout)
    assert Receipt.objects.count() == 1


def test_void_brings_the_firm_back_with_a_reason(board, begin):
    handout = begin()
    receipt = sign(board, handout)
    with pytest.raises(Invalid):
        void_receipt(receipt.pk, " ", by=board.cast.street, now=LATER)
    other = hire(Role.DEPARTMENT_DESK, at=board.cast.zone)
    with pytest.raises(NotPermitted):
        void_receipt(receipt.pk, "登记错了", by=other, now=LATER)
    void_receipt(receipt.pk, "登记错了", by=board.cast.street, now=LATER)
    with pytest.raises(Conflict):
        void_receipt(receipt.pk, "再来", by=board.cast.dispatcher, now=LATER)
    assert queries.coverage_of(handout, board.cast.dispatcher).whole.received == 0
    assert queries.coverage_of(handout, board.cast.dispatcher, at=NOW).whole.received == 1, "as it stood before"
    sign(board, handout, now=LATER)


def test_a_receipt_whose_proof_was_set_aside_counts_no_more(board, begin):
    handout = begin()
    receipt = sign(board, handout)
    set_aside_evidence(receipt.evidence_id, reason="照片不清", by=board.cast.street, now=LATER)
    assert queries.coverage_of(handout, board.cast.dispatcher).whole.received == 0
    assert "示例企业one" in [one.name for one in queries.missing(handout, board.cast.dispatcher)]


def test_the_firm_signs_on_its_own_page_once(board, begin):
    handout = begin()
    clerk = hire(Role.ENTERPRISE_CLERK, of=board.firms["one"])
    assert [one.pk for one in queries.handouts_of_firm(clerk)] == [handout.pk]
    first = confirm_receipt(handout.pk, by=clerk, now=NOW)
    assert confirm_receipt(handout.pk, by=clerk, now=LATER) == first
    assert (first.method, first.receiver, first.officer_id) == ("online", "企业联系人", None)
    assert not queries.handouts_of_firm(clerk).exists()
    stranger = hire(Role.ENTERPRISE_CLERK, of=board.firms["two"])
    with pytest.raises(NotFound):
        confirm_receipt(handout.pk, by=stranger, now=NOW)
    with pytest.raises(NotPermitted):
        confirm_receipt(handout.pk, by=board.cast.street, now=NOW)


def test_who_has_not_signed_is_told_once_and_an_opening_counts_where_it_says_so(board, begin, settings, tmp_path):
    settings.CHANNELS_FILE = tmp_path / "channels.json"
    handout = begin(opening_counts=True)
    sign(board, handout, "four")
    reachable(board.firms["one"], "inbox", "i")
    told = tell_recipients(handout.pk, ["inbox"], by=board.cast.dispatcher, now=NOW)
    assert (told.notices, told.deliveries) == (1, 1)
    with pytest.raises(Conflict):
        tell_recipients(handout.pk, ["inbox"], by=board.cast.dispatcher, now=LATER)
    assert collect_openings(by=system(), now=LATER) == 0
    clerk = hire(Role.ENTERPRISE_CLERK, of=board.firms["one"])
    open_notice(Notice.objects.get().pk, by=clerk, now=NOW)
    assert collect_openings(by=system(), now=LATER) == 1
    assert collect_openings(by=system(), now=LATER) == 0
    receipt = Receipt.objects.get(method="online")
    assert (receipt.received_at, receipt.delivery) == (NOW, NoticeDelivery.objects.get())
    void_receipt(receipt.pk, "不是本企业打开", by=board.cast.dispatcher, now=LATER)
    assert collect_openings(by=system(), now=LATER) == 0, "what a person set aside is not taken again"


def test_an_opening_is_no_receipt_unless_the_delivery_says_so(board, begin, settings, tmp_path):
    settings.CHANNELS_FILE = tmp_path / "channels.json"
    handout = begin()
    reachable(board.firms["one"], "inbox", "i")
    tell_recipients(handout.pk, ["inbox"], by=board.cast.dispatcher, now=NOW)
    clerk = hire(Role.ENTERPRISE_CLERK, of=board.firms["one"])
    open_notice(Notice.objects.get().pk, by=clerk, now=NOW)
    assert collect_openings(by=system(), now=LATER) == 0
