"""Planning: stops in order, the budget of a firm's month across departments, approval, what the firm asked for."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.service.visits import actions
from songda.deliveries.service.visits.actions import Call, Wanted
from songda.deliveries.service.visits.models import Approach, Visit
from songda.deliveries.service.visits.tests.ground import DAY, HOUR, fresh
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.registry.people.tests.cast import NOW


@pytest.mark.row("SVC-05")
def test_seven_stops_are_one_visit_in_their_order(ground):
    places = ("航空港", "国际陆港", "跨境电商园", "保税物流中心", "高铁站", "物流园", "口岸作业区")
    visit = ground.plan(by=ground.cast.leader, kind="leader", stops=tuple(Wanted(place=one) for one in places))
    assert Visit.objects.count() == 1
    assert [stop.place for stop in visit.stops.order_by("seq")] == list(places)
    assert not Approach.objects.exists(), "a place is no firm: nobody is disturbed"


@pytest.mark.row("SVC-44")
def test_the_third_contact_of_a_month_is_blocked_whichever_department_comes(ground):
    ground.plan()
    actions.note_contact(ground.firm.pk, Call("survey", "用电调查", NOW.date() + 2 * DAY), by=ground.second, now=NOW)
    with pytest.raises(Conflict) as refused:
        ground.plan(by=ground.third, at=NOW + 3 * DAY)
    assert refused.value.code == "contact_budget"
    assert "甲开发区" in refused.value.message
    assert "甲区应急局" in refused.value.message
    assert Visit.objects.count() == 1
    assert ground.plan(by=ground.third, at=dt.datetime(2020, 4, 2, 2, tzinfo=dt.UTC)), "next month there is room again"


@pytest.mark.row("SVC-44")
def test_one_more_waits_for_the_dispatchers_reason(ground):
    ground.plan()
    ground.plan(by=ground.second, at=NOW + DAY)
    visit = ground.plan(by=ground.third, at=NOW + 3 * DAY, extra_reason="安全隐患举报核实")
    contact = Approach.objects.get(stop__visit=visit)
    assert contact.waits
    with pytest.raises(Conflict, match="尚未获统筹调度员批准"):
        actions.offer_slot(visit.pk, by=ground.third, now=NOW)
    with pytest.raises(NotPermitted):
        actions.approve_extra_contact(contact.pk, "同意", by=ground.third, now=NOW)
    with pytest.raises(Invalid):
        actions.approve_extra_contact(contact.pk, " ", by=ground.cast.dispatcher, now=NOW)
    approved = actions.approve_extra_contact(contact.pk, "涉及安全", by=ground.cast.dispatcher, now=NOW)
    assert (approved.place, approved.approval_reason, approved.approved_name) == (3, "涉及安全", ground.cast.dispatcher.name)
    assert actions.offer_slot(visit.pk, by=ground.third, now=NOW).state == "offered"
    with pytest.raises(Conflict):
        actions.approve_extra_contact(contact.pk, "再次", by=ground.cast.dispatcher, now=NOW)


def test_a_refused_extra_contact_calls_the_visit_off(ground):
    ground.plan()
    ground.plan(by=ground.second, at=NOW + DAY)
    visit = ground.plan(by=ground.third, at=NOW + 3 * DAY, extra_reason="顺路")
    actions.refuse_extra_contact(Approach.objects.get(stop__visit=visit).pk, "无必要", by=ground.cast.dispatcher, now=NOW)
    assert fresh(visit).state == "cancelled"
    assert "无必要" in visit.reason


def test_what_the_firm_asked_for_is_not_counted(ground):
    ground.plan()
    ground.plan(by=ground.second, at=NOW + DAY)
    case = ground.board.file()
    visit = ground.plan(by=ground.cast.officer, at=NOW + 2 * DAY, stops=(Wanted(ground.firm.pk, case_id=case.pk),))
    contact = Approach.objects.get(stop__visit=visit)
    assert (contact.counted, contact.place) == (False, None)
    assert not contact.waits


def test_only_the_firms_own_open_request_takes_no_place(ground):
    found = ground.board.file(by=ground.cast.desk, channel="visit", origin="officer")
    with pytest.raises(Invalid):
        ground.plan(by=ground.cast.desk, stops=(Wanted(ground.firm.pk, case_id=found.pk),))


def test_a_cancelled_visit_gives_its_place_back(ground):
    visit = ground.plan()
    ground.plan(by=ground.second, at=NOW + DAY)
    actions.cancel_visit(visit.pk, "已电话解决", by=ground.cast.officer, now=NOW)
    assert ground.plan(by=ground.third, at=NOW + 2 * DAY).stops.get().approach.place == 1


def test_the_same_request_key_plans_once(ground):
    one = ground.plan(request_key="form-1")
    assert ground.plan(request_key="form-1") == one
    with pytest.raises(Conflict):
        ground.plan(request_key="form-1", purpose="别的目的")
    assert Approach.objects.count() == 1
    assert AuditEntry.objects.filter(action="visit.plan").count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"purpose": " "}, "purpose"),
        ({"kind": "tour"}, "kind"),
        ({"mandatory": True, "kind": "inspection"}, "basis"),
        ({"mandatory": True, "basis": "安全生产法"}, "basis"),
        ({"stops": (Wanted(),)}, "stops"),
    ],
)
def test_a_plan_that_does_not_hold_together_is_refused(ground, given, field):
    with pytest.raises(Invalid) as refused:
        ground.plan(**given)
    assert field in refused.value.fields


def test_who_plans_and_where(ground):
    with pytest.raises(NotPermitted):
        ground.plan(by=ground.cast.dispatcher)
    with pytest.raises(NotFound):
        ground.plan(stops=(Wanted(ground.cast.neighbour.pk),))  # not assigned to this officer
    with pytest.raises(NotFound):
        ground.plan(by=ground.cast.stranger)
    assert not Visit.objects.exists()


def test_a_call_is_noted_before_it_is_made_and_once(ground):
    call = Call("call", "核对用电数据", NOW.date())
    one = actions.note_contact(ground.firm.pk, call, by=ground.second, now=NOW, request_key="c1")
    assert actions.note_contact(ground.firm.pk, call, by=ground.second, now=NOW, request_key="c1") == one
    assert (one.place, one.way) == (1, "call")
    with pytest.raises(Invalid):
        actions.note_contact(ground.firm.pk, Call("visit", "绕过预约", NOW.date()), by=ground.second, now=NOW + HOUR)
