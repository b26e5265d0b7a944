"""Open sessions: kept under a digest, seen by their owner and who keeps the accounts, and over when they are ended."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.test import Client

from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import NotFound, NotPermitted
from songda.portal import sessions
from songda.portal.sessions import SessionStore
from songda.registry.people import access, actions, queries
from songda.registry.people.models import Account, OpenSession
from songda.registry.people.rules.sessions import digest_of_key
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, PASSWORD, enter, hire

ending, accounts = (import_module(f"songda.registry.people.actions.{name}") for name in ("end_session", "open_account"))
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
HOUSE = "/organisations/"


@pytest.fixture(autouse=True)
def on_the_day(settings):
    """The clock stands at the cast's day."""
    settings.CLOCK_SHIFT += NOW - clock.now()


def come_in(client, actor, **more):
    account = Account.objects.get(pk=actor.account_id)
    client.defaults |= {"HTTP_USER_AGENT": CHROME, **more}
    answer = client.post("/sign-in/", {"username": account.username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def kept(actor):
    return OpenSession.objects.filter(account=actor.account_id)


def test_the_table_holds_no_key_and_would_with_djangos_own_store(cast, monkeypatch):
    here = come_in(Client(), cast.desk)
    key = here.session.session_key
    row = kept(cast.desk).get()
    assert (row.pk, key in row.session_data) == (digest_of_key(key), False)
    assert not SessionStore(row.pk).load()  # what the table holds opens nothing
    monkeypatch.setattr(sessions, "digest_of_key", lambda key: key)
    come_in(there := Client(), cast.desk)
    assert kept(cast.desk).filter(pk=there.session.session_key).exists()
    assert db.SessionStore(there.session.session_key).get_model_class() is not OpenSession


def test_a_row_says_where_on_what_since_when_and_as_whom(cast):
    come_in(Client(), cast.desk, REMOTE_ADDR="10.1.2.3").get("/")
    row = kept(cast.desk).get()
    assert (row.address, row.device, row.post_id) == ("10.1.2.3", "Chrome · Windows", cast.desk.post_id)
    assert abs((row.opened_at - NOW).total_seconds()) < 60
    assert row.seen_at >= row.opened_at


def test_an_ended_session_opens_nothing_and_would_without_the_deleting(cast, monkeypatch):
    thief, owner = come_in(Client(), cast.desk), come_in(Client(), cast.desk)
    stolen = digest_of_key(thief.session.session_key)
    page = owner.get("/sessions/").text
    assert (page.count("Chrome · Windows"), page.count("本次登录")) == (2, 1)
    assert thief.get(HOUSE).status_code == 200
    with monkeypatch.context() as without:
        without.setattr(QuerySet, "delete", lambda _rows: (0, {}))
        actions.end_session(stolen, by=cast.desk, now=NOW)
    assert thief.get(HOUSE).status_code == 200
    assert owner.post(f"/sessions/{stolen}/end/").status_code == 302
    assert thief.get(HOUSE).status_code == 302
    assert owner.get(HOUSE).status_code == 200
    assert AuditEntry.objects.filter(action="session.end").count() == 2


def test_a_page_under_way_does_not_bring_an_ended_session_back(cast):
    here = come_in(Client(), cast.desk)
    session = SessionStore(here.session.session_key)
    session["seen"] = 1
    actions.end_session(digest_of_key(here.session.session_key), by=cast.desk, now=NOW)
    with pytest.raises(db.UpdateError):
        session.save()
    assert not kept(cast.desk).exists()


def test_all_others_end_at_once(cast):
    first, second, here = (come_in(Client(), cast.desk) for _one in range(3))
    assert here.post("/sessions/end-others/").status_code == 302
    assert [one.get(HOUSE).status_code for one in (first, second, here)] == [302, 302, 200]


def test_nobody_else_sees_or_ends_it_and_anybody_would_without_the_scope(cast, monkeypatch):
    come_in(Client(), cast.desk)
    digest = kept(cast.desk).get().pk
    for other in (cast.stranger, cast.system_admin, cast.leader):
        with pytest.raises(NotFound):
            actions.end_session(digest, by=other, now=NOW)
        with pytest.raises(NotPermitted):
            actions.end_sessions(cast.desk.account_id, by=other, now=NOW)
    monkeypatch.setattr(ending, "session_for", lambda digest, by, now: OpenSession.objects.get(pk=digest))
    actions.end_session(digest, by=cast.stranger, now=NOW)
    assert not kept(cast.desk).exists()


def test_the_security_administrator_sees_and_ends_the_sessions_of_an_account(cast):
    there = come_in(Client(), cast.desk)
    boss = enter(Client(), cast.security_admin)
    address = f"/people/accounts/{cast.desk.account_id}/sessions/"
    assert "Chrome · Windows" in boss.get(address).text
    assert boss.post(f"{address}end/").status_code == 302
    assert there.get(HOUSE).status_code == 302
    assert boss.get(address).status_code == 200


@pytest.mark.parametrize("verb", ["close_account", "reset_password"])
def test_a_closed_account_and_a_reset_password_end_all_and_would_not_without(cast, monkeypatch, verb):
    act = getattr(actions, verb)
    come_in(Client(), cast.desk)
    come_in(Client(), cast.lead)
    with monkeypatch.context() as without:
        without.setattr(accounts, "shut", lambda account: 0)
        act(cast.lead.account_id, by=cast.security_admin, now=NOW)
    assert kept(cast.lead).exists()
    act(cast.desk.account_id, by=cast.security_admin, now=NOW)
    assert not kept(cast.desk).exists()


def test_a_changed_password_ends_all_others_and_keeps_this_one(cast):
    here, there = come_in(Client(), cast.desk), come_in(Client(), cast.desk)
    new = {"old": PASSWORD, "password": "Another-pass-1", "again": "Another-pass-1"}
    assert here.post("/password/", new).status_code == 302
    assert [row.pk for row in kept(cast.desk)] == [digest_of_key(here.session.session_key)]
    assert (here.get(HOUSE).status_code, there.get(HOUSE).status_code) == (200, 302)


def test_signing_out_and_ending_this_one_leave_nothing(cast):
    here, there = come_in(Client(), cast.desk), come_in(Client(), cast.lead)
    here.post("/sign-out/")
    assert there.post(f"/sessions/{digest_of_key(there.session.session_key)}/end/").url == "/sign-in/"
    assert not OpenSession.objects.exclude(account=None).exists()


def test_a_session_that_has_run_out_is_not_shown(cast, settings):
    come_in(Client(), cast.desk)
    assert access.sessions_visible_to(cast.desk, clock.now()).count() == 1
    OpenSession.objects.update(expire_date=clock.now() - settings.CLOCK_SHIFT)
    assert access.sessions_visible_to(cast.desk, clock.now()).count() == 0


def test_reading_costs_one_query_for_the_session_and_no_write(cast, django_assert_num_queries):
    here = come_in(Client(), cast.desk)
    here.get("/")
    with django_assert_num_queries(5):  # session, account, post · count and rows of the list
        here.get("/sessions/")
    assert queries.present_session(here.get("/sessions/").wsgi_request)


def test_who_keeps_the_accounts_of_one_zone_leaves_those_of_another_alone(cast):
    there = come_in(Client(), cast.stranger)
    digest = kept(cast.stranger).get().pk
    boss = enter(Client(), hire(Role.SECURITY_ADMIN, at=cast.zone))
    assert boss.get(f"/people/accounts/{cast.stranger.account_id}/sessions/").status_code == 404
    assert boss.post(f"/sessions/{digest}/end/").status_code == 404
    boss.post(f"/people/accounts/{cast.stranger.account_id}/sessions/end/")
    assert there.get(HOUSE).status_code == 200
