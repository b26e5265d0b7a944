"""The controls of signing in through others: each refuses while it stands, and lets the bad thing happen when it is taken away."""

from __future__ import annotations

import base64
from importlib import import_module

import pytest
from django.test import Client

from songda.kernel import clock
from songda.portal.standins.tests.doorstep import at_the_door
from songda.registry.identities.actions import attempts, bind_identity
from songda.registry.identities.models import Identity
from songda.registry.identities.rules import proofs, tokens
from songda.registry.identities.rules.proofs import Attempt
from songda.registry.people import actions
from songda.registry.people.actions.open_account import taken_back
from songda.registry.people.models import Account
from songda.registry.people.tests.cast import NOW, PASSWORD, enter
from tests.controls.opened import unique_off

pytestmark = pytest.mark.django_db
entrance = import_module("songda.registry.identities.actions.come_in")
doorstep = import_module("songda.registry.people.actions.sign_in")


@pytest.fixture
def door(cast, settings, tmp_path):
    """The desk's identity 示例甲 is bound."""
    with at_the_door(settings, tmp_path) as step:
        step.bind(Client(), cast.desk)
        yield step


def comes_in(door, client=None) -> bool:
    client = client or Client()
    door.walk(client)
    return "_auth_user_id" in client.session


def test_an_answer_belongs_to_the_session_that_asked(door, monkeypatch):
    """Otherwise somebody leads another into an account of his own choice."""
    begun, other = Client(), Client()
    back = door.granted(door.out(begun))
    door.out(other)
    assert other.get(back).status_code == 403
    assert "_auth_user_id" not in other.session
    kept = proofs.attempt_of(begun.session[attempts.SESSION_ATTEMPT])
    monkeypatch.setattr(attempts, "attempt_of", lambda _kept: kept)
    other.get(door.granted(door.out(begun)).partition("&state")[0] + f"&state={kept.state}")
    assert "_auth_user_id" not in other.session, "and a code is bound to what its owner began"
    monkeypatch.setattr(proofs.secrets, "token_urlsafe", lambda _size: kept.state)
    kept = proofs.new_attempt("gov", kept.at)
    other.get(door.granted(door.out(begun)))
    assert "_auth_user_id" in other.session


def test_an_answer_is_good_once(door, monkeypatch):
    client = Client()
    address = door.out(client)
    kept = dict(client.session[attempts.SESSION_ATTEMPT])
    first, second = door.granted(address), door.granted(address)
    assert client.get(first).status_code == 302
    client.post("/sign-out/")
    assert client.get(second).status_code == 403, "the state was used"
    monkeypatch.setattr(attempts, "attempt_of", lambda _kept: Attempt(**kept))
    assert client.get(door.granted(address)).status_code == 302


def stolen_code_comes_in(door) -> bool:
    """Whether a code that was caught on its way to somebody else opens a session of a thief's."""
    caught = door.granted(door.out(Client()))
    thief = Client()
    back = door.granted(door.out(thief))
    mine, stolen = (one.partition("code=")[2].partition("&")[0] for one in (back, caught))
    thief.get(back.replace(mine, stolen))
    return "_auth_user_id" in thief.session


def test_a_code_is_good_for_who_began_alone(door, monkeypatch):
    """PKCE's verifier and the nonce are new each time; were they always the same, a caught code would do."""
    assert not stolen_code_comes_in(door)
    monkeypatch.setattr(proofs.secrets, "token_urlsafe", lambda _size: "always-the-same-words-of-forty-three-letters")
    assert stolen_code_comes_in(door)


SPOILT = {
    "nonce": {"nonce": "another"},
    "aud": {"aud": "another"},
    "iss": {"iss": "https://elsewhere.example"},
    "exp": {"exp": 1},
    "azp": {"aud": ["songda", "another"], "azp": "another"},
}


@pytest.mark.parametrize("claim", SPOILT)
def test_claims_are_looked_at(door, monkeypatch, claim):
    door.platform.spoil = lambda claims: {**claims, **SPOILT[claim]}
    assert not comes_in(door)
    monkeypatch.setattr(tokens, "check", lambda _claims, _expected: None)
    assert comes_in(door)


@pytest.mark.parametrize("claim", ["nonce", "exp", "iat", "sub"])
def test_claims_must_be_there(door, claim):
    door.platform.spoil = lambda claims: {name: value for name, value in claims.items() if name != claim}
    assert not comes_in(door)


@pytest.mark.parametrize("how", ["stranger", "none", "HS256"])
def test_a_signature_is_looked_at(door, monkeypatch, how):
    """A key nobody published; none at all; the public key taken for a shared secret."""
    door.platform.sign_with = how
    assert not comes_in(door)

    class Read:
        def __init__(self, token):
            self.claims = tokens.jwt.json.loads(unsigned(token))

    monkeypatch.setattr(tokens.jwt, "decode", lambda token, _keys, algorithms: Read(token))
    assert comes_in(door)


