"""Controls on the tree: one present place a unit, one membership at a time, edits by who may, sight within the territory."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from songda.kernel.errors import NotFound, NotPermitted
from songda.registry.organisations import access, actions
from songda.registry.organisations.actions import NewUnit, found_organisation
from songda.registry.organisations.models import Member, Move
from songda.registry.people.tests.cast import DAY, NOW
from tests.controls.opened import unique_off


def second_place(cast):
    with transaction.atomic():
        return Move.objects.create(organisation=cast.zone, parent=cast.city, area_path="4101/77/", starts_on=DAY)


def test_a_unit_stands_in_one_place_and_would_in_two_without_the_index(cast):
    with pytest.raises(IntegrityError):
        second_place(cast)
    with unique_off(Move, "one_present_place"):
        assert second_place(cast).pk


def joined_twice(cast):
    with transaction.atomic():
        for _ in range(2):
            Member.objects.create(task_force=cast.zone, organisation=cast.bureau, starts_on=DAY)
    return Member.objects.count()


def test_a_member_joins_once_and_would_twice_without_the_index(cast):
    with pytest.raises(IntegrityError):
        joined_twice(cast)
    with unique_off(Member, "member_once_at_a_time"):
        assert joined_twice(cast) == 2


def test_the_tree_is_edited_by_who_may_and_by_anybody_without_the_check(cast, monkeypatch):
    unit = NewUnit("street-x", "新街道", "street", "zone-a")
    with pytest.raises(NotPermitted):
        found_organisation(unit, by=cast.dispatcher, now=NOW)
    monkeypatch.setattr(actions, "may_edit", lambda by: None)
    assert found_organisation(unit, by=cast.dispatcher, now=NOW).pk


def test_a_unit_of_another_district_is_out_of_sight_and_would_be_seen_without_the_scope(cast, monkeypatch):
    with pytest.raises(NotFound):
        access.organisation_for(cast.bureau.pk, cast.stranger)
    monkeypatch.setattr(access, "within", lambda paths: ~Q(pk__in=[]))
    assert access.organisation_for(cast.bureau.pk, cast.stranger) == cast.bureau
