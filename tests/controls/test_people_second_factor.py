"""The second factor's controls: each refuses while it stands, and lets the bad thing happen when it is taken away."""

from __future__ import annotations

import datetime as dt

import pyotp
import pytest
from django.test import Client

from songda.registry.people import actions, queries
from songda.registry.people.actions import second_factor
from songda.registry.people.models import Account, SecondFactor
from songda.registry.people.tests.cast import NOW, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def half_in(cast, client, settings):
    """A session that has shown its password and owes the code."""
    settings.CLOCK_SHIFT += NOW - queries.clock.now()
    enter(client, cast.desk)
    account = Account.objects.get(pk=cast.desk.account_id)
    begun = actions.begin_second_factor(account, now=NOW)
    SecondFactor.objects.filter(pk=begun.factor.pk).update(confirmed_at=NOW)
    session = client.session
    session[queries.SESSION_SECOND] = "code"
    session.save()
    return account, begun.secret


def test_nothing_opens_before_the_code(half_in, client, monkeypatch):
    assert client.get("/policy/measures/").status_code == 302
    monkeypatch.setattr(queries, "second_factor_due", lambda _request: "")
    assert client.get("/policy/measures/").status_code == 200


def test_a_code_is_good_once(half_in, client, monkeypatch):
    account, secret = half_in
    code = pyotp.TOTP(secret).at(NOW)
    assert second_factor._tried(account, code, NOW)
    assert not second_factor._tried(account, code, NOW)
    once = second_factor.step_of
    monkeypatch.setattr(second_factor, "step_of", lambda secret, code, at, _last: once(secret, code, at, 0))
    assert second_factor._tried(account, code, NOW)


def test_wrong_codes_lock_it(half_in, monkeypatch):
    account, secret = half_in
    for _try in range(5):
        assert not second_factor._tried(account, "000000", NOW)
    good = pyotp.TOTP(secret).at(NOW)
    assert not second_factor._tried(account, good, NOW)
    monkeypatch.setattr(second_factor, "is_locked", lambda _factor, _now: False)
    assert second_factor._tried(account, good, NOW)


def test_only_a_security_administrator_takes_it_away(half_in, cast, monkeypatch):
    account, _secret = half_in
    with pytest.raises(second_factor.NotPermitted):
        actions.remove_second_factor(account.pk, by=cast.dispatcher, now=NOW)
    monkeypatch.setattr(second_factor, "must_edit_people", lambda _actor: None)
    actions.remove_second_factor(account.pk, by=cast.dispatcher, now=NOW)


def test_an_administrator_must_set_one_up(cast, settings):
    account = Account.objects.get(pk=cast.security_admin.account_id)
    day: dt.date = NOW.date()
    settings.SECOND_FACTOR = "administrators"
    assert queries.second_factor_owed(account, day) == "begin"
    settings.SECOND_FACTOR = "nobody"
    assert queries.second_factor_owed(account, day) == ""
    assert Client().get("/second-factor/new/").status_code == 302
