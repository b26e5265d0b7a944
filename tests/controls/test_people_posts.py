"""Controls on posts: separated administrators, one place, an end that is an end, and who may appoint."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from songda.kernel.errors import Conflict, NotPermitted
from songda.registry.actors import system
from songda.registry.people import queries
from songda.registry.people.actions import NewPost, appoint, appoint_person, end_post
from songda.registry.people.models import Post
from songda.registry.people.rules.posts import ALLOWED
from songda.registry.people.tests.cast import DAY, NOW, enter
from tests.controls.opened import check_off, unique_off


def second_role_of(cast):
    person = cast.audit_admin.person_id
    with transaction.atomic():
        return Post.objects.create(person_id=person, role="system_admin", organisation=cast.city, starts_on=DAY)


@pytest.mark.row("SUP-03")
def test_one_person_has_one_administrators_role_and_would_have_two_without_the_index(cast):
    with pytest.raises(IntegrityError):
        second_role_of(cast)
    with unique_off(Post, "one_administrator_role_a_person"):
        assert second_role_of(cast).pk


@pytest.mark.row("SUP-03")
def test_an_administrator_gets_no_business_post_and_would_without_the_rule(cast, monkeypatch):
    new = NewPost(cast.audit_admin.person_id, "dispatcher", cast.zone.pk)
    with pytest.raises(Conflict):
        appoint(new, by=system(), now=NOW)
    monkeypatch.setattr(appoint_person, "may_hold", lambda held, role: ALLOWED)
    assert appoint(new, by=system(), now=NOW).pk


def post_nowhere(cast):
    with transaction.atomic():
        return Post.objects.create(person_id=cast.desk.person_id, role="expert", starts_on=DAY)


def test_a_post_has_one_place_and_might_have_none_without_the_check(cast):
    with pytest.raises(IntegrityError):
        post_nowhere(cast)
    with check_off(Post, "post_for_organisation_or_subject"):
        assert post_nowhere(cast).pk


def test_only_the_security_administrator_appoints_and_anybody_would_without_the_check(cast, monkeypatch):
    new = NewPost(cast.desk.person_id, "leader", cast.zone.pk)
    with pytest.raises(NotPermitted):
        appoint(new, by=cast.dispatcher, now=NOW)
    monkeypatch.setattr(appoint_person, "must_edit_people", lambda by: None)
    assert appoint(new, by=cast.dispatcher, now=NOW).pk


@pytest.mark.urls("songda.registry.people.urls")
def test_an_ended_post_is_out_at_once_and_would_act_on_without_the_dates(client, cast, monkeypatch):
    enter(client, cast.dispatcher)
    assert client.get("/people/").status_code == 200
    end_post(cast.dispatcher.post_id, by=cast.security_admin, now=NOW)
    assert client.get("/people/").status_code == 302
    enter(client, cast.dispatcher)
    monkeypatch.setattr(queries, "holds_on", lambda *dates: True)
    monkeypatch.setattr(queries, "posts_of", lambda person, on: Post.objects.filter(person_id=person))
    assert client.get("/people/").status_code == 200
    assert dt.date(2020, 3, 10) == DAY
