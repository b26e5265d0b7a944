"""The pages that keep accounts and posts."""

from __future__ import annotations

import pytest

from songda.registry.people.models import Account, Post
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import PASSWORD, enter, hire

pytestmark = pytest.mark.urls("songda.registry.people.urls")


def test_the_list_shows_the_territorys_posts_in_few_queries(client, cast, django_assert_max_num_queries):
    for number in range(60):
        hire(Role.EXPERT, at=cast.zone, name=f"示例专家{number:02}")
    enter(client, cast.security_admin)
    with django_assert_max_num_queries(12):
        page = client.get("/people/")
    assert len(page.context["page"].rows) == 50
    assert page.context["page"].after
    rest = client.get("/people/", {"after": page.context["page"].after})
    assert len(rest.context["page"].rows) == Post.objects.count() - 50
    found = client.get("/people/", {"q": "专家07", "role": "expert"}).context["page"].rows
    assert [post.person.name for post in found] == ["示例专家07"]


def test_who_only_sees_people_changes_nothing(client, cast):
    enter(client, cast.dispatcher)
    page = client.get(f"/people/{cast.desk.person_id}/")
    assert page.status_code == 200
    assert page.context["form"] is None
    assert client.get(f"/people/{cast.stranger.person_id}/").status_code == 404
    for address in (
        f"/people/posts/{cast.desk.post_id}/end/",
        f"/people/{cast.desk.person_id}/appoint/",
        f"/people/accounts/{cast.desk.account_id}/close/",
        f"/people/accounts/{cast.desk.account_id}/reset-password/",
    ):
        assert client.post(address).status_code == 403
    assert client.get("/people/new/").status_code == 403


def test_the_administrator_appoints_resets_and_closes(client, cast):
    enter(client, cast.security_admin)
    record = f"/people/{cast.desk.person_id}/"
    assert client.post(record + "appoint/", {"role": "expert", "organisation": cast.zone.pk}).url == record
    assert "政策专家" in client.get(record).content.decode()
    assert client.post(record + "appoint/", {"role": "audit_admin", "organisation": cast.zone.pk}).status_code == 409
    assert client.post(record + "appoint/", {"role": "nobody"}).status_code == 302
    page = client.post(f"/people/accounts/{cast.desk.account_id}/reset-password/")
    account = Account.objects.get(pk=cast.desk.account_id)
    assert account.check_password(page.context["opened"].password)
    assert not account.check_password(PASSWORD)
    assert client.post(f"/people/accounts/{account.pk}/close/").url == record
    assert "已停用" in client.get(record).content.decode()


def test_a_person_is_moved_in_one_step_or_not_at_all(client, cast):
    enter(client, cast.security_admin)
    address = f"/people/posts/{cast.officer.post_id}/move/"
    assert "包联的 1 家企业须另派干部" in client.get(address).content.decode()
    assert (
        client.post(address, {"role": "inspector", "organisation": cast.zone.pk, "title": "督查"}).url
        == f"/people/{cast.officer.person_id}/"
    )
    old, new = Post.objects.filter(person_id=cast.officer.person_id).order_by("pk")
    assert (old.ends_on, new.role, new.ends_on) == (new.starts_on, "inspector", None)
    again = client.post(address, {"role": "expert", "organisation": cast.zone.pk})
    assert "该岗位已结束" in again.content.decode()
    assert Post.objects.filter(person_id=cast.officer.person_id).count() == 2  # nothing begun where nothing ended


def test_strangers_and_firms_are_kept_out(client, cast):
    assert client.get("/people/").url == "/sign-in/?next=%2Fpeople%2F"
    enter(client, cast.clerk)
    assert client.get("/people/").status_code == 403
