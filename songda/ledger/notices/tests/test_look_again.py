"""What a platform that can be asked says of messages whose fate is unknown; receipts; what a person decides."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, NotPermitted
from songda.ledger.notices.actions import requeue_delivery, send_due, settle_delivery
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.rules.outcomes import MOST_ASKS, Fate, Look, Outcome, Sight
from songda.ledger.notices.tests.post import Postman, reachable, tell, told
from songda.registry.people.tests.cast import NOW, enter

SILENCE = Outcome(Fate.AMBIGUOUS, reason="已发出但未得到答复")
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def row(cast):
    reachable(cast.firm, "sms", "138-demo")
    tell(told(cast.firm, 1), channels=("sms",))
    return NoticeDelivery.objects.get()


def run(postman: Postman, now: dt.datetime = NOW):
    return send_due(clock=lambda: now, channels={"sms": postman}).steps


@pytest.mark.parametrize(
    ("sight", "state", "letters"),
    [(Sight.TAKEN, "sent", 1), (Sight.DELIVERED, "delivered", 1), (Sight.BOUNCED, "failed", 1), (Sight.ABSENT, "sent", 2)],
)
def test_an_unknown_message_is_asked_about_and_only_an_absent_one_goes_again(row, sight, state, letters):
    postman = Postman(takes_key=False, can_be_asked=True, answers=[SILENCE], sights=[Look(sight)])
    run(postman)
    row.refresh_from_db()
    assert (row.state, row.held, row.next_at) == ("unknown", "ask", NOW + 2 * MINUTE)
    assert not run(postman, NOW + MINUTE), "a message may still be on its way: it is given two minutes"
    run(postman, NOW + 2 * MINUTE)
    row.refresh_from_db()
    assert (row.state, len(postman.letters)) == (state, letters)


def test_a_platform_that_does_not_say_is_asked_so_often_and_then_a_person(row):
    postman, now = Postman(takes_key=False, can_be_asked=True, answers=[SILENCE]), NOW
    run(postman)
    for _ask in range(MOST_ASKS + 2):
        now += dt.timedelta(hours=9)
        run(postman, now)
    row.refresh_from_db()
    assert (row.state, row.held, row.asks, len(postman.letters)) == ("unknown", "", MOST_ASKS, 1)


@pytest.mark.parametrize(("sight", "state"), [(Sight.DELIVERED, "delivered"), (Sight.BOUNCED, "failed"), (Sight.SILENT, "sent")])
def test_a_receipt_is_fetched_for_what_was_sent(row, sight, state):
    postman = Postman(receipts=True, sights=[Look(sight, reason="空号")])
    run(postman)
    run(postman, NOW + 2 * MINUTE)
    row.refresh_from_db()
    assert (row.state, row.delivered_at) == (state, NOW + 2 * MINUTE if state == "delivered" else None)
    assert row.sent_at == NOW


@pytest.mark.parametrize(("arrived", "state"), [(True, "sent"), (False, "failed")])
def test_a_person_settles_an_unknown_message_by_the_recipients_word(cast, row, arrived, state):
    run(Postman(takes_key=False, answers=[SILENCE]))
    with pytest.raises(NotPermitted):
        settle_delivery(row.pk, arrived=arrived, by=cast.officer, now=NOW)
    settle_delivery(row.pk, arrived=arrived, by=cast.dispatcher, now=NOW)
    row.refresh_from_db()
    assert row.state == state and "核实" in row.failure
    assert AuditEntry.objects.filter(action="notices.settle").count() == 1
    with pytest.raises(Conflict):
        settle_delivery(row.pk, arrived=arrived, by=cast.dispatcher, now=NOW)


def test_a_person_may_send_it_again(cast, row):
    run(Postman(takes_key=False, answers=[SILENCE]))
    requeue_delivery(row.pk, by=cast.dispatcher, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("queued", 0)


def test_the_desk_shows_what_is_unknown_with_its_steps(cast, row, settings, tmp_path, django_assert_max_num_queries):
    settings.CHANNELS_FILE = tmp_path / "channels.json"
    settings.CHANNELS_FILE.write_text(
        '{"channels": {"sms": {"kind": "sms", "base_url": "http://127.0.0.1:9", "application": "a", "signing": "s", "agent": "g"}}}'
    )
    run(Postman(takes_key=False, can_be_asked=True, answers=[SILENCE]))
    client = enter(Client(), cast.dispatcher)
    with django_assert_max_num_queries(24):
        text = client.get("/notices/queue/").content.decode()
    assert cast.firm.name in text and "向平台查询" in text and "未收到" in text
    answer = client.post(f"/notices/queue/{row.pk}/ask/", follow=True).content.decode()
    assert "没有明确答复" in answer
    client.post(f"/notices/queue/{row.pk}/settle/", {"arrived": "no"})
    row.refresh_from_db()
    assert row.state == "failed"
    assert "未收到" in client.get("/notices/queue/?state=failed").content.decode()
    client.post(f"/notices/queue/{row.pk}/requeue/")
    text = client.get("/notices/queue/?state=queued").content.decode()
    assert "排队中" in text


def test_groups_are_kept_on_their_page(cast):
    client = enter(Client(), cast.dispatcher)
    given = {"code": "zone-tech", "name": "示例群", "channel": "wecom_group", "members": "88", "counted_on": "2020-03-01"}
    assert "示例群" in client.post("/notices/groups/", given, follow=True).content.decode()
