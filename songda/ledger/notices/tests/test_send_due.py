"""send_due: claimed once, recorded always, repeated only where a repeat cannot be seen."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.ledger.notices.access import link_token
from songda.ledger.notices.actions import open_link, send_due
from songda.ledger.notices.actions.claim_due import LEASE, claim
from songda.ledger.notices.actions.send_due import Sending, record
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.queries.terms import Terms
from songda.ledger.notices.rules.outcomes import MOST_ATTEMPTS, Fate, Outcome
from songda.ledger.notices.tests.post import TAKEN, Postman, reachable, tell, told
from songda.registry.people.tests.cast import NOW

AMBIGUOUS = Outcome(Fate.AMBIGUOUS, reason="已发出但未得到答复")


@pytest.fixture
def delivery(cast):
    reachable(cast.firm)
    tell(told(cast.firm, 1))
    return NoticeDelivery.objects.get()


def run(postman: Postman, now: dt.datetime = NOW):
    return send_due(clock=lambda: now, channels={"dingtalk": postman}).steps


def test_what_is_due_is_sent_with_its_key_and_link(delivery):
    postman = Postman()
    assert run(postman)["send"] == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.sent_at) == ("sent", 1, NOW)
    (letter,) = postman.letters
    assert (letter.key, letter.to) == (delivery.key, "u1")
    token = letter.link.rstrip("/").rpartition("/")[2]
    assert open_link(token, now=NOW).state == "opened"
    assert not run(postman)


def test_busy_platform_is_asked_again_later_and_not_forever(delivery):
    busy = Outcome(Fate.NOT_NOW, reason="系统繁忙")
    postman, now = Postman(answers=[busy] * MOST_ATTEMPTS), NOW
    for attempt in range(MOST_ATTEMPTS):
        run(postman, now)
        delivery.refresh_from_db()
        if attempt == 0:
            assert (delivery.state, delivery.next_at) == ("queued", NOW + dt.timedelta(minutes=1))
        now += dt.timedelta(hours=1)
    assert (delivery.state, delivery.failure, delivery.attempts) == ("failed", "系统繁忙", MOST_ATTEMPTS)


def test_a_refused_message_has_failed_with_its_reason(delivery):
    run(Postman(answers=[Outcome(Fate.REFUSED, reason="sign not match（errcode 310000）")]))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.failure) == ("failed", "sign not match（errcode 310000）")


@pytest.mark.parametrize(("takes_key", "state"), [(True, "queued"), (False, "unknown")])
def test_silence_is_repeated_only_with_a_key(delivery, takes_key, state):
    run(Postman(takes_key=takes_key, answers=[AMBIGUOUS]))
    delivery.refresh_from_db()
    assert delivery.state == state


@pytest.mark.parametrize(("takes_key", "sent"), [(True, 1), (False, 0)])
def test_a_dead_workers_delivery_is_settled_after_its_lease(delivery, takes_key, sent):
    postman = Postman(takes_key=takes_key)
    claim("dingtalk", postman, Terms(), now=NOW)
    assert not run(postman, NOW + LEASE)
    found = NOW + LEASE + dt.timedelta(seconds=1)
    assert not run(postman, found)["send"], "it is put behind the others for a minute"
    run(postman, found + dt.timedelta(minutes=1))
    delivery.refresh_from_db()
    assert (len(postman.letters), delivery.state) == (sent, "sent" if sent else "unknown")


def test_the_limit_per_minute_is_kept(cast):
    for subject in (cast.firm, cast.neighbour, cast.other_firm):
        reachable(subject, address=subject.name)
    tell(*(told(subject, 1) for subject in (cast.firm, cast.neighbour, cast.other_firm)))
    postman = Postman(takes_key=False, per_minute=3)
    assert run(postman)["send"] == 2, "the bulk leaves one place of the minute to what is urgent"
    assert run(postman, NOW + dt.timedelta(seconds=61))["send"] == 1


def test_an_opened_message_stays_opened_when_its_answer_comes_late(delivery):
    batch = claim("dingtalk", Postman(), Terms(), now=NOW)
    open_link(link_token(delivery.key, NOW), now=NOW)
    sending = Sending()
    record(batch, [TAKEN], Postman(), sending, now=NOW)
    delivery.refresh_from_db()
    assert (sending.steps["overtaken"], delivery.state, delivery.sent_at) == (1, "opened", NOW)