def unsigned(token: str) -> bytes:
    body = token.split(".")[1]
    return base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))


def test_an_answer_that_names_another_issuer_is_refused(door):
    client = Client()
    back = door.granted(door.out(client))
    named = back.partition("iss=")[2]
    assert client.get(back.replace(named, "https%3A%2F%2Felsewhere.example")).status_code == 403
    assert client.get(door.granted(door.out(client))).status_code == 302


def test_an_unbound_identity_opens_nothing(door, cast, monkeypatch):
    door.platform.who = "示例乙"
    Account.objects.filter(pk=cast.leader.account_id).update(username="示例乙")
    assert not comes_in(door)
    by_name = Identity(account=Account.objects.get(username="示例乙"))
    monkeypatch.setattr(entrance, "bound_to", lambda _provider, _subject: by_name)
    assert comes_in(door)


def test_a_provider_that_moved_opens_nothing_bound_before(door):
    Identity.objects.update(realm="https://before.example")
    assert not comes_in(door)
    Identity.objects.update(realm=door.server.address)
    assert comes_in(door)


def test_a_closed_account_stays_closed(door, cast, monkeypatch):
    Account.objects.filter(pk=cast.desk.account_id).update(is_active=False)
    assert not comes_in(door)
    monkeypatch.setattr(doorstep, "fault_of_account", lambda _account, _now: "")
    client = Client()
    assert door.walk(client).status_code == 302, "without the check a session is opened"


def test_the_lock_holds_for_this_way_in_too(door, cast, monkeypatch):
    name = Account.objects.get(pk=cast.desk.account_id).username
    for _try in range(5):
        Client().post("/sign-in/", {"username": name, "password": "wrong"})
    client = Client()
    assert door.walk(client).status_code == 429
    monkeypatch.setattr(entrance.AxesProxyHandler, "is_locked", lambda _request, _given: False)
    assert comes_in(door)


def test_binding_asks_for_the_password(door, cast, monkeypatch):
    client = enter(Client(), cast.leader)
    assert "address" not in client.post("/account/bind/gov/", {"password": "wrong"}).context
    account = Account.objects.get(pk=cast.leader.account_id)
    monkeypatch.setattr(bind_identity, "authenticate", lambda _request, **_given: account)
    assert "address" in client.post("/account/bind/gov/", {"password": "wrong"}).context


def test_only_who_set_out_binds(door, cast, monkeypatch):
    """Otherwise a person led to a link binds a stranger's identity to the own account."""
    setter, other = enter(Client(), cast.leader), enter(Client(), cast.dispatcher)
    door.platform.who = "示例乙"
    shown = setter.post("/account/bind/gov/", {"password": PASSWORD})
    back = door.granted(shown.context["address"])
    session = other.session
    session[attempts.SESSION_ATTEMPT] = setter.session[attempts.SESSION_ATTEMPT]
    session.save()
    assert other.get(back).status_code == 403
    assert Identity.objects.count() == 1
    assert setter.get(door.granted(shown.context["address"])).status_code == 302
    assert Identity.objects.get(subject="示例乙").account_id == cast.leader.account_id


def test_an_identity_opens_one_account(door, cast):
    assert door.bind(Client(), cast.leader).status_code == 409
    with unique_off(Identity, "one_account_an_identity"):
        assert door.bind(Client(), cast.leader).status_code == 302


def test_an_account_has_one_identity_of_a_provider(door, cast):
    door.platform.who = "示例乙"
    assert door.bind(Client(), cast.desk).status_code == 409
    with unique_off(Identity, "one_identity_a_provider"):
        assert door.bind(Client(), cast.desk).status_code == 302


def test_what_was_begun_ends(door, settings, monkeypatch):
    client = Client()
    back = door.granted(door.out(client))
    monkeypatch.setattr(proofs, "LIVES", -1)
    assert client.get(back).status_code == 403
    monkeypatch.setattr(proofs, "LIVES", 600)
    assert client.get(door.granted(door.out(client))).status_code == 302
    assert clock.now() is not None


@pytest.mark.parametrize("how", ["reset_password", "close_account"])
def test_an_account_that_was_taken_back_has_no_bindings(door, cast, monkeypatch, how):
    """Otherwise who had got hold of it comes back in through an identity of his own."""
    taken = getattr(actions, how)
    assert comes_in(door)
    with monkeypatch.context() as without:
        without.setattr(taken_back, "receivers", [])
        without.setattr(taken_back, "sender_receivers_cache", {})
        taken(cast.leader.account_id, by=cast.security_admin, now=NOW)
        taken(cast.desk.account_id, by=cast.security_admin, now=NOW)
        assert Identity.objects.filter(unbound_at=None).exists()
    Account.objects.update(is_active=True)
    taken(cast.desk.account_id, by=cast.security_admin, now=NOW)
    assert not comes_in(door)
    assert not Identity.objects.filter(unbound_at=None).exists()
