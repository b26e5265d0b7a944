"""Records and plans: an issue reaches the ledger, a breach brings help, a promise its date, one plan in force, sight by scope."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from songda.deliveries.service.visits import access, actions
from songda.deliveries.service.visits.actions import Sheet, Wanted
from songda.deliveries.service.visits.models import Finding, Plan, Stop, Visit
from songda.deliveries.service.visits.tests.ground import fresh, issue, lay_ground
from songda.kernel.errors import Conflict, NotPermitted
from songda.registry.people.tests.cast import NOW
from tests.controls.opened import check_off, unique_off

recording = import_module("songda.deliveries.service.visits.actions.record_stop")
closing = import_module("songda.deliveries.service.visits.actions.close_visit")


@pytest.fixture
def ground(cast):
    return lay_ground(cast)


@pytest.mark.row("SVC-05")
def test_an_issue_without_a_row_keeps_the_visit_open_and_would_not_without_the_check(ground, monkeypatch):
    visit = ground.accepted()
    ground.record(visit.stops.get(), findings=[issue(category="no-such")])
    with pytest.raises(Conflict):
        actions.close_visit(visit.pk, by=ground.cast.officer, now=NOW)
    monkeypatch.setattr(closing, "lacks_of", lambda visit: ())
    assert actions.close_visit(visit.pk, by=ground.cast.officer, now=NOW).state == "closed"


def bare(stop, **columns):
    with transaction.atomic():
        return Finding.objects.create(stop=stop, text="示例", request_key=f"x{Finding.objects.count()}", **columns)


@pytest.mark.row("SVC-14")
def test_a_breach_without_help_cannot_be_written_and_could_without_the_check(ground):
    stop = ground.accepted().stops.get()
    with pytest.raises(IntegrityError):
        bare(stop, kind="breach")
    with check_off(Finding, "breach_brings_help"):
        assert bare(stop, kind="breach").pk


def test_a_promise_without_a_date_cannot_be_written_and_could_without_the_check(ground):
    stop = ground.accepted().stops.get()
    with pytest.raises(IntegrityError):
        bare(stop, kind="promise")
    with check_off(Finding, "promise_has_a_date"):
        assert bare(stop, kind="promise").pk


def test_a_visit_without_consent_names_its_basis_and_need_not_without_the_check(ground):
    visit = ground.plan()

    def unfounded():
        with transaction.atomic():
            return Visit.objects.filter(pk=visit.pk).update(mandatory=True, basis="")

    with pytest.raises(IntegrityError):
        unfounded()
    with check_off(Visit, "mandatory_visit_names_its_basis"):
        assert unfounded() == 1


def plan_of(ground):
    sheet = Sheet("", "达产", dt.date(2020, 4, 10), ())
    return actions.draft_plan(ground.firm.pk, sheet, by=ground.cast.officer, now=NOW)


@pytest.mark.row("SVC-08")
def test_one_plan_is_in_force_and_two_would_be_without_the_index(ground):
    Plan.objects.filter(pk=plan_of(ground).pk).update(state="active")
    second = plan_of(ground)

    def both():
        with transaction.atomic():
            Plan.objects.filter(pk=second.pk).update(state="active")
        return Plan.objects.filter(subject=ground.firm, state="active").count()

    with pytest.raises(IntegrityError):
        both()
    with unique_off(Plan, "one_active_plan_a_firm"):
        assert both() == 2


# The stops, written without looking whether somebody was faster.
BLIND = SimpleNamespace(objects=SimpleNamespace(filter=lambda pk, recorded_at: Stop.objects.filter(pk=pk)))


@pytest.mark.row("SVC-05")
def test_a_record_is_written_once_and_would_be_overwritten_without_the_swap(ground, monkeypatch):
    """Two phones send at once: both have looked, one writes first."""
    visit = ground.plan(stops=(Wanted(place="示例园区"), Wanted(place="示例路口")))
    stop = visit.stops.get(seq=1)
    seen_by_both = Stop.objects.select_related("visit", "subject").get(pk=stop.pk)
    ground.record(stop, notes="先到的")
    monkeypatch.setattr(recording, "stop_to_do", lambda stop_id, actor: seen_by_both)
    monkeypatch.setattr(recording, "start_visit", lambda visit_id, by, now: visit)
    with pytest.raises(Conflict, match="刚刚由他人记录"):
        ground.record(stop, key="k2", notes="后到的")
    assert fresh(stop).notes == "先到的"
    seen_by_both.recorded_at, seen_by_both.request_key = None, None
    monkeypatch.setattr(recording, "Stop", BLIND)
    ground.record(stop, key="k2", notes="后到的")
    assert fresh(stop).notes == "后到的"


@pytest.mark.row("SUP-19")
def test_visits_of_another_district_are_out_of_sight_and_would_be_seen_without_the_scope(ground, monkeypatch):
    visit = ground.plan()

    def seen():
        return access.visible_to(ground.cast.stranger).filter(pk=visit.pk).exists()

    assert not seen()
    monkeypatch.setattr(access, "within", lambda paths, field="area_path": ~Q(pk__in=[]))
    assert seen()


def test_another_department_looks_on_and_would_record_without_the_check(ground, monkeypatch):
    visit = ground.accepted()
    stop = visit.stops.get()
    with pytest.raises(NotPermitted):
        ground.record(stop, by=ground.second)
    monkeypatch.setattr(access, "does", lambda visit, actor: True)
    assert ground.record(stop, by=ground.second).recorded_at == NOW
