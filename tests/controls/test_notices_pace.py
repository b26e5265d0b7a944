"""Lanes, quiet hours, the cap, the minute, the unknown: each control is there, and without it the thing it prevents happens."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.db import IntegrityError

from songda.kernel.errors import Conflict, NotFound
from songda.ledger.notices import access
from songda.ledger.notices.actions import notify_posts, open_own, send_due
from songda.ledger.notices.models import ChannelTerms, Notice, NoticeDelivery, NoticeLine
from songda.ledger.notices.rules import outcomes
from songda.ledger.notices.rules.letters import Word
from songda.ledger.notices.rules.outcomes import Fate, Move, Outcome
from songda.ledger.notices.states import Lane
from songda.ledger.notices.tests.post import Postman, reachable, tell, told
from songda.registry.people.tests.cast import NOW, assemble
from tests.controls.rebuilt import constraint_off

claims = import_module("songda.ledger.notices.actions.claim_due")
sender = import_module("songda.ledger.notices.actions.send_due")
EVENING = NOW.replace(hour=14)  # ten in the evening there
SILENCE = Outcome(Fate.AMBIGUOUS, reason="未答复")


def run(postman: Postman, now: dt.datetime = NOW) -> int:
    """How many messages go out."""
    before = len(postman.letters)
    send_due(clock=lambda: now, channels={"dingtalk": postman})
    return len(postman.letters) - before


def again() -> None:
    """Everything as if it had never been sent."""
    NoticeDelivery.objects.update(state="queued", held="", attempts=0, asks=0, begun_at=None, next_at=NOW)


@pytest.fixture
def three(cast):
    """Three messages of one firm in the bulk."""
    reachable(cast.firm)
    for number in (1, 2, 3):
        tell(told(cast.firm, number), cause=f"push:{number}")
    return cast.firm


def test_quiet_hours_are_kept(three, monkeypatch):
    ChannelTerms.objects.create(code="dingtalk", name="钉钉", quiet_from=dt.time(21), quiet_to=dt.time(8))
    assert run(Postman(), EVENING) == 0
    monkeypatch.setattr(claims, "open_lanes", lambda terms, now: tuple(Lane))
    assert run(Postman(), EVENING) == 3, "without the quiet hours the city is woken at ten"


def test_a_firm_is_not_written_to_more_than_so_often(three, monkeypatch):
    ChannelTerms.objects.create(code="dingtalk", name="钉钉", weekly=2)
    assert run(Postman()) == 2
    again()
    monkeypatch.setattr(claims, "held_by_cap", lambda *words: {})
    assert run(Postman()) == 3, "without the cap every push reaches the same firm"


def test_the_limit_of_a_minute_holds_for_all_workers(three, monkeypatch):
    ChannelTerms.objects.create(code="dingtalk", name="钉钉", per_minute=2)
    assert run(Postman(takes_key=False)) + run(Postman(takes_key=False)) == 1
    again()
    monkeypatch.setattr(claims, "spend", lambda *words, **more: None)
    monkeypatch.setattr(sender, "spend", lambda *words, **more: None)
    assert run(Postman(takes_key=False), NOW + dt.timedelta(hours=1)) == 3, "without the count the platform is flooded"


def test_what_is_urgent_goes_first(three, monkeypatch):
    tell(told(three, 9, lane=Lane.URGENT), cause="push:9")
    urgent = NoticeDelivery.objects.get(lane=int(Lane.URGENT)).key

    def first() -> str:
        postman = Postman(takes_key=False)
        send_due(clock=lambda: NOW, channels={"dingtalk": postman})
        return postman.letters[0].key

    assert first() == urgent
    again()
    monkeypatch.setattr(claims, "open_lanes", lambda terms, now: tuple(reversed(Lane)))
    assert first() != urgent, "without the order of lanes it waits behind the bulk"


def test_an_unknown_message_is_never_sent_again_by_itself(three, monkeypatch):
    def shown(hours: int = 48) -> int:
        postman = Postman(takes_key=False, answers=[SILENCE] * 3)
        for hour in range(hours):
            run(postman, NOW + dt.timedelta(hours=hour))
        return len(postman.letters)

    assert shown() == 3
    assert set(NoticeDelivery.objects.values_list("state", flat=True)) == {"unknown"}
    again()
    monkeypatch.setattr(outcomes, "_lost", lambda reason, promise, now: Move("retry", reason, now))
    assert shown() == 6, "without this everything in doubt is shown twice"


def test_a_message_of_another_post_is_not_opened(cast, monkeypatch):
    notify_posts([cast.officer.post_id], Word("t", "t", "case_alert", 1), now=NOW)
    row = NoticeDelivery.objects.get()
    with pytest.raises(NotFound):
        open_own(row.pk, by=cast.street, now=NOW)
    monkeypatch.setattr(
        import_module("songda.ledger.notices.actions.open_link"), "inbox_of", lambda actor: access.NoticeDelivery.objects.all()
    )
    assert open_own(row.pk, by=cast.street, now=NOW).state == "opened", "without the scope anybody reads it"


@pytest.mark.django_db(transaction=True)
def test_a_post_is_told_once_and_a_key_is_given_once(monkeypatch):
    cast, word = assemble(), Word("t", "t", "case_alert", 1)
    monkeypatch.setattr(import_module("songda.ledger.notices.actions.notify_posts"), "_told", lambda recipients, word: set())
    post = cast.officer.post_id
    notify_posts([post], word, now=NOW)
    later = Word("t", "t", "case_alert", 1, cause="again")
    with pytest.raises(Conflict):
        notify_posts([post], later, now=NOW)
    with constraint_off(NoticeLine, "post_told_once"):
        notify_posts([post], later, now=NOW)
        assert NoticeLine.objects.count() == 2, "without the index the post is told twice"
        for model in (NoticeDelivery, NoticeLine, Notice):
            model.objects.all().delete()


def test_a_key_is_unique(three):
    row = NoticeDelivery.objects.first()
    row.pk, row.contact_id, row.link_digest = None, None, "other"
    with pytest.raises(IntegrityError, match="key"):
        row.save(force_insert=True)
