"""Control: five wrong passwords lock the name at that address for half an hour."""

from __future__ import annotations

import pytest

from songda.kernel import clock
from songda.registry.people.models import Account
from songda.registry.people.tests.cast import NOW, PASSWORD

pytestmark = pytest.mark.urls("songda.registry.people.urls")


def sixth_try_with_the_right_password(client, name):
    for _ in range(5):
        client.post("/sign-in/", {"username": name, "password": "wrong"})
    return client.post("/sign-in/", {"username": name, "password": PASSWORD}).status_code


def test_the_right_password_comes_too_late_and_would_not_without_the_lock(client, cast, settings, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    name = Account.objects.get(pk=cast.desk.account_id).username
    assert sixth_try_with_the_right_password(client, name) == 429
    settings.AXES_ENABLED = False
    assert sixth_try_with_the_right_password(client, name) == 302
