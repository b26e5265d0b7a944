"""The second factor: set up, asked, good once, locked, recovered, taken away."""

from __future__ import annotations

import datetime as dt

import pyotp
import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, NotPermitted
from songda.registry.people import actions
from songda.registry.people.models import Account, SecondFactor
from songda.registry.people.rules.second_factor import STEP, is_recovery_code, new_recovery_codes, new_secret, step_of
from songda.registry.people.tests.cast import NOW, enter

pytestmark = pytest.mark.django_db
PASSWORD = "Xq7-long-enough"


def code_of(account: Account, at: dt.datetime) -> str:
    return pyotp.TOTP(actions.second_factor.opened(SecondFactor.objects.get(account=account).secret)).at(at)


@pytest.fixture
def account(cast):
    found = Account.objects.get(pk=cast.desk.account_id)
    found.set_password(PASSWORD)
    found.must_change_password, found.password_changed_at = False, NOW
    found.save()
    return found


@pytest.fixture
def moment(monkeypatch):
    """The clock of pages, moved by hand."""
    at = [NOW]
    monkeypatch.setattr("songda.kernel.clock.now", lambda: at[0])
    return at


@pytest.fixture
def enrolled(account, client, moment):
    """An account with a factor in use, and its recovery codes."""
    client.post("/sign-in/", {"username": account.username, "password": PASSWORD})
    client.get("/second-factor/new/")
    answer = client.post("/second-factor/new/", {"code": code_of(account, NOW)})
    client.post("/sign-out/")
    moment[0] += dt.timedelta(minutes=5)
    return account, answer.context["codes"]


def test_who_has_one_is_asked_for_it_before_anything_else(enrolled, client, moment):
    account, _codes = enrolled
    assert client.post("/sign-in/", {"username": account.username, "password": PASSWORD}).headers["Location"] == "/second-factor/"
    for closed in ("/policy/measures/", "/password/", "/posts/"):
        if closed == "/posts/":
            assert client.post("/posts/", {"post": "1"}).status_code == 404
        else:
            assert client.get(closed).status_code == 302
    assert client.post("/second-factor/", {"code": "000000"}).status_code == 200
    assert client.get("/policy/measures/").status_code == 302
    good = code_of(account, moment[0])
    assert client.post("/second-factor/", {"code": good}).status_code == 302
    assert client.get("/policy/measures/").status_code == 200
    client.post("/sign-out/")
    client.post("/sign-in/", {"username": account.username, "password": PASSWORD})
    assert "已经用过" in client.post("/second-factor/", {"code": good}).content.decode()


def test_a_recovery_code_opens_once(enrolled, client):
    account, codes = enrolled
    for again, status in ((False, 302), (True, 200)):
        client.post("/sign-in/", {"username": account.username, "password": PASSWORD})
        assert client.post("/second-factor/", {"code": codes[0].lower()}).status_code == status, again
        client.post("/sign-out/")
    assert len(SecondFactor.objects.get().recovery) == len(codes) - 1
    assert codes[1] not in str(SecondFactor.objects.get().recovery)


def test_five_wrong_codes_lock_it_for_half_an_hour(enrolled, client, moment):
    account, _codes = enrolled
    client.post("/sign-in/", {"username": account.username, "password": PASSWORD})
    answers = [client.post("/second-factor/", {"code": "123123"}) for _try in range(5)]
    assert "已锁定" in answers[-1].content.decode()
    client.post("/sign-in/", {"username": account.username, "password": PASSWORD})
    assert client.post("/second-factor/", {"code": code_of(account, moment[0])}).status_code != 302
    moment[0] += dt.timedelta(minutes=31)
    client.post("/sign-in/", {"username": account.username, "password": PASSWORD})
    assert client.post("/second-factor/", {"code": code_of(account, moment[0])}).status_code == 302
    assert AuditEntry.objects.filter(action="account.refuse_second_factor").count() == 6


def test_who_must_have_one_sets_it_up_first(settings, cast, client, account, moment):
    settings.SECOND_FACTOR = "everyone"
    assert (
        client.post("/sign-in/", {"username": account.username, "password": PASSWORD}).headers["Location"]
        == "/second-factor/new/"
    )
    assert client.get("/").status_code == 302
    assert "data:image/svg" in client.get("/second-factor/new/").content.decode()
    assert client.post("/second-factor/new/", {"code": code_of(account, moment[0])}).status_code == 200
    assert client.get("/").status_code == 200


def test_only_another_security_administrator_takes_it_away(enrolled, cast, client):
    account, _codes = enrolled
    with pytest.raises(NotPermitted):
        actions.remove_second_factor(account.pk, by=cast.dispatcher, now=NOW)
    actions.remove_second_factor(account.pk, by=cast.security_admin, now=NOW)
    assert not SecondFactor.objects.exists()
    with pytest.raises(Conflict):
        actions.remove_second_factor(account.pk, by=cast.security_admin, now=NOW)
    with pytest.raises(NotPermitted):
        actions.remove_second_factor(cast.security_admin.account_id, by=cast.security_admin, now=NOW)
    enter(client, cast.security_admin)
    assert client.post(f"/people/accounts/{account.pk}/remove-second-factor/").status_code == 409


def test_a_code_is_of_its_half_minute_and_the_ones_beside_it():
    secret = new_secret()
    now = int(NOW.timestamp()) // STEP
    seen = {off: step_of(secret, pyotp.TOTP(secret).at((now + off) * STEP), NOW, 0) is not None for off in range(-3, 4)}
    assert {off for off, good in seen.items() if good} == {-1, 0, 1}
    assert step_of(secret, pyotp.TOTP(secret).at(now * STEP), NOW, last_step=now) is None
    assert all(is_recovery_code(code) for code in new_recovery_codes())
    assert not is_recovery_code("123456")
