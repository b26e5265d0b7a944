"""Control: a one-time password that has waited for 72 hours opens nothing; until then, and without the control, it does."""

from __future__ import annotations

import datetime as dt
import sys

import pytest

from songda.kernel import clock
from songda.registry.actors import system
from songda.registry.people.actions import open_account
from songda.registry.people.rules.passwords import ONE_TIME_FOR
from songda.registry.people.tests.cast import NOW

pytestmark = pytest.mark.django_db
LATE = NOW + ONE_TIME_FOR


def came_in(client, monkeypatch, opened, at) -> bool:
    client.logout()
    monkeypatch.setattr(clock, "now", lambda: at)
    client.post("/sign-in/", {"username": opened.account.username, "password": opened.password})
    return "_auth_user_id" in client.session


def test_it_opens_for_three_days_and_not_longer(client, monkeypatch):
    opened = open_account("newcomer", "示例新人", by=system(), now=NOW)
    assert came_in(client, monkeypatch, opened, LATE - dt.timedelta(minutes=1))
    assert not came_in(client, monkeypatch, opened, LATE)
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["songda.registry.people.actions.sign_in"], "has_expired", lambda _from, _now: False)
        assert came_in(client, patch, opened, LATE)


def test_one_changed_by_its_owner_does_not_run_out(client, monkeypatch):
    from songda.registry.people.actions import change_password

    opened = open_account("newcomer", "示例新人", by=system(), now=NOW)
    change_password(opened.account.pk, opened.password, "Songda-New-2026", now=NOW)
    changed = type(opened)(opened.account, "Songda-New-2026")
    assert came_in(client, monkeypatch, changed, LATE)
