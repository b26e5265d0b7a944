"""Controls on calls: a write is done once under its key, effect and answer together, and a minute has so many calls."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from songda.deliveries.service.demands.tests.board import lay
from songda.kernel import clock
from songda.kernel.errors import TooMany
from songda.ledger.cases.models import Case
from songda.portal.api import entrance
from songda.registry.people.tests.cast import DAY, NOW
from songda.registry.programs import actions, rules
from songda.registry.programs.actions import spend_calls as spending
from songda.registry.programs.models import Answered, Spending, Token


@pytest.fixture(autouse=True)
def on_the_day(settings) -> None:
    spending.LEASES.clear()
    settings.CLOCK_SHIFT += NOW - clock.now()


@pytest.fixture
def program(cast) -> Client:
    lay(cast)
    given = actions.Given("登记", rules.open_to(cast.street.permissions), DAY + dt.timedelta(days=9))
    text = actions.make_token(given, by=cast.street, now=NOW).text
    return Client(headers={"Authorization": f"Bearer {text}"})


def file(program, cast, *, key="key-00000001", title="急缺一线工人"):
    body = json.dumps({"subject_id": cast.firm.pk, "title": title})
    return program.post("/api/v1/demands", body, "application/json", headers={"Idempotency-Key": key})


def test_a_write_asked_for_twice_is_done_once_and_would_be_twice_without_the_key(program, cast, monkeypatch):
    first, second = file(program, cast), file(program, cast)
    assert (first.status_code, second.status_code) == (200, 200), first.content.decode()
    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"
    assert Case.objects.count() == 1
    monkeypatch.setattr(entrance, "once", lambda request, caller, run: run())
    file(program, cast)
    assert Case.objects.count() == 2


def test_a_key_stands_for_one_request(program, cast, monkeypatch):
    file(program, cast)
    again = file(program, cast, title="别的事")
    assert (again.status_code, again.json()["error"]["code"]) == (422, "key_reused")
    monkeypatch.setattr(rules, "fingerprint", lambda *_: "same")
    Answered.objects.update(asked="same")
    assert file(program, cast, title="别的事").status_code == 200


def test_keys_of_two_programs_are_two(program, cast):
    other = actions.make_token(
        actions.Given("另一个", ["cases.file", "subjects.see"], DAY + dt.timedelta(days=9)), by=cast.street, now=NOW
    )
    file(program, cast)
    assert file(Client(headers={"Authorization": f"Bearer {other.text}"}), cast).status_code == 200
    assert Case.objects.count() == 2


def test_what_was_refused_leaves_neither_effect_nor_key(program, cast):
    refused = file(program, cast, title="  ")
    assert refused.status_code == 400
    assert (Case.objects.count(), Answered.objects.count()) == (0, 0)
    assert file(program, cast).status_code == 200


def test_a_fault_between_leaves_neither_and_would_leave_half_without_the_transaction(program, cast, monkeypatch):
    program.raise_request_exception = False

    def dies(*_args):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(entrance.actions, "fulfil", dies)
        assert file(program, cast).status_code == 500
        assert (Case.objects.count(), Answered.objects.count()) == (0, 0)
        patch.setattr(entrance, "kept", entrance.kept.__wrapped__)
        assert file(program, cast).status_code == 500
        assert Case.objects.count() == 1


def test_one_under_way_is_told_to_wait_and_taken_over_when_its_process_died(program, cast):
    token = Token.objects.get()
    asked = rules.fingerprint(
        "POST", "/api/v1/demands", json.dumps({"subject_id": cast.firm.pk, "title": "急缺一线工人"}).encode()
    )
    actions.claim(token, "key-00000001", asked, now=clock.now())
    waits = file(program, cast)
    assert (waits.status_code, waits.json()["error"]["code"], waits["Retry-After"]) == (409, "under_way", "2")
    Answered.objects.update(made_at=clock.now() - rules.DEAD)
    assert file(program, cast).status_code == 200
    assert Case.objects.count() == 1


def test_who_was_only_slow_undoes_what_it_did_and_would_not_without_the_mark(program, cast, monkeypatch):
    """Its claim went to another while it worked: then its own effect must not stand beside the other's."""
    real = actions.claim

    def overtaken(token, key, asked, *, now):
        held = real(token, key, asked, now=now)
        Answered.objects.update(claim="another")
        return held

    monkeypatch.setattr(entrance.actions, "claim", overtaken)
    assert file(program, cast).status_code == 409
    assert Case.objects.count() == 0
    monkeypatch.setattr(entrance.actions, "fulfil", lambda *_: None)
    Answered.objects.all().delete()
    assert file(program, cast).status_code == 200
    assert Case.objects.count() == 1


def test_answers_are_kept_a_day(program, cast):
    file(program, cast)
    assert actions.purge(now=clock.now() + dt.timedelta(hours=23)) == 0
    assert actions.purge(now=clock.now() + dt.timedelta(hours=25)) == 1


def test_a_minute_has_so_many_calls_and_more_without_the_limit(program, monkeypatch):
    monkeypatch.setattr(rules, "LIMITS", {"call": 3, "write": 1})
    told = [program.get("/api/v1/me") for _ in range(4)]
    assert [one.status_code for one in told] == [200, 200, 200, 429]
    assert [one["RateLimit-Remaining"] for one in told[:3]] == ["2", "1", "0"]
    assert 0 < int(told[3]["Retry-After"]) <= 60
    monkeypatch.setattr(rules, "LIMITS", {"call": 300, "write": 1})
    spending.LEASES.clear()
    assert program.get("/api/v1/me").status_code == 200


def test_writes_have_a_limit_of_their_own(program, cast, monkeypatch):
    monkeypatch.setattr(rules, "LIMITS", {"call": 300, "write": 1})
    assert file(program, cast, key="key-00000001").status_code == 200
    assert file(program, cast, key="key-00000002").status_code == 429
    assert program.get("/api/v1/me").status_code == 200


def spent_by(processes, token, *, calls):
    """How many calls get through when these processes take turns: each knows its own leases alone."""
    through = 0
    for number in range(calls):
        leases = processes[number % len(processes)]
        spending.LEASES.clear()
        spending.LEASES.update(leases)
        try:
            actions.spend(token, "call", now=NOW)
            through += 1
        except TooMany:
            pass
        leases.clear()
        leases.update(spending.LEASES)
    return through


def test_two_processes_share_a_minute_and_would_not_without_the_common_row(program, monkeypatch):
    token = Token.objects.get()
    monkeypatch.setattr(rules, "LIMITS", {"call": 35, "write": 1})
    assert spent_by([{}, {}], token, calls=100) == 35
    Spending.objects.all().delete()
    monkeypatch.setattr(spending, "used_after_taking", lambda _token, _kind, _minute, _limit, size: size)
    assert spent_by([{}, {}], token, calls=100) == 100


def test_a_new_minute_begins_anew(program, monkeypatch):
    token = Token.objects.get()
    monkeypatch.setattr(rules, "LIMITS", {"call": 1, "write": 1})
    actions.spend(token, "call", now=NOW)
    with pytest.raises(TooMany):
        actions.spend(token, "call", now=NOW + dt.timedelta(seconds=59 - NOW.second))
    assert actions.spend(token, "call", now=NOW + dt.timedelta(seconds=60)).left == 0
