"""Accounts that stop by themselves: unused for 90 days, past their last day; the last administrator of each kind is spared."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.test import Client

from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.portal.upkeep.doctor.accounts import demonstration
from songda.registry.people import actions, queries
from songda.registry.people.models import Account, OpenSession
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, PASSWORD, enter, hire

stopping, signing = (import_module(f"songda.registry.people.actions.{name}") for name in ("stop_accounts", "sign_in"))
LATER = NOW + dt.timedelta(days=90)


def is_open(actor):
    return Account.objects.get(pk=actor.account_id).is_active


def used(actor, at):
    Account.objects.filter(pk=actor.account_id).update(last_login=at)


def test_ninety_days_without_use_stop_an_account_and_would_not_without_the_rule(cast, monkeypatch):
    used(cast.lead, LATER - dt.timedelta(days=1))
    with monkeypatch.context() as without:
        without.setattr(stopping, "has_slept", lambda last, now: False)
        assert actions.stop_unused(now=LATER) == 0
    enter(Client(), cast.desk)
    used(cast.desk, NOW)
    assert actions.stop_unused(now=LATER - dt.timedelta(days=1)) == 0
    actions.stop_unused(now=LATER)
    assert (is_open(cast.desk), is_open(cast.lead)) == (False, True)
    assert not OpenSession.objects.filter(account=cast.desk.account_id).exists()
    row = AuditEntry.objects.get(action="account.stop", thing_id=str(cast.desk.account_id))
    assert row.after == {"why": "unused", "sessions_ended": 1}


def test_of_each_administrator_the_one_used_last_is_spared_and_would_be_stopped_without(cast, monkeypatch):
    second = hire(Role.SECURITY_ADMIN, at=cast.city)
    used(second, NOW + dt.timedelta(days=1))
    late = LATER + dt.timedelta(days=9)
    actions.stop_unused(now=late)
    assert [is_open(one) for one in (cast.system_admin, cast.audit_admin, second)] == [True] * 3
    assert not is_open(cast.security_admin)
    monkeypatch.setattr(stopping, "spared", lambda now: frozenset())
    actions.stop_unused(now=late)
    assert [is_open(one) for one in (cast.system_admin, cast.audit_admin, second)] == [False] * 3


def test_one_that_is_used_meanwhile_is_not_stopped(cast):
    account = Account.objects.get(pk=cast.desk.account_id)
    used(cast.desk, LATER)
    assert stopping.stop(account, "unused", LATER) == 0
    assert is_open(cast.desk)


def test_the_security_administrator_opens_it_again_and_it_stays_open(cast):
    actions.stop_unused(now=LATER)
    with pytest.raises(NotPermitted):
        actions.reopen_account(cast.desk.account_id, by=cast.dispatcher, now=LATER)
    boss = enter(Client(), cast.security_admin)
    assert "重新启用" in boss.get(f"/people/{cast.desk.person_id}/").text
    actions.reopen_account(cast.desk.account_id, by=cast.security_admin, now=LATER)
    with pytest.raises(Conflict):
        actions.reopen_account(cast.desk.account_id, by=cast.security_admin, now=LATER)
    actions.stop_unused(now=LATER)
    assert is_open(cast.desk)
    assert signing.fault_of_account(Account.objects.get(pk=cast.desk.account_id), LATER) == ""


def test_an_account_opens_until_its_last_day_and_would_open_on_without(cast, settings, monkeypatch):
    settings.CLOCK_SHIFT += NOW - clock.now()
    there = enter(Client(), cast.desk)
    last = DAY + dt.timedelta(days=3)
    actions.set_last_day(cast.desk.account_id, last, by=cast.security_admin, now=NOW)
    assert there.get("/organisations/").status_code == 200
    settings.CLOCK_SHIFT += dt.timedelta(days=3)
    assert enter(Client(), cast.desk).get("/organisations/").status_code == 302  # open, and acts no more
    account = Account.objects.select_related("person").get(pk=cast.desk.account_id)
    assert "到期" in signing.fault_of_account(account, clock.now())
    assert there.post("/sign-in/", {"username": account.username, "password": PASSWORD}).status_code == 200
    with monkeypatch.context() as without:
        for module in (queries, signing):
            without.setattr(module, "has_ended", lambda ends_on, on: False)
        assert enter(Client(), cast.desk).get("/organisations/").status_code == 200
        assert signing.fault_of_account(account, clock.now()) == ""
    actions.stop_unused(now=clock.now())
    assert not is_open(cast.desk)
    assert actions.reopen_account(account.pk, by=cast.security_admin, now=clock.now()).ends_on is None


def test_a_last_day_lies_ahead_and_is_not_ones_own(cast):
    with pytest.raises(Invalid):
        actions.set_last_day(cast.desk.account_id, DAY, by=cast.security_admin, now=NOW)
    with pytest.raises(Conflict):
        actions.set_last_day(cast.security_admin.account_id, DAY + dt.timedelta(days=9), by=cast.security_admin, now=NOW)
    with pytest.raises(NotPermitted):
        actions.set_last_day(cast.desk.account_id, None, by=cast.system_admin, now=NOW)
    boss = enter(Client(), cast.security_admin)
    assert boss.post(f"/people/accounts/{cast.desk.account_id}/last-day/", {"ends_on": "soon"}).status_code == 400


def test_demonstration_accounts_neither_come_in_nor_act_in_a_real_house(cast, settings):
    settings.CLOCK_SHIFT += NOW - clock.now()
    account = Account.objects.get(pk=cast.desk.account_id)
    came_before = enter(Client(), cast.desk)
    assert came_before.get("/organisations/").status_code == 200
    assert demonstration().level == "ok"
    settings.DEMONSTRATION = False
    assert came_before.get("/organisations/").status_code == 302
    fresh = Client()
    assert fresh.post("/sign-in/", {"username": account.username, "password": PASSWORD}).status_code == 200
    assert fresh.get("/organisations/").status_code == 302
    found = demonstration()
    assert (found.level, "songda init" in found.advice) == ("fault", True)
    Account.objects.update(is_active=False)
    assert demonstration().level == "ok"
