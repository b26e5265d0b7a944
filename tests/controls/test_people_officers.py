"""Controls on firms: exactly one accountable officer, an address once, no sight beyond one's territory."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from songda.registry.people import access
from songda.registry.people.models import Assignment, Contact
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, hire
from tests.controls.opened import check_off, unique_off


def second_officer(cast):
    other = hire(Role.SERVICE_OFFICER, at=cast.zone)
    with transaction.atomic():
        Assignment.objects.create(subject=cast.firm, post_id=other.post_id, starts_on=DAY)
    return Assignment.objects.filter(subject=cast.firm, ends_on=None).count()


def test_a_firm_has_one_officer_and_would_have_two_without_the_index(cast):
    with pytest.raises(IntegrityError):
        second_officer(cast)
    with unique_off(Assignment, "one_officer_a_firm"):
        assert second_officer(cast) == 2


def same_address_twice(cast):
    with transaction.atomic():
        for _ in range(2):
            Contact.objects.create(subject=cast.firm, channel="sms", address="13800000000", starts_on=DAY)
    return Contact.objects.count()


def test_an_address_stands_once_and_would_stand_twice_without_the_index(cast):
    with pytest.raises(IntegrityError):
        same_address_twice(cast)
    with unique_off(Contact, "contact_once"):
        assert same_address_twice(cast) == 2


def contact_of_nobody():
    with transaction.atomic():
        return Contact.objects.create(channel="sms", address="13800000000", starts_on=DAY)


def test_a_contact_is_a_firms_or_a_posts_and_might_be_nobodys_without_the_check(cast):
    with pytest.raises(IntegrityError):
        contact_of_nobody()
    with check_off(Contact, "contact_of_firm_or_post"):
        assert contact_of_nobody().pk


@pytest.mark.row("SUP-19")
def test_posts_of_another_district_are_out_of_sight_and_would_be_seen_without_the_scope(cast, monkeypatch):
    def seen():
        return access.posts_visible_to(cast.stranger).filter(pk=cast.desk.post_id).exists()

    assert not seen()
    monkeypatch.setattr(access, "within", lambda paths, field="area_path": ~Q(pk__in=[]))
    assert seen()
