"""The contact budget: a place of a firm's month is taken once, one more needs the dispatcher, nobody comes unasked."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.service.visits import access, actions
from songda.deliveries.service.visits.actions import approve_extra, places
from songda.deliveries.service.visits.models import Approach
from songda.deliveries.service.visits.tests.ground import DAY, lay_ground
from songda.kernel.errors import Conflict, NotPermitted
from songda.registry.people.tests.cast import NOW
from tests.controls.opened import unique_off

recording = import_module("songda.deliveries.service.visits.actions.record_stop")


@pytest.fixture
def ground(cast):
    return lay_ground(cast)


@pytest.mark.row("SVC-44")
def test_a_place_is_taken_once_and_would_be_taken_twice_without_the_index(ground):
    first = ground.plan().stops.get().approach

    def same_place():
        with transaction.atomic():
            Approach.objects.create(
                subject=first.subject, area_path=first.area_path, way="call", purpose="同时", unit=first.unit, post=first.post,
                on=first.on, month=first.month, place=first.place, noted_at=NOW,
            )  # fmt: skip
        return Approach.objects.filter(place=1).count()

    with pytest.raises(IntegrityError):
        same_place()
    with unique_off(Approach, "contact_place_once_a_month"):
        assert same_place() == 2


@pytest.mark.row("SVC-44")
def test_who_loses_the_last_place_is_told_and_does_not_get_it(ground, monkeypatch):
    """Another department takes the last place between our look and our write: the index says so, and we look again."""
    ground.plan()
    real, first = places.counted_in, []

    def looked_too_early(subject_id, month):
        before = [one.pk for one in real(subject_id, month)]
        if not first:
            first.append(True)
            ground.plan(by=ground.second, at=NOW + DAY)
            return real(subject_id, month).filter(pk__in=before)
        return real(subject_id, month)

    monkeypatch.setattr(places, "counted_in", looked_too_early)
    with pytest.raises(Conflict, match="达到上限"):
        ground.plan(by=ground.third, at=NOW + 2 * DAY)
    first.clear()
    with unique_off(Approach, "contact_place_once_a_month"):
        assert ground.plan(by=ground.third, at=NOW + 2 * DAY).stops.get().approach.place == 2
        assert Approach.objects.filter(place=2).count() == 2


@pytest.mark.row("SVC-44")
def test_the_third_contact_is_blocked_and_would_come_without_the_limit(ground, monkeypatch):
    ground.plan()
    ground.plan(by=ground.second, at=NOW + DAY)
    with pytest.raises(Conflict):
        ground.plan(by=ground.third, at=NOW + 2 * DAY)
    monkeypatch.setattr(places, "free_place", lambda taken: len(taken) + 1)
    assert ground.plan(by=ground.third, at=NOW + 2 * DAY).stops.get().approach.place == 3


def test_only_the_dispatcher_lets_one_more_through(ground, monkeypatch):
    ground.plan()
    ground.plan(by=ground.second, at=NOW + DAY)
    contact = ground.plan(by=ground.third, at=NOW + 2 * DAY, extra_reason="急").stops.get().approach
    with pytest.raises(NotPermitted):
        actions.approve_extra_contact(contact.pk, "自批", by=ground.second, now=NOW)
    monkeypatch.setattr(access, "must_approve", lambda actor: None)
    assert actions.approve_extra_contact(contact.pk, "自批", by=ground.second, now=NOW).place == 3


def test_the_planner_does_not_approve_himself(ground, monkeypatch):
    ground.plan()
    ground.plan(by=ground.second, at=NOW + DAY)
    contact = ground.plan(by=ground.third, at=NOW + 2 * DAY, extra_reason="急").stops.get().approach
    Approach.objects.filter(pk=contact.pk).update(post_id=ground.cast.dispatcher.post_id)
    with pytest.raises(Conflict, match="自己"):
        actions.approve_extra_contact(contact.pk, "自批", by=ground.cast.dispatcher, now=NOW)
    real = approve_extra.approach_to_approve

    def of_another(approach_id, actor):
        found = real(approach_id, actor)
        found.post_id = ground.third.post_id
        return found

    monkeypatch.setattr(approve_extra, "approach_to_approve", of_another)
    assert actions.approve_extra_contact(contact.pk, "自批", by=ground.cast.dispatcher, now=NOW).place == 3


@pytest.mark.row("SVC-44")
def test_nobody_comes_unasked_and_would_without_the_check(ground, monkeypatch):
    visit = ground.plan()
    with pytest.raises(Conflict):
        ground.record(visit.stops.get())
    monkeypatch.setattr(recording, "unasked", lambda doors, mandatory: 0)
    assert ground.record(visit.stops.get()).recorded_at == NOW
