"""Lanes, quiet hours, the firm's cap, the minute: what goes first, what waits, and what its row says of it."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.ledger.notices import packs, queries
from songda.ledger.notices.actions import send_due
from songda.ledger.notices.models import ChannelTerms, NoticeDelivery, Pace
from songda.ledger.notices.rules.outcomes import Fate, Outcome
from songda.ledger.notices.states import Lane
from songda.ledger.notices.tests.post import Postman, reachable, tell, told
from songda.registry.actors import system
from songda.registry.people.tests.cast import NOW

HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
EVENING = NOW.replace(hour=13, minute=30)  # half past nine in the evening there
MORNING = dt.datetime.combine(EVENING.date() + dt.timedelta(days=1), dt.time(0), dt.UTC)  # eight o'clock there


@pytest.fixture
def quiet(db):
    packs.load([{"code": "dingtalk", "name": "钉钉", "limit": 0, "weekly": 2, "quiet": "21:00-08:00"}], by=system(), now=NOW)


def run(postman: Postman, now: dt.datetime, channel: str = "dingtalk"):
    return send_due(clock=lambda: now, channels={channel: postman}).steps


def queue(firm, topic: int, lane: Lane = Lane.BULK, now: dt.datetime = NOW) -> NoticeDelivery:
    tell(told(firm, topic, lane=lane), cause=f"push:{topic}", now=now)
    return NoticeDelivery.objects.order_by("-pk")[0]


def test_an_urgent_message_is_the_next_to_go(cast):
    firms = (cast.firm, cast.neighbour, cast.other_firm)
    for firm in firms:
        reachable(firm, address=f"u{firm.pk}")
    tell(*(told(firm, 1) for firm in firms))
    urgent = queue(cast.other_firm, 9, Lane.URGENT, NOW + MINUTE)
    reply = queue(cast.neighbour, 8, Lane.REPLY, NOW + MINUTE)
    postman = Postman(takes_key=False)
    run(postman, NOW + MINUTE)
    assert [letter.key for letter in postman.letters[:2]] == [urgent.key, reply.key]
    assert len(postman.letters) == 5


def test_bulk_and_replies_wait_for_the_morning_and_urgent_ones_do_not(cast, quiet):
    reachable(cast.firm)
    bulk, reply, urgent = (queue(cast.firm, n, lane, EVENING) for n, lane in enumerate((Lane.BULK, Lane.REPLY, Lane.URGENT), 1))
    postman = Postman()
    run(postman, EVENING)
    assert [letter.key for letter in postman.letters] == [urgent.key]
    assert "免打扰时段" in queries.why_waiting(bulk, now=EVENING) and "08:00" in queries.why_waiting(reply, now=EVENING)
    run(postman, MORNING - dt.timedelta(seconds=1))
    assert len(postman.letters) == 1
    run(postman, MORNING)
    assert [letter.key for letter in postman.letters[1:]] == [reply.key, bulk.key]


def test_a_firm_gets_so_many_bulk_messages_a_week_and_the_rest_later(cast, quiet):
    reachable(cast.firm)
    first, _second, third = (queue(cast.firm, n) for n in (1, 2, 3))
    reply = queue(cast.firm, 4, Lane.REPLY)
    postman = Postman()
    run(postman, NOW)
    third.refresh_from_db()
    assert len(postman.letters) == 3 and reply.key in {letter.key for letter in postman.letters}, "an answer is not capped"
    assert (third.state, third.held, third.next_at) == ("queued", "cap", NOW + dt.timedelta(days=7))
    assert "七日内已收到 2 条批量消息" in queries.why_waiting(third, now=NOW)
    run(postman, NOW + dt.timedelta(days=7))
    third.refresh_from_db()
    first.refresh_from_db()
    assert (third.state, first.state) == ("sent", "sent")


def test_two_workers_together_keep_the_limit(cast):
    ChannelTerms.objects.create(code="dingtalk", name="钉钉", per_minute=3)
    firms = (cast.firm, cast.neighbour, cast.other_firm)
    for firm in firms:
        reachable(firm, address=f"u{firm.pk}")
    tell(*(told(firm, 1) for firm in firms))
    urgent = [queue(firm, 9, Lane.URGENT) for firm in firms[:1]]
    one, two = Postman(takes_key=False), Postman(takes_key=False)
    run(one, NOW)
    run(two, NOW)
    assert (len(one.letters), len(two.letters)) == (2, 0), "one urgent, one bulk; a place is kept for what is urgent"
    assert one.letters[0].key == urgent[0].key
    waiting = NoticeDelivery.objects.filter(state="queued").first()
    assert "平台限速：每分钟 3 条" in queries.why_waiting(waiting, now=NOW)
    assert queries.next_release(now=NOW) is None, "nothing is configured here"
    run(two, NOW + dt.timedelta(seconds=59))
    assert not two.letters
    run(two, NOW + dt.timedelta(seconds=61))
    assert len(two.letters) == 2


def test_a_platform_that_wants_peace_gets_it_and_no_attempt_is_lost(cast):
    reachable(cast.firm)
    row = queue(cast.firm, 1)
    hold = Outcome(Fate.HOLD, reason="平台连接不上")
    postman = Postman(answers=[hold] * 20)
    now = NOW
    for minutes in (1, 2, 4, 8, 16, 16, 16):
        run(postman, now)
        row.refresh_from_db()
        assert (row.state, row.attempts) == ("queued", 0)
        calls = len(postman.letters)
        run(postman, now + minutes * MINUTE - dt.timedelta(seconds=1))
        assert len(postman.letters) == calls, "the channel is closed, and the pause doubles"
        now += minutes * MINUTE
    assert "平台连接不上" in queries.why_waiting(row, now=now - MINUTE)
    postman.answers.clear()
    run(postman, now)
    row.refresh_from_db()
    assert (row.state, Pace.objects.get(channel="dingtalk").troubles) == ("sent", 0)


def test_the_expected_end_counts_the_line_the_limit_the_night_and_the_cap(cast, quiet):
    ChannelTerms.objects.filter(code="dingtalk").update(per_minute=20)
    reachable(cast.firm)
    tell(told(cast.firm, 1), cause="push:1", now=EVENING)
    end = queries.expected_end("push:1", now=EVENING)
    assert (end.waiting, end.channels[0].in_line, end.at) == (1, 1, MORNING + MINUTE)
    now = NOW
    for cause in (2, 3, 4):
        queue(cast.firm, cause, now=now)
    run(Postman(), now)
    late = queries.expected_end("push:4", now=now)
    assert (late.channels[0].capped, late.at) == (1, now + dt.timedelta(days=7))
    assert queries.expected_end("push:99", now=NOW).at is None


def test_the_pack_sets_the_terms_and_a_second_loading_changes_nothing(quiet):
    again = [{"code": "dingtalk", "name": "钉钉", "limit": 0, "weekly": 2, "quiet": "21:00-08:00"}]
    assert packs.load(again, by=system(), now=NOW) == 0
    assert packs.load([{**again[0], "weekly": 3}], by=system(), now=NOW) == 1
    terms = ChannelTerms.objects.get(code="dingtalk")
    assert (terms.weekly, terms.quiet_from, terms.quiet_to) == (3, dt.time(21), dt.time(8))
