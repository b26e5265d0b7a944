"""Accounts, posts and officers: who may, what is refused, what ends with a post."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.audit.queries import trail
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.registry.actors import system
from songda.registry.people import actions, queries, rules
from songda.registry.people.access import accounts_visible_to, contacts_visible_to, posts_visible_to
from songda.registry.people.actions import NewContact, NewPost
from songda.registry.people.models import Account, Assignment, Contact, Post
from songda.registry.people.states import ADMINISTRATORS, Role
from songda.registry.people.tests.cast import DAY, NOW, hire
from songda.registry.subjects.access import subject_for, visible_to

BY = system()
TOMORROW = NOW + dt.timedelta(days=1)


def test_an_account_opens_with_a_password_for_once(cast):
    opened = actions.open_account("new.clerk", "示例新人", by=cast.security_admin, now=NOW)
    account = Account.objects.get(username="new.clerk")
    assert account.check_password(opened.password)
    assert account.must_change_password
    assert not rules.password_faults(opened.password, "new.clerk")
    assert opened.password not in str(AuditEntry.objects.values_list("after", flat=True))
    with pytest.raises(Conflict):
        actions.open_account("new.clerk", "又一人", by=cast.security_admin, now=NOW)
    with pytest.raises(Invalid):
        actions.open_account("weak", "弱口令", by=cast.security_admin, now=NOW, password="12345678")


def test_only_the_security_administrator_keeps_accounts_and_posts(cast):
    for part in (cast.system_admin, cast.audit_admin, cast.dispatcher, cast.leader, cast.clerk):
        with pytest.raises(NotPermitted):
            actions.open_account("x", "示例", by=part, now=NOW)
        with pytest.raises(NotPermitted):
            actions.appoint(NewPost(cast.desk.person_id, "expert", cast.zone.pk), by=part, now=NOW)
        with pytest.raises(NotPermitted):
            actions.end_post(cast.desk.post_id, by=part, now=NOW)


def test_a_post_gives_the_scope_of_its_place(cast):
    post = actions.appoint(NewPost(cast.desk.person_id, "street_clerk", cast.other_street.pk), by=BY, now=NOW)
    assert {post.role for post in queries.posts_of(cast.desk.person_id, DAY)} == {"department_desk", "street_clerk"}
    assert queries.actor_for(post, on=DAY).area_paths == (cast.other_street.area_path,)
    assert trail(post).get().after["role"] == "street_clerk"
    firm_post = actions.appoint(NewPost(cast.desk.person_id, "enterprise_clerk", subject_id=cast.firm.pk), by=BY, now=NOW)
    assert list(visible_to(queries.actor_for(firm_post, on=DAY))) == [cast.firm]


@pytest.mark.parametrize(
    ("role", "place", "error"),
    [
        ("department_desk", "bureau", Conflict),  # has it
        ("audit_admin", "city", Conflict),  # beside another post
        ("enterprise_clerk", "zone", Invalid),  # not at a firm
        ("street_clerk", "firm", Invalid),  # not at a unit
        ("mayor_of_nowhere", "zone", Invalid),
    ],
)
def test_a_post_that_cannot_be_held_is_refused(cast, role, place, error):
    spot = {"subject_id": cast.firm.pk} if place == "firm" else {"organisation_id": getattr(cast, place).pk}
    with pytest.raises(error):
        actions.appoint(NewPost(cast.desk.person_id, role, **spot), by=BY, now=NOW)


def test_an_administrator_gets_no_second_post(cast):
    for role in ("expert", *ADMINISTRATORS):
        with pytest.raises(Conflict):
            actions.appoint(NewPost(cast.audit_admin.person_id, role, cast.zone.pk), by=BY, now=NOW)


def test_a_post_to_come_counts_too(cast):
    later = NewPost(cast.desk.person_id, "expert", cast.zone.pk, starts_on=DAY + dt.timedelta(days=30))
    actions.appoint(later, by=BY, now=NOW)
    assert queries.posts_of(cast.desk.person_id, DAY).count() == 1
    post = Post.objects.get(role="expert")
    with pytest.raises(NotPermitted):
        queries.actor_for(post, on=DAY)


def test_an_ended_post_opens_nothing_from_that_day(cast):
    post = actions.end_post(cast.officer.post_id, by=cast.security_admin, now=NOW)
    assert post.ends_on == DAY
    with pytest.raises(NotPermitted):
        queries.actor_for(post, on=DAY)
    assert queries.actor_for(post, on=DAY - dt.timedelta(days=1)).post_id == post.pk
    assert queries.officer_of(cast.firm.pk) is None
    with pytest.raises(Conflict):
        actions.end_post(post.pk, by=cast.security_admin, now=TOMORROW)


def test_the_last_security_administrator_stays(cast):
    with pytest.raises(Conflict):
        actions.end_post(cast.security_admin.post_id, by=cast.security_admin, now=NOW)
    second = hire(Role.SECURITY_ADMIN, at=cast.city)
    actions.end_post(cast.security_admin.post_id, by=second, now=NOW)
    with pytest.raises(Conflict):
        actions.end_post(second.post_id, by=second, now=NOW)


def test_a_closed_account_is_closed_once_and_not_by_its_owner(cast):
    actions.close_account(cast.desk.account_id, by=cast.security_admin, now=NOW)
    for account in (cast.desk.account_id, cast.security_admin.account_id):
        with pytest.raises(Conflict):
            actions.close_account(account, by=cast.security_admin, now=NOW)


def test_a_firm_has_exactly_one_officer(cast):
    other = hire(Role.SERVICE_OFFICER, at=cast.street_office)
    actions.assign_officer(cast.firm.pk, other.post_id, by=cast.dispatcher, now=NOW)
    assert queries.officer_of(cast.firm.pk).pk == other.post_id
    assert Assignment.objects.filter(subject=cast.firm, ends_on=None).count() == 1
    assert Assignment.objects.get(post_id=cast.officer.post_id).ends_on == DAY
    assert list(visible_to(cast.officer)) == []
    assert list(visible_to(other)) == [cast.firm]
    with pytest.raises(Conflict):
        actions.assign_officer(cast.firm.pk, other.post_id, by=cast.dispatcher, now=NOW)
    actions.release_officer(cast.firm.pk, by=cast.dispatcher, now=NOW)
    with pytest.raises(Conflict):
        actions.release_officer(cast.firm.pk, by=cast.dispatcher, now=NOW)


def test_an_officer_that_does_not_suit_is_refused(cast):
    away = hire(Role.SERVICE_OFFICER, at=cast.other_street)
    higher = hire(Role.DISPATCHER, at=cast.city)
    with pytest.raises(Invalid):
        actions.assign_officer(cast.neighbour.pk, away.post_id, by=higher, now=NOW)
    with pytest.raises(NotFound):
        actions.assign_officer(cast.neighbour.pk, away.post_id, by=cast.dispatcher, now=NOW)
    with pytest.raises(Invalid):
        actions.assign_officer(cast.neighbour.pk, cast.desk.post_id, by=cast.dispatcher, now=NOW)
    with pytest.raises(NotFound):
        actions.assign_officer(cast.other_firm.pk, cast.officer.post_id, by=cast.dispatcher, now=NOW)
    with pytest.raises(NotPermitted):
        actions.assign_officer(cast.neighbour.pk, cast.officer.post_id, by=cast.desk, now=NOW)


def test_contacts_are_kept_by_register_and_firm(cast):
    phone = NewContact(cast.firm.pk, "sms", "13800000000", "示例联系人")
    contact = actions.add_contact(phone, by=cast.clerk, now=NOW)
    with pytest.raises(Conflict):
        actions.add_contact(phone, by=cast.street, now=NOW)
    kept = str(trail(contact).get().after)
    assert "13800000000" not in kept
    with pytest.raises(NotFound):
        actions.add_contact(NewContact(cast.neighbour.pk, "inbox", ""), by=cast.clerk, now=NOW)
    with pytest.raises(NotPermitted):
        actions.add_contact(NewContact(cast.firm.pk, "inbox", ""), by=cast.desk, now=NOW)
    assert list(contacts_visible_to(cast.street)) == list(queries.contacts_of(cast.firm.pk)) == [contact]
    assert not contacts_visible_to(cast.stranger).exists()
    actions.end_contact(contact.pk, by=cast.clerk, now=NOW)
    with pytest.raises(NotFound):
        actions.end_contact(contact.pk, by=cast.clerk, now=NOW)
    assert actions.add_contact(phone, by=cast.street, now=TOMORROW).pk != contact.pk
    assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    ("channel", "address"), [("sms", "12345"), ("sms", "+8613800000000"), ("email", "nobody"), ("wecom", ""), ("pigeon", "x")]
)
def test_an_address_of_the_wrong_shape_is_refused(cast, channel, address):
    with pytest.raises(Invalid):
        actions.add_contact(NewContact(cast.firm.pk, channel, address), by=cast.street, now=NOW)


@pytest.mark.row("SUP-19")
def test_other_districts_people_and_firms_are_not_seen(cast):
    assert {post.organisation_id for post in posts_visible_to(cast.stranger)} <= {
        None,
        cast.other_zone.pk,
        cast.other_street.pk,
    } | {unit.pk for unit in cast.other_zone.children.all()}
    assert cast.desk.post_id not in posts_visible_to(cast.stranger).values_list("pk", flat=True)
    assert cast.desk.account_id not in accounts_visible_to(cast.stranger).values_list("pk", flat=True)
    assert list(visible_to(cast.stranger)) == [cast.other_firm]
    with pytest.raises(NotFound):
        subject_for(cast.firm.pk, cast.stranger)
    assert cast.desk.account_id in accounts_visible_to(cast.security_admin).values_list("pk", flat=True)
    assert set(posts_visible_to(cast.clerk).values_list("subject_id", flat=True)) == {cast.firm.pk}
    assert not accounts_visible_to(cast.clerk).exists()
