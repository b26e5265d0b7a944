"""Controls of receipts: the frozen population, one receipt a firm, proof in person, who begins and who records, a reason for a void."""

from __future__ import annotations

import sys

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.policy.matching.tests.board import board, tell
from songda.deliveries.policy.receipts import actions, queries
from songda.deliveries.policy.receipts.models import Receipt, Recipient
from songda.deliveries.policy.receipts.tests.conftest import AREA, begin, photo
from songda.deliveries.policy.receipts.tests.test_record_receipt import recipient, sign, signing
from songda.kernel.errors import Invalid, NotPermitted
from songda.registry.people.tests.cast import NOW, firm
from tests.controls.opened import check_off, unique_off

__all__ = ["begin", "board"]


@pytest.mark.row("POL-06")
def test_the_population_is_frozen_and_would_grow_were_it_drawn_each_time(board, begin):
    handout = begin()
    tell(firm("示例新厂", board.cast.street_office, "T9"), "above_scale", "是")
    frozen = queries.coverage_of(handout, board.cast.dispatcher).whole.population
    anew = queries.drawn(AREA, handout.kind, handout.rule, on=NOW.date(), snapshot=board.snapshot(NOW.replace(hour=3)))
    assert (frozen, len(anew.rows)) == (2, 3)
    assert queries.is_whole(handout)
    subject, name, area = anew.rows[-1]
    Recipient.objects.create(handout=handout, subject_id=subject, name=name, area_path=area)
    assert not queries.is_whole(handout), "a row slipped in shows"


def receive_twice(board, handout):
    one = recipient(board, handout)
    with transaction.atomic():
        for _n in range(2):
            Receipt.objects.create(recipient=one, method="online", received_at=NOW, name="示例", recorded_at=NOW)
    return one.receipts.count()


@pytest.mark.row("POL-06")
def test_a_firm_has_one_receipt_and_would_have_two_without_the_index(board, begin):
    handout = begin()
    with pytest.raises(IntegrityError):
        receive_twice(board, handout)
    with unique_off(Receipt, "one_receipt_a_recipient"):
        assert receive_twice(board, handout) == 2


def test_paper_needs_proof_and_would_not_without_check_and_rule(board, begin, monkeypatch):
    handout = begin()
    one = recipient(board, handout)
    with pytest.raises(Invalid):
        actions.record_receipt(one.pk, signing(), [], by=board.cast.street, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.create(recipient=one, method="paper", received_at=NOW, name="示例", recorded_at=NOW)
    with check_off(Receipt, "receipt_in_person_has_proof"):
        Receipt.objects.create(recipient=one, method="paper", received_at=NOW, name="示例", recorded_at=NOW)
    assert queries.coverage_of(handout, board.cast.dispatcher).whole.received == 1


def test_who_may_begin_and_who_may_record(board, begin, monkeypatch):
    handout = begin()
    with pytest.raises(NotPermitted):
        sign(board, handout, by=board.cast.dispatcher)
    module = sys.modules["songda.deliveries.policy.receipts.actions.record_receipt"]
    monkeypatch.setattr(module, "check_may_record", lambda _actor: None)
    one = recipient(board, handout)
    offered = photo(one.subject_id)
    told = actions.record_receipt(one.pk, signing(), [offered], by=board.cast.dispatcher, now=NOW)
    assert told.account_id == board.cast.dispatcher.account_id, "without the check anybody records"


def test_a_void_has_a_reason_and_would_not_without_check_and_rule(board, begin):
    receipt = sign(board, begin())
    with pytest.raises(Invalid):
        actions.void_receipt(receipt.pk, "", by=board.cast.street, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.filter(pk=receipt.pk).update(voided_at=NOW)
    with check_off(Receipt, "void_receipt_has_a_reason"):
        assert Receipt.objects.filter(pk=receipt.pk).update(voided_at=NOW) == 1
