"""Sending: `sending` is stored before the call, a claim is a compare-and-swap, and a link ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import pytest

from songda.kernel.errors import NotFound
from songda.ledger.notices import access
from songda.ledger.notices.access import LINK_LIVES, link_token
from songda.ledger.notices.actions import open_link, send_due
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.queries.terms import Terms
from songda.ledger.notices.tests.post import Postman, reachable, tell, told
from songda.registry.people.tests.cast import NOW

sender = import_module("songda.ledger.notices.actions.send_due")
claims = import_module("songda.ledger.notices.actions.claim_due")
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def delivery(cast):
    reachable(cast.firm)
    tell(told(cast.firm, 1))
    return NoticeDelivery.objects.get()


def shown_after_a_kill() -> int:
    """How often a person sees the message when the first worker dies between the call and its record."""
    postman = Postman(takes_key=False)
    for one in claims.claim("dingtalk", postman, Terms(), now=NOW):
        postman.send(sender.letter_of(one), now=NOW)  # and here the process is gone
    send_due(clock=lambda: NOW + HOUR, channels={"dingtalk": postman}, most=1)
    return len(postman.letters)


@contextmanager
def claims_unwritten(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Claims that leave no trace before the call."""
    with patch.context() as inside:
        inside.setattr(claims, "begins", lambda delivery, channel, now: True)
        yield


def test_a_killed_worker_shows_nothing_twice(delivery, monkeypatch):
    assert shown_after_a_kill() == 1
    delivery.refresh_from_db()
    assert delivery.state == "unknown"
    NoticeDelivery.objects.update(state="queued", next_at=NOW, attempts=0)
    with claims_unwritten(monkeypatch):
        assert shown_after_a_kill() == 2, "without the stored claim a killed worker's message goes out again"


@contextmanager
def swap_off(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Moves that do not compare before they swap."""

    def move(machine, thing, name, **changes):
        type(thing).objects.filter(pk=thing.pk).update(state=machine.step(name).target, **changes)
        thing.refresh_from_db()

    with patch.context() as inside:
        inside.setattr(claims, "move", move)
        yield


def claimed_by_both() -> int:
    """How many of two workers that read the same row believe that it is theirs."""
    seen = [NoticeDelivery.objects.get(), NoticeDelivery.objects.get()]
    return sum(claims.begins(one, Postman(), NOW) for one in seen)


def test_two_workers_claim_a_delivery_once(delivery, monkeypatch):
    assert claimed_by_both() == 1
    NoticeDelivery.objects.update(state="queued")
    with swap_off(monkeypatch):
        assert claimed_by_both() == 2, "without the compare-and-swap both workers send it"


def test_a_link_ends_after_thirty_days(delivery, monkeypatch):
    token, late = link_token(delivery.key, NOW), NOW + LINK_LIVES
    NoticeDelivery.objects.update(state="sent")
    with pytest.raises(NotFound):
        open_link(token, now=late)
    assert open_link(token, now=late - dt.timedelta(seconds=1)).state == "opened"
    monkeypatch.setattr(access, "LINK_LIVES", dt.timedelta(days=9999))
    longer = link_token(delivery.key, NOW)
    NoticeDelivery.objects.update(link_digest=access.link_digest(longer))
    assert open_link(longer, now=late).pk == delivery.pk, "without its end a link would open for ever"


def test_a_forged_link_opens_nothing(delivery, monkeypatch):
    forged = link_token(delivery.key, NOW).rpartition(":")[0] + ":forged"
    NoticeDelivery.objects.update(link_digest=access.link_digest(forged))
    with pytest.raises(NotFound):
        open_link(forged, now=NOW)
    monkeypatch.setattr(access.Signer, "unsign", lambda self, token: token.rpartition(":")[0])
    assert open_link(forged, now=NOW).pk == delivery.pk, "without the signature anybody writes a link"
