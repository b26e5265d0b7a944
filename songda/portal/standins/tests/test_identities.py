"""Signing in through others, over real HTTP against the stand-in: each provider, the same as a password's."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from songda.kernel.audit.models import AuditEntry
from songda.portal.standins.tests.doorstep import at_the_door
from songda.registry.identities.models import Identity
from songda.registry.people.models import Account, Post, SecondFactor
from songda.registry.people.tests.cast import NOW, PASSWORD, enter

pytestmark = [pytest.mark.django_db, pytest.mark.row("SUP-19")]


@pytest.fixture
def door(cast, settings, tmp_path):
    with at_the_door(settings, tmp_path) as step:
        yield step


EACH = pytest.mark.parametrize("code", ["gov", "dingtalk", "wecom"])


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


@EACH
def test_bound_by_its_owner_it_opens_the_account(door, cast, code):
    bound = door.bind(Client(), cast.desk, code)
    assert (bound.status_code, bound.url) == (302, "/account/")
    identity = Identity.objects.get()
    assert identity.account_id == cast.desk.account_id
    assert identity.subject == {"gov": "示例甲", "dingtalk": "union-示例甲", "wecom": "示例甲"}[code]
    client = Client()
    came = door.walk(client, code, "/visits/")
    assert came.url == "/sign-in/?next=%2Fvisits%2F"
    assert client.get(came.url).url == "/visits/"
    assert client.session["post_id"] == cast.desk.post_id
    identity.refresh_from_db()
    assert identity.last_used_at is not None
    assert AuditEntry.objects.get(action="account.sign_in").after == {"way": code}
    assert "示例甲" not in str(list(AuditEntry.objects.filter(action="identity.bind").values_list("after", flat=True)))


@EACH
def test_a_stranger_is_told_how_to_bind(door, cast, client, code):
    Account.objects.filter(pk=cast.desk.account_id).update(username="示例甲")  # a name that fits opens nothing
    answer = door.walk(client, code)
    assert answer.status_code == 403
    assert "账号与安全" in answer.content.decode()
    assert not signed_in(client)
    assert AuditEntry.objects.get(action="identity.refuse").after["why"] == "unbound"


def test_the_sign_in_page_offers_what_is_configured(door, client, settings, tmp_path):
    page = client.get("/sign-in/?next=/visits/").content.decode()
    for label, code in (("统一身份认证", "gov"), ("钉钉", "dingtalk"), ("企业微信", "wecom")):
        assert f'href="/sign-in/with/{code}/?next=%2Fvisits%2F">{label}' in page
    settings.PROVIDERS_FILE = tmp_path / "none.json"
    assert "/sign-in/with/" not in client.get("/sign-in/").content.decode()
    assert client.get("/sign-in/with/gov/").status_code == 404


def test_an_es256_token_is_believed_too(door, cast, client):
    door.bind(Client(), cast.desk)
    door.platform.sign_with = "ES256"
    door.walk(client)
    assert signed_in(client)


def test_the_session_key_changes(door, cast, client):
    door.bind(Client(), cast.desk)
    address = door.out(client)
    before = client.session.session_key
    client.get(door.granted(address))
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "next_", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)"]
)
def test_it_leads_to_no_other_house(door, cast, client, next_):
    door.bind(Client(), cast.desk)
    came = door.walk(client, onward=next_)
    assert came.url.startswith("/sign-in/")
    assert client.get(came.url).url == "/"


def test_an_account_that_may_not_be_used_does_not_open(door, cast, client):
    door.bind(Client(), cast.desk)
    Account.objects.filter(pk=cast.desk.account_id).update(is_active=False)
    assert door.walk(client).status_code == 403
    assert not signed_in(client)
    assert "account.refuse_sign_in" in actions()


def test_an_ended_post_opens_nothing(door, cast, client):
    door.bind(Client(), cast.desk)
    Post.objects.filter(pk=cast.desk.post_id).update(ends_on=NOW.date())
    came = door.walk(client, onward="/visits/")
    assert client.get(came.url).url == "/posts/"
    assert client.get("/visits/").url.startswith("/sign-in/")


def test_a_due_password_comes_first(door, cast, client):
    door.bind(Client(), cast.desk)
    Account.objects.filter(pk=cast.desk.account_id).update(must_change_password=True)
    assert client.get(door.walk(client).url).url == "/password/"


@pytest.mark.parametrize("trusted", [False, True])
def test_a_second_factor_is_owed_unless_the_provider_is_trusted_with_it(door, cast, client, settings, trusted):
    door.bind(Client(), cast.desk)
    SecondFactor.objects.create(account_id=cast.desk.account_id, secret="x", begun_at=NOW, confirmed_at=NOW)
    given = door.server.providers()
    given["providers"]["gov"]["second_factor"] = trusted
    settings.PROVIDERS_FILE.write_text(json.dumps(given), encoding="utf-8")
    came = client.get(door.walk(client, onward="/visits/").url)
    assert came.url == ("/visits/" if trusted else "/second-factor/")


def test_who_does_not_grant_is_back_at_the_door(door, client):
    state = door.out(client).partition("state=")[2].partition("&")[0]
    answer = client.get(f"/sign-in/back/gov/?error=access_denied&state={state}")
    assert answer.url == "/sign-in/"
    assert "完成授权" in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("fault", ["silent", "broken"])
def test_a_provider_that_is_down_has_its_page(door, cast, client, fault):
    door.bind(Client(), cast.desk)
    address = door.out(client, "wecom")
    back = door.granted(address)
    setattr(door.platform, fault, True)
    answer = client.get("/sign-in/with/gov/")
    assert (answer.status_code, "没有应答" in answer.content.decode()) == (503, True)
    assert client.get(back).status_code == 503
    assert not signed_in(client)


def test_a_member_of_no_corporation_is_nobody(door, cast, client):
    door.platform.who = "外部联系人"
    assert door.walk(client, "wecom").status_code == 403
    assert AuditEntry.objects.get(action="identity.refuse").after["why"].startswith("no member")


def test_one_identity_opens_one_account(door, cast):
    door.bind(Client(), cast.desk)
    second = door.bind(Client(), cast.leader)
    assert second.status_code == 409
    assert Identity.objects.get().account_id == cast.desk.account_id


def test_unbound_it_opens_nothing_and_may_be_bound_elsewhere(door, cast, client):
    owner = Client()
    door.bind(owner, cast.desk)
    identity = Identity.objects.get()
    page = owner.get("/account/").content.decode()
    assert f"/account/identities/{identity.pk}/unbind/" in page
    assert owner.post(f"/account/identities/{identity.pk}/unbind/").url == "/account/"
    assert door.walk(client).status_code == 403
    assert door.bind(Client(), cast.leader).url == "/account/"
    assert {"identity.bind", "identity.unbind"} <= set(actions())


def test_the_password_is_asked_before_binding(door, cast, client):
    enter(client, cast.desk)
    assert "address" not in client.post("/account/bind/gov/", {"password": "wrong"}).context
    answers = [client.post("/account/bind/gov/", {"password": "wrong"}).status_code for _try in range(4)]
    assert answers[-1] == 429
    assert client.post("/account/bind/gov/", {"password": PASSWORD}).status_code == 429


def test_what_was_begun_ends_after_ten_minutes(door, cast, client, settings):
    door.bind(Client(), cast.desk)
    back = door.granted(door.out(client))
    settings.CLOCK_SHIFT += dt.timedelta(minutes=11)
    assert client.get(back).status_code == 403
    assert not signed_in(client)


def test_pages_ask_the_database_a_fixed_number_of_times(door, cast, client, django_assert_max_num_queries):
    door.bind(client, cast.desk)
    with django_assert_max_num_queries(10):
        client.get("/account/")
