"""Resumption: who may report and who may order, two persons at a stop order, what the database itself forbids; each with and without."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases.actions import step_case
from songda.ledger.cases.rules import guards
from songda.office.resumption import actions
from songda.office.resumption.actions import NewArrival, NewEntry, NewRisk, Row
from songda.office.resumption.models import Arrival, Denominator, Lamp, StopOrder
from songda.office.resumption.queries import cleared
from songda.office.resumption.rules.rates import Rate
from songda.office.resumption.tests.ground import HOUR, ground, tell
from songda.registry.facts.queries import facts_of
from songda.registry.people.tests.cast import DAY, NOW
from tests.controls.opened import check_off, unique_off

__all__ = ["ground"]
REPORT = import_module("songda.office.resumption.actions.report_day")
LIGHT = import_module("songda.office.resumption.actions.set_light")
GUARD = import_module("songda.office.resumption.actions.guard_arrivals")


def state(subject):
    return facts_of(subject.pk, on=DAY)["resumption"].value


@pytest.mark.row("CMD-15")
def test_who_may_not_report_reports_nothing(ground):
    cast = ground.cast
    reader = replace(cast.street, permissions=cast.street.permissions - {"resumption.report"})
    with pytest.raises(NotPermitted):
        actions.report_day([Row(cast.firm.pk, "resumed")], DAY, by=reader, now=NOW)
    may = replace(reader, permissions=reader.permissions | {"resumption.report"})
    assert actions.report_day([Row(cast.firm.pk, "resumed")], DAY, by=may, now=NOW).taken == 1


@pytest.mark.row("CMD-29")
def test_who_reports_does_not_order(ground, monkeypatch):
    cast = ground.cast
    with pytest.raises(NotPermitted):
        actions.set_light(cast.firm.pk, "red", "未测温", by=cast.street, now=NOW)
    with pytest.raises(NotPermitted):
        actions.list_entry(NewEntry("subject", DAY, "通告", "聚集", subject_id=cast.firm.pk), by=cast.street, now=NOW)
    monkeypatch.setattr(LIGHT, "must", lambda actor, permission: None)
    actions.set_light(cast.firm.pk, "red", "未测温", by=cast.street, now=NOW)
    assert StopOrder.objects.count() == 1


@pytest.mark.row("CMD-17")
def test_a_listed_firm_does_not_resume_by_report_or_by_approval(ground, monkeypatch):
    cast = ground.cast
    actions.list_entry(NewEntry("subject", DAY, "第6号通告", "聚集", subject_id=cast.firm.pk), by=cast.dispatcher, now=NOW)
    row = Row(cast.firm.pk, "resumed")
    assert "第6号通告" in actions.report_day([row], DAY, by=cast.street, now=NOW).refused[0]
    case = actions.apply_to_resume(cast.firm.pk, "industry-1", "", by=cast.street, now=NOW)
    with pytest.raises(Conflict, match="第6号通告"):
        step_case(case.pk, "report", by=cast.street, now=NOW)
    monkeypatch.setitem(guards._GUARDS, "resumption", "")
    assert step_case(case.pk, "report", by=cast.street, now=NOW).after == "done"
    monkeypatch.setattr(REPORT, "gate", lambda row, day, known: "")
    assert actions.report_day([row], DAY, by=cast.street, now=NOW).taken == 1
    assert state(cast.firm) == "resumed"


@pytest.mark.row("CMD-29")
def test_red_stops_and_only_another_person_lifts(ground, monkeypatch):
    cast = ground.cast
    tell(cast.firm, "resumption", "resumed")
    actions.set_light(cast.firm.pk, "red", "未测温", by=cast.dispatcher, now=NOW)
    order = StopOrder.objects.get()
    assert state(cast.firm) == "halted"
    with pytest.raises(NotPermitted):
        actions.lift_stop(order.pk, "合格", "green", by=cast.dispatcher, now=NOW + HOUR)
    monkeypatch.setattr(LIGHT, "refuse_same_person", lambda order, by: None)
    with pytest.raises(IntegrityError), transaction.atomic():  # the database says no as well
        actions.lift_stop(order.pk, "合格", "green", by=cast.dispatcher, now=NOW + HOUR)
    with check_off(StopOrder, "stop_lifted_by_another"):
        actions.lift_stop(order.pk, "合格", "green", by=cast.dispatcher, now=NOW + HOUR)
    assert state(cast.firm) == "resumed"


@pytest.mark.row("CMD-29")
def test_a_red_light_without_its_order_would_leave_the_firm_at_work(ground, monkeypatch):
    cast = ground.cast
    tell(cast.firm, "resumption", "resumed")
    monkeypatch.setattr(LIGHT, "issue_stop", lambda *given: None)
    actions.set_light(cast.firm.pk, "red", "未测温", by=cast.dispatcher, now=NOW)
    assert state(cast.firm) == "resumed"
    monkeypatch.undo()
    actions.set_light(cast.firm.pk, "red", "仍未测温", by=cast.dispatcher, now=NOW + HOUR)
    assert state(cast.firm) == "halted"


@pytest.mark.row("CMD-29")
@pytest.mark.parametrize(("model", "name"), [(Lamp, "one_light_at_a_time"), (StopOrder, "one_stop_order_at_a_time")])
def test_one_light_and_one_order_at_a_time(ground, model, name):
    firm = ground.cast.firm
    lamp = Lamp.objects.create(subject=firm, light="red", why="一", set_at=NOW, set_name="甲")
    StopOrder.objects.create(subject=firm, lamp=lamp, reason="一", issued_at=NOW, issued_name="甲")

    def again():
        if model is Lamp:
            Lamp.objects.create(subject=firm, light="green", why="二", set_at=NOW, set_name="乙")
        else:
            StopOrder.objects.create(subject=firm, lamp=lamp, reason="二", issued_at=NOW, issued_name="乙")

    with pytest.raises(IntegrityError), transaction.atomic():
        again()
    with unique_off(model, name):
        again()
    assert model.objects.count() == 2


@pytest.mark.row("CMD-30")
def test_nobody_is_cleared_before_the_end_of_isolation(ground, monkeypatch):
    cast = ground.cast
    actions.announce_risk(NewRisk("湖北省", "420000", "high", DAY, "通告"), by=cast.dispatcher, now=NOW)
    one = actions.record_arrival(NewArrival(cast.firm.pk, "420100", "武汉", DAY), by=cast.street, now=NOW)
    with pytest.raises(Conflict, match="隔离期未满"):
        actions.clear_arrival(one.pk, by=cast.street, now=NOW + dt.timedelta(days=13))
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrival.objects.filter(pk=one.pk).update(state="cleared", cleared_on=DAY)
    with check_off(Arrival, "arrival_cleared_after_isolation"):
        Arrival.objects.filter(pk=one.pk).update(state="cleared", cleared_on=DAY)
    assert not cleared(one.pk, DAY)  # the door counts the days itself
    monkeypatch.setattr(GUARD, "duty_of", lambda *given: None)
    free = actions.record_arrival(NewArrival(cast.firm.pk, "420100", "武汉", DAY), by=cast.street, now=NOW)
    assert cleared(free.pk, DAY)


@pytest.mark.row("CMD-15")
def test_a_denominator_changes_only_with_a_reason_and_as_a_new_version(ground):
    cast, counted = ground.cast, ("firms", "unlisted")
    unit = cast.street_office
    first = actions.freeze_denominator(unit.pk, counted, DAY, by=cast.dispatcher, now=NOW)
    with pytest.raises(Invalid, match="说明原因"):
        actions.freeze_denominator(unit.pk, counted, DAY, by=cast.dispatcher, now=NOW)
    told = {
        "organisation": unit, "area_path": unit.area_path, "population": "firms", "variant": "unlisted", "number": 2, "base_on": DAY,
        "subjects": 1, "people": 0, "set_at": NOW, "set_name": "甲",
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Denominator.objects.create(**told)
    with check_off(Denominator, "denominator_changed_with_a_reason"):
        Denominator.objects.create(**told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Denominator.objects.create(**{**told, "number": first.number, "reason": "又一次"})
    assert Denominator.objects.count() == 2


@pytest.mark.row("CMD-15")
def test_a_firm_rate_above_100_percent_is_blocked_and_people_above_it_ask_for_a_word(ground, monkeypatch):
    assert Rate(11, 10).blocked
    assert Rate(11, 10, may_exceed=True).text == "110%"
    cast = ground.cast
    row = Row(cast.firm.pk, "resumed", due=10, present=11)
    assert "多于应到岗" in actions.report_day([row], DAY, by=cast.street, now=NOW).refused[0]
    monkeypatch.setattr(REPORT, "unexplained", lambda row, known: "")
    monkeypatch.setattr(REPORT, "explain", lambda *given: None)
    assert actions.report_day([row], DAY, by=cast.street, now=NOW).taken == 1
