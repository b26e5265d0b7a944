"""Messages of other systems: each once, each number one case, none older than what was heard, none by an illegal step."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.ledger.cases.models import Case
from songda.ledger.mirrors.actions import apply_message, apply_waiting, receive_messages
from songda.ledger.mirrors.models import Message, Reference
from songda.ledger.mirrors.tests.ground import lay, told
from songda.registry.people.tests.cast import NOW
from tests.controls.rebuilt import constraint_off

pytestmark = pytest.mark.row("SUP-05")
APPLY = import_module("songda.ledger.mirrors.actions.apply_message")
RECEIVE = import_module("songda.ledger.mirrors.actions.receive_messages")


@pytest.fixture
def ground(cast):
    lay(cast)
    return cast


def twin(message: Message) -> Message:
    return Message(
        system=message.system, external_id=message.external_id, sequence=9, number="GC-2", raw={}, area_path="", received_at=NOW
    )


@pytest.mark.django_db(transaction=True)
def test_a_message_is_kept_once(ground):
    receive_messages("approval", [told(1, "received"), told(1, "received")], now=NOW)
    message = Message.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin(message).save()
    with constraint_off(Message, "external_message_once"):
        twin(message).save()
        assert Message.objects.count() == 2
        Message.objects.exclude(pk=message.pk).delete()


@pytest.mark.django_db(transaction=True)
def test_a_number_is_one_case(ground):
    receive_messages("approval", [told(1, "received")], now=NOW)
    apply_waiting("approval", now=NOW)
    one = Reference.objects.get()
    again = Reference(case=one.case, system=one.system, number=one.number, changed_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    with constraint_off(Reference, "external_number_once"):
        again.save()
        again.delete()


@pytest.mark.parametrize("kept", [True, False])
def test_a_message_is_applied_once(ground, monkeypatch, kept):
    receive_messages("approval", [told(1, "accepted")], now=NOW)
    (message,) = Message.objects.all()
    apply_message(message.pk, now=NOW)
    if not kept:
        monkeypatch.setattr(APPLY, "OPEN", ("waiting", "applied", "late"))
    assert apply_message(message.pk, now=NOW).fate == ("applied" if kept else "late")


@pytest.mark.parametrize("kept", [True, False])
def test_older_news_does_not_undo_newer(ground, kept):
    receive_messages("approval", [told(2, "granted")], now=NOW)
    apply_waiting("approval", now=NOW)
    if not kept:
        Reference.objects.update(sequence=-1)  # as if it were not kept how far was heard
    receive_messages("approval", [told(1, "received")], now=NOW)
    apply_waiting("approval", now=NOW)
    assert Case.objects.get().state == ("done" if kept else "issued")


@pytest.mark.parametrize("kept", [True, False])
def test_no_message_writes_a_matter_off(ground, monkeypatch, kept):
    receive_messages("approval", [told(1, "granted")], now=NOW)
    apply_waiting("approval", now=NOW)
    if not kept:
        monkeypatch.setattr(APPLY, "OURS", frozenset())
    receive_messages("approval", [told(2, "received")], now=NOW)
    apply_waiting("approval", now=NOW)
    taken = set(Case.objects.get().steps.values_list("step", flat=True))
    assert ("verify" in taken) is not kept
