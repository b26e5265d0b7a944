"""The way in, through the real pages, middleware and lock-out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry
from songda.registry.people.models import Account, Person, Post
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, PASSWORD, enter, hire

pytestmark = pytest.mark.urls("songda.registry.people.urls")


@pytest.fixture(autouse=True)
def at_ten(monkeypatch):
    """The clock of the edge stands at NOW; `at_ten(hours=1)` moves it."""

    def stand(**later: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(**later))

    stand()
    return stand


def username(actor):
    return Account.objects.get(pk=actor.account_id).username


def come_in(client, actor, password=PASSWORD, address="/sign-in/", **more):
    return client.post(address, {"username": username(actor), "password": password}, **more)


def told():
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_who_has_one_post_comes_in_and_acts_through_it(client, cast):
    before = client.get("/sign-in/")
    assert before.status_code == 200
    response = come_in(client, cast.security_admin, address="/sign-in/?next=/people/")
    assert (response.status_code, response.url) == (302, "/people/")
    assert client.session["post_id"] == cast.security_admin.post_id
    assert client.get("/people/").status_code == 200
    entry = AuditEntry.objects.get(action="account.sign_in")
    assert (entry.name, entry.origin, bool(entry.request_id)) == (cast.security_admin.name, "127.0.0.1", True)


def test_an_address_of_another_house_is_not_followed(client, cast):
    for address in ("https://elsewhere.example/", "//elsewhere.example/"):
        assert come_in(Client(), cast.desk, address=f"/sign-in/?next={address}").url == "/"


def test_the_session_key_changes_at_the_door(client, cast):
    client.get("/sign-in/")
    session = client.session
    session["seen"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    come_in(client, cast.desk)
    assert client.session.session_key != before


def test_a_wrong_password_is_told_and_kept(client, cast):
    response = come_in(client, cast.desk, "wrong")
    assert response.status_code == 200
    assert "不正确" in response.content.decode()
    client.post("/sign-in/", {"username": "MyPassword-1", "password": "x"})
    assert told() == ["account.refuse_sign_in"] * 2
    assert "MyPassword-1" not in str(AuditEntry.objects.values_list("after", flat=True))


def test_five_wrong_tries_lock_even_the_right_password_with_429(client, cast):
    answers = [come_in(client, cast.desk, "wrong").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    locked = come_in(client, cast.desk)
    assert locked.status_code == 429
    assert "半小时" in locked.content.decode()
    assert "refused.html" in [template.name for template in locked.templates]
    assert come_in(Client(), cast.leader).status_code == 302  # another name is not locked
    assert come_in(Client(REMOTE_ADDR="10.9.9.9"), cast.desk).status_code == 302  # nor the same name elsewhere


def test_several_posts_ask_for_a_choice(client, cast):
    second = Post.objects.create(person_id=cast.desk.person_id, role="expert", organisation=cast.zone, starts_on=NOW.date())
    assert come_in(client, cast.desk).url == "/posts/"
    assert client.get("/people/").url.startswith("/sign-in/")
    assert client.get("/sign-in/").url == "/posts/"
    assert "政策专家" in client.get("/posts/").content.decode()
    before = client.session.session_key
    assert client.post("/posts/", {"post": second.pk}).url == "/"
    assert client.session.session_key != before
    assert client.get("/posts/").wsgi_request.actor.role == "expert"


@pytest.mark.parametrize("post", ["", "x", "0", "stranger"])
def test_a_post_of_somebody_else_cannot_be_chosen(client, cast, post):
    come_in(client, cast.desk)
    chosen = cast.stranger.post_id if post == "stranger" else post
    assert client.post("/posts/", {"post": chosen}).status_code == 404
    assert client.session["post_id"] == cast.desk.post_id


def test_an_ended_post_is_lost_at_the_next_request(client, cast):
    come_in(client, cast.security_admin)
    second = hire(Role.SECURITY_ADMIN, at=cast.city)
    enter(boss := Client(), second)
    assert boss.post(f"/people/posts/{cast.security_admin.post_id}/end/").status_code == 302
    assert client.get("/people/").url.startswith("/sign-in/")
    assert "post_id" not in client.session
    assert "没有在任岗位" in client.get("/posts/").content.decode()


def test_a_first_sign_in_leads_to_a_new_password(client, cast):
    enter(boss := Client(), cast.security_admin)
    page = boss.post("/people/new/", {"name": "示例新人", "username": "new1"})
    word = page.context["opened"].password
    assert word in page.content.decode()
    person = Person.objects.get(name="示例新人")
    boss.post(f"/people/{person.pk}/appoint/", {"role": "expert", "organisation": cast.zone.pk})
    assert client.post("/sign-in/", {"username": "new1", "password": word}).url == "/password/"
    assert client.get("/posts/").wsgi_request.actor is None  # nothing before the change
    given = {"old": word, "password": "Brand-new-2020", "again": "Brand-new-2020"}
    assert client.post("/password/", {**given, "again": "other"}).status_code == 200
    assert client.post("/password/", given).url == "/"
    assert client.get("/posts/").wsgi_request.actor.role == "expert"
    assert word not in str(list(AuditEntry.objects.values_list("after", flat=True)))


def test_a_changed_password_ends_the_other_sessions(cast):
    here, there = Client(), Client()
    come_in(here, cast.security_admin)
    come_in(there, cast.security_admin)
    new = {"old": PASSWORD, "password": "Another-pass-1", "again": "Another-pass-1"}
    assert here.post("/password/", new).status_code == 302
    assert here.get("/people/").status_code == 200
    assert there.get("/people/").url.startswith("/sign-in/")


def test_sign_out_empties_the_session_and_takes_a_post(client, cast):
    come_in(client, cast.security_admin)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").url == "/sign-in/"
    assert client.get("/people/").url.startswith("/sign-in/")
    assert "account.sign_out" in told()


def test_an_idle_administrator_is_out_sooner(client, cast):
    come_in(client, cast.security_admin)
    assert client.session.get_expiry_age() == 15 * 60
    come_in(other := Client(), cast.desk)
    assert other.session.get_expiry_age() == 30 * 60


@pytest.mark.parametrize("why", ["closed", "demonstration", "slept"])
def test_an_account_that_may_not_be_used_does_not_open(client, cast, settings, at_ten, why):
    if why == "closed":
        Account.objects.update(is_active=False)
    if why == "demonstration":
        settings.DEMONSTRATION = False
    if why == "slept":
        at_ten(days=90)
    response = come_in(client, cast.desk)
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    assert told()[-1] == "account.refuse_sign_in"


def test_a_password_ninety_days_old_must_be_changed_first(client, cast, at_ten):
    Account.objects.update(last_login=NOW + dt.timedelta(days=60), password_changed_at=NOW)
    at_ten(days=91)
    assert come_in(client, cast.desk).url == "/password/"


def test_every_request_reads_account_and_post_once(client, cast, django_assert_max_num_queries):
    come_in(client, cast.security_admin)
    with django_assert_max_num_queries(12):  # session read and saved (5), account, post, count, page, waiting
        client.get("/people/")
