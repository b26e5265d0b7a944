"""The gate, the two axes, risk areas: what may not happen, and what follows when it would."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases.actions import step_case
from songda.ledger.notices.models import Notice
from songda.office.resumption import actions
from songda.office.resumption.actions import NewArrival, NewEntry, NewRisk, Row
from songda.office.resumption.models import Arrival, Excess, StopOrder
from songda.office.resumption.queries import cleared, doubtful, listing_of, states_at, why_not_resume
from songda.office.resumption.tests.ground import HOUR, firms, tell
from songda.registry.facts.queries import facts_of
from songda.registry.people.models import Contact
from songda.registry.people.tests.cast import DAY, NOW, SINCE

ONE = dt.timedelta(days=1)


def state(subject, on=DAY):
    return facts_of(subject.pk, on=on)["resumption"].value


@pytest.mark.row("CMD-17")
def test_listed_by_industry_kind_subject_or_fact_is_one_answer(ground):
    cast = ground.cast
    maker, cinema, market_hall, named = cast.firm, cast.neighbour, *firms(cast, 1, kind="site"), *firms(cast, 1)
    tell(maker, "industry", "3711", SINCE)
    tell(cinema, "industry", "8760", SINCE)
    area = cast.zone.area_path
    actions.list_entry(
        NewEntry("industry", DAY, "第4号通告", "影剧院", industry="R", area_path=area), by=cast.dispatcher, now=NOW
    )
    actions.list_entry(NewEntry("kind", DAY, "第5号通告", "工地", kind="site", area_path=area), by=cast.dispatcher, now=NOW)
    actions.list_entry(NewEntry("subject", DAY, "第6号通告", "整改", subject_id=named.pk), by=cast.dispatcher, now=NOW)
    assert listing_of(maker, DAY) is None
    for subject in (cinema, market_hall, named):
        assert listing_of(subject, DAY - ONE) is None
        assert "负面清单" in why_not_resume(subject, DAY)[0]
    tell(maker, "negative_list", "在", DAY)
    tell(maker, "negative_list", "不在", DAY + 3 * ONE)
    assert listing_of(maker, DAY).until == DAY + 2 * ONE
    assert listing_of(maker, DAY + 3 * ONE) is None
    listed = states_at(area, on=DAY)
    assert set(listed.subjects[listed.listed].tolist()) == {cinema.pk, market_hall.pk, named.pk, maker.pk}


@pytest.mark.row("CMD-17")
def test_an_application_is_approved_by_another_once_the_gate_is_open(ground):
    cast = ground.cast
    new = NewEntry("subject", DAY, "第6号通告", "人员密集", subject_id=cast.firm.pk)
    entry = actions.list_entry(new, by=cast.dispatcher, now=NOW)
    case = actions.apply_to_resume(cast.firm.pk, "industry-1", "口罩已备", by=cast.clerk, now=NOW)
    assert state(cast.firm) == "applied"
    step_case(case.pk, "accept", by=cast.street, now=NOW + HOUR)
    with pytest.raises(Conflict, match=r"负面清单.*人员密集.*第6号通告"):
        step_case(case.pk, "report", by=cast.street, now=NOW + HOUR)
    actions.delist_entry(entry.pk, DAY, "复查合格", by=cast.dispatcher, now=NOW + HOUR)
    morrow = NOW + 25 * HOUR
    step_case(case.pk, "report", by=cast.street, now=morrow)
    step_case(case.pk, "verify", by=cast.dispatcher, now=morrow + HOUR)
    assert (state(cast.firm, DAY + ONE), facts_of(cast.firm.pk, on=DAY + ONE)["resumed_on"].value) == ("resumed", DAY + ONE)


def test_a_batch_has_its_day(ground):
    cast = ground.cast
    case = actions.apply_to_resume(cast.firm.pk, "building-other", "", by=cast.street, now=NOW)
    with pytest.raises(Conflict, match=r"其他工程.*2020-03-16"):
        step_case(case.pk, "report", by=cast.street, now=NOW)
    with pytest.raises(Invalid):
        actions.apply_to_resume(cast.neighbour.pk, "nobodys", "", by=cast.street, now=NOW)


@pytest.mark.row("CMD-29")
def test_a_red_light_stops_production_is_logged_and_told_and_another_lifts_it(ground):
    cast = ground.cast
    Contact.objects.create(subject=cast.firm, channel="inbox", address="x", holder="", starts_on=SINCE)
    tell(cast.firm, "resumption", "resumed", DAY - ONE)
    actions.set_light(cast.firm.pk, "red", "测温台账造假", by=cast.dispatcher, now=NOW)
    order = StopOrder.objects.get()
    assert (state(cast.firm), order.before, order.state) == ("halted", "resumed", "standing")
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"control.light", "stop.issue", "facts.record"}
    assert Notice.objects.filter(subject=cast.firm).count() == 1
    assert Notice.objects.filter(post_id=cast.officer.post_id).count() == 1
    refused = actions.report_day([Row(cast.firm.pk, "resumed")], DAY, by=cast.street, now=NOW).refused
    assert "停工令" in refused[0]
    counted = Row(cast.firm.pk, "halted", due=40, present=3)  # who keeps the boilers
    assert actions.report_day([counted], DAY, by=cast.street, now=NOW).taken == 1
    assert (state(cast.firm), facts_of(cast.firm.pk, on=DAY)["back_at_work"].value) == ("halted", 3)
    with pytest.raises(NotPermitted, match="签发人"):
        actions.lift_stop(order.pk, "已整改", "green", by=cast.dispatcher, now=NOW + HOUR)
    with pytest.raises(Conflict, match="停工令"):
        actions.set_light(cast.firm.pk, "green", "已整改", by=cast.dispatcher, now=NOW + HOUR)
    actions.lift_stop(order.pk, "复查合格", "yellow", by=ground.other, now=NOW + HOUR)
    assert state(cast.firm) == "resumed"
    assert not why_not_resume(cast.firm, DAY)
    assert Notice.objects.filter(subject=cast.firm).count() == 2


@pytest.mark.row("CMD-29")
def test_lifted_on_the_negative_list_stays_held_back(ground):
    cast = ground.cast
    tell(cast.firm, "resumption", "resumed", DAY - ONE)
    actions.set_light(cast.firm.pk, "red", "未测温", by=cast.dispatcher, now=NOW)
    actions.list_entry(NewEntry("subject", DAY, "通告", "聚集", subject_id=cast.firm.pk), by=cast.dispatcher, now=NOW)
    actions.lift_stop(StopOrder.objects.get().pk, "合格", "green", by=ground.other, now=NOW + HOUR)
    assert state(cast.firm) == "listed"


@pytest.mark.row("CMD-30")
def test_a_bus_passenger_from_a_risk_area_is_not_cleared_before_the_end_date(ground):
    cast = ground.cast
    new = NewRisk("湖北省", "420000", "high", DAY - 20 * ONE, "演示通告")
    area = actions.announce_risk(new, by=cast.dispatcher, now=NOW)
    assert area.days == 14
    came = NewArrival(cast.firm.pk, "420102", "湖北武汉江岸", DAY, people=2, alias="李某")
    passenger = actions.record_arrival(came, by=cast.street, now=NOW)
    local = actions.record_arrival(NewArrival(cast.firm.pk, "411700", "驻马店", DAY), by=cast.street, now=NOW)
    assert passenger.isolates_until == DAY + 14 * ONE
    assert cleared(local.pk, DAY)
    for days in (0, 1, 13, 14):
        assert not cleared(passenger.pk, DAY + days * ONE)
    with pytest.raises(Conflict, match="隔离期未满"):
        actions.clear_arrival(passenger.pk, by=cast.street, now=NOW + dt.timedelta(days=13))
    actions.clear_arrival(passenger.pk, by=cast.street, now=NOW + dt.timedelta(days=14))
    assert [cleared(passenger.pk, DAY + days * ONE) for days in (13, 14, 15)] == [False, True, True]
    assert not cleared(999_999, DAY)


@pytest.mark.row("CMD-30")
def test_a_risk_area_made_known_later_takes_hold_of_who_is_there(ground):
    cast = ground.cast
    early = actions.record_arrival(NewArrival(cast.firm.pk, "330300", "浙江温州", DAY - 3 * ONE), by=cast.street, now=NOW)
    actions.clear_arrival(early.pk, by=cast.street, now=NOW)
    assert cleared(early.pk, DAY)
    risk = actions.announce_risk(
        NewRisk("温州市", "330300", "middle", DAY - 5 * ONE, "演示", days=7), by=cast.dispatcher, now=NOW + HOUR
    )
    assert not cleared(early.pk, DAY)
    early.refresh_from_db()
    assert (early.state, early.isolates_until) == ("isolating", DAY + 4 * ONE)
    actions.end_risk(risk.pk, DAY, by=cast.dispatcher, now=NOW)
    late = actions.record_arrival(NewArrival(cast.firm.pk, "330302", "浙江温州", DAY + ONE), by=cast.street, now=NOW + 24 * HOUR)
    assert late.isolates_until is None


def test_names_are_masked_shown_on_a_reason_and_forgotten(ground):
    cast = ground.cast
    one = actions.record_arrival(NewArrival(cast.firm.pk, "411700", "驻马店", DAY, alias="王某"), by=cast.street, now=NOW)
    with pytest.raises(NotPermitted):
        actions.reveal_arrival(one.pk, "核对身份", by=cast.dispatcher, now=NOW)
    assert actions.reveal_arrival(one.pk, "核对身份", by=cast.street, now=NOW) == "王某"
    trail = AuditEntry.objects.filter(action__startswith="arrival.")
    assert trail.filter(action="arrival.reveal").count() == 1
    assert not any("王某" in str(entry.after) for entry in trail)
    assert actions.forget_names(by=cast.dispatcher, now=NOW + dt.timedelta(days=30)) == 0
    assert actions.forget_names(by=cast.dispatcher, now=NOW + dt.timedelta(days=32)) == 1
    assert Arrival.objects.get().alias == ""


@pytest.mark.row("CMD-15")
def test_a_daily_report_takes_what_is_right_and_says_what_is_wrong(ground):
    cast = ground.cast
    many, listed = firms(cast, 2)
    actions.list_entry(NewEntry("subject", DAY, "通告", "聚集", subject_id=listed.pk), by=cast.dispatcher, now=NOW)
    rows = [
        Row(cast.firm.pk, "resumed", due=100, present=90, roll_present=80),
        Row(cast.other_firm.pk, "resumed"),
        Row(many.pk, "resumed", due=10, present=30),
        Row(listed.pk, "resumed"),
        Row(cast.neighbour.pk, "asleep"),
        Row(cast.neighbour.pk, "", due=-1),
    ]
    done = actions.report_day(rows, DAY, by=cast.street, now=NOW)
    assert (done.taken, set(done.refused)) == (1, {1, 2, 3, 4, 5})
    assert "多于应到岗" in done.refused[2]
    told = facts_of(cast.firm.pk, on=DAY)
    assert (told["resumption"].value, told["back_at_work"].value, told["resumed_on"].value) == ("resumed", 90, DAY)
    explained = Row(many.pk, "resumed", due=10, present=30, cause="site", text="抢工期进场")
    assert actions.report_day([explained], DAY, by=cast.street, now=NOW).taken == 1
    assert actions.report_day([Row(many.pk, "resumed", due=10, present=30)], DAY, by=cast.street, now=NOW).taken == 1
    line = doubtful(cast.street, on=DAY)[0]
    assert (line.rate.text, line.cause, line.text) == ("300%", "工地进场高峰", "抢工期进场")
    tell(many, "back_at_work", "31", DAY + ONE)
    assert doubtful(cast.street, on=DAY + ONE)[0].cause == ""  # another number asks for another word
    actions.explain_excess(many.pk, "outdated", "基数未更新", by=cast.street, now=NOW + 24 * HOUR)
    assert Excess.objects.count() == 2
    with pytest.raises(Invalid):
        actions.report_day(rows[:1], DAY + 2 * ONE, by=cast.street, now=NOW)
