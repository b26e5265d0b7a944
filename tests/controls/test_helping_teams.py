"""Controls of teams: one team of a kind a subject, a cadre before a group, nobody left behind, 全覆盖 only without gaps, scope."""

from __future__ import annotations

import sys

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from songda.deliveries.service.demands.tests.conftest import board
from songda.deliveries.service.helping import access, actions, queries
from songda.deliveries.service.helping.models import Charge, Station, Team
from songda.deliveries.service.helping.queries.coverage import Coverage
from songda.deliveries.service.helping.tests.teams import projects, team
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.registry.people.tests.cast import DAY, NOW
from tests.controls.opened import check_off, unique_off

__all__ = ["board"]


def second_team(cast):
    """Another group takes the same firm without the first being released: what two dispatchers at once would do."""
    teams = [team(cast, name) for name in ("一组", "二组")] if not Team.objects.exists() else list(Team.objects.order_by("pk"))
    with transaction.atomic():
        for one in teams:
            Charge.objects.create(team=one, kind="group", subject=cast.firm, starts_on=DAY)
    return Charge.objects.filter(subject=cast.firm, ends_on=None).count()


@pytest.mark.row("SVC-01")
def test_a_subject_has_one_team_of_a_kind_and_would_have_two_without_the_index(cast):
    with pytest.raises(IntegrityError):
        second_team(cast)
    with unique_off(Charge, "one_team_of_a_kind_a_subject"):
        assert second_team(cast) == 2


def led_by_staff(cast):
    with transaction.atomic():
        return Team.objects.create(
            kind="group", name="小组", lead=cast.bureau, area_path=cast.bureau.area_path, leader_rank="staff", starts_on=DAY
        )


def test_a_group_is_led_by_a_cadre_and_might_not_be_without_rule_and_check(cast, monkeypatch):
    with pytest.raises(Invalid):
        team(cast, rank="staff")
    monkeypatch.setattr(sys.modules["songda.deliveries.service.helping.actions.found_team"], "fault_of_leader", lambda *_: "")
    with pytest.raises(Conflict), transaction.atomic():
        team(cast, rank="staff")
    with check_off(Team, "group_is_led_by_a_cadre"):
        assert led_by_staff(cast).pk


def test_a_team_leaves_nobody_behind_and_would_without_the_check(cast, monkeypatch):
    one = team(cast)
    actions.put_in_charge(one.pk, cast.firm.pk, by=cast.dispatcher, now=NOW)
    with pytest.raises(Conflict):
        actions.dissolve_team(one.pk, None, "完成", by=cast.dispatcher, now=NOW)
    module = sys.modules["songda.deliveries.service.helping.actions.allocate_subjects"]
    monkeypatch.setattr(module, "refuse_unheired", lambda *_: None)
    actions.dissolve_team(one.pk, None, "完成", by=cast.dispatcher, now=NOW)
    assert Charge.objects.get(subject=cast.firm).ends_on is None
    assert Team.objects.get(pk=one.pk).ends_on == DAY


@pytest.mark.row("SVC-03")
def test_full_coverage_needs_an_empty_list_and_would_be_said_without_the_rule(cast, monkeypatch):
    projects(cast, 2)
    report = queries.coverage_of(cast.dispatcher, "projects", "group", on=DAY)
    assert not report.full
    monkeypatch.setattr(Coverage, "full", property(lambda self: self.total > 0))
    assert report.full


def twice_at_a_firm(cast):
    with transaction.atomic():
        for _n in range(2):
            Station.objects.create(subject=cast.firm, post_id=cast.officer.post_id, starts_on=DAY)
    return Station.objects.count()


def test_an_officer_is_stationed_once_at_a_firm_and_would_be_twice_without_the_index(cast):
    with pytest.raises(IntegrityError):
        twice_at_a_firm(cast)
    with unique_off(Station, "stationed_once_at_a_firm"):
        assert twice_at_a_firm(cast) == 2


def test_teams_of_another_district_are_out_of_sight_and_would_be_seen_without_the_scope(cast, monkeypatch):
    team(cast)
    assert not access.teams_visible_to(cast.stranger).exists()
    monkeypatch.setattr(access, "within", lambda paths, field="area_path": ~Q(pk__in=[]))
    assert access.teams_visible_to(cast.stranger).exists()


def test_only_who_keeps_teams_sets_them_up_and_anybody_would_without_the_permission(cast, monkeypatch):
    one = team(cast)
    with pytest.raises(NotPermitted):
        actions.add_member(one.pk, cast.desk.post_id, by=cast.desk, now=NOW)
    monkeypatch.setattr(sys.modules["songda.deliveries.service.helping.actions.found_team"], "require", lambda *_: None)
    assert actions.add_member(one.pk, cast.desk.post_id, by=cast.desk, now=NOW).pk
