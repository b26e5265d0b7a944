"""The firm's say: accept, refuse without a reason, ask for another day; several firms on one tour; joint visits."""

from __future__ import annotations

import pytest

from songda.deliveries.service.visits import actions, queries
from songda.deliveries.service.visits.actions import Answer, Wanted
from songda.deliveries.service.visits.models import Approach, Stop
from songda.deliveries.service.visits.tests.ground import DAY, HOUR, fresh
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.notices.models import NoticeLine
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, hire


def offered(ground, **more):
    visit = ground.plan(**more)
    actions.offer_slot(visit.pk, by=more.get("by") or ground.cast.officer, now=NOW)
    return fresh(visit)


@pytest.mark.row("SVC-44")
def test_a_firm_declines_without_a_reason_and_gets_its_month_back(ground):
    visit = offered(ground)
    stop = actions.answer_visit(visit.stops.get().pk, Answer("declined"), by=ground.cast.clerk, now=NOW)
    assert (fresh(visit).state, stop.reply, stop.answer_note) == ("declined", "declined", "")
    assert Approach.objects.get().ended_at == NOW
    with pytest.raises(Conflict):
        actions.start_visit(visit.pk, by=ground.cast.officer, now=NOW)


def test_what_the_law_prescribes_is_moved_not_refused(ground):
    visit = offered(ground, by=ground.second, kind="inspection", mandatory=True, basis="安全生产法第六十二条")
    stop = visit.stops.get()
    with pytest.raises(Conflict, match="安全生产法"):
        actions.answer_visit(stop.pk, Answer("declined"), by=ground.cast.clerk, now=NOW)
    actions.answer_visit(stop.pk, Answer("moved", "当日停电检修", NOW + 2 * DAY), by=ground.cast.clerk, now=NOW)
    assert fresh(visit).state == "moved"
    actions.offer_slot(visit.pk, by=ground.second, now=NOW, starts_at=NOW + 2 * DAY)
    assert (fresh(visit).state, Approach.objects.get().on) == ("offered", (NOW + 2 * DAY).date())
    assert NoticeLine.objects.filter(topic__startswith="visit@").count() == 2


def test_nobody_comes_to_a_door_that_was_not_asked(ground):
    visit = ground.plan()
    with pytest.raises(Conflict, match="还有 1 家企业没有同意"):
        actions.start_visit(visit.pk, by=ground.cast.officer, now=NOW)
    actions.offer_slot(visit.pk, by=ground.cast.officer, now=NOW)
    with pytest.raises(Conflict):
        actions.start_visit(visit.pk, by=ground.cast.officer, now=NOW)


def test_a_visit_the_firm_wished_may_start_at_once(ground):
    case = ground.board.file()
    visit = ground.plan(stops=(Wanted(ground.firm.pk, case_id=case.pk),))
    assert actions.start_visit(visit.pk, by=ground.cast.officer, now=NOW).state == "under_way"


def test_an_answer_by_telephone_names_who_gave_it(ground):
    visit = offered(ground)
    stop = visit.stops.get()
    with pytest.raises(NotPermitted):
        actions.answer_visit(stop.pk, Answer("accepted"), by=ground.cast.officer, now=NOW)
    actions.answer_visit(stop.pk, Answer("accepted", spoken_by="示例厂办"), by=ground.cast.officer, now=NOW)
    assert (fresh(visit).state, fresh(stop).answered_name) == ("accepted", "示例厂办")


def test_another_firm_and_another_department_cannot_answer(ground):
    visit = offered(ground)
    stop = visit.stops.get()
    other = hire(Role.ENTERPRISE_CLERK, of=ground.cast.neighbour)
    with pytest.raises(NotFound):
        actions.answer_visit(stop.pk, Answer("accepted"), by=other, now=NOW)
    with pytest.raises(NotPermitted):
        actions.answer_visit(stop.pk, Answer("accepted", spoken_by="某人"), by=ground.second, now=NOW)
    assert fresh(visit).state == "offered"


def test_a_tour_goes_on_without_the_one_who_declined(ground):
    both = (Wanted(ground.firm.pk), Wanted(ground.cast.neighbour.pk))
    visit = ground.plan(by=ground.second, stops=both)
    actions.offer_slot(visit.pk, by=ground.second, now=NOW)
    first, last = visit.stops.order_by("seq")
    neighbour = hire(Role.ENTERPRISE_CLERK, of=ground.cast.neighbour)
    actions.answer_visit(first.pk, Answer("declined"), by=ground.cast.clerk, now=NOW)
    assert fresh(visit).state == "offered"
    actions.answer_visit(last.pk, Answer("accepted"), by=neighbour, now=NOW)
    assert fresh(visit).state == "accepted"
    assert [stop.pk for stop in queries.to_record(ground.second, now=NOW)] == [last.pk]
    with pytest.raises(Conflict, match="谢绝"):
        ground.record(fresh(first), by=ground.second)


def test_a_firm_may_change_its_mind_until_we_start(ground):
    visit = ground.accepted()
    stop = visit.stops.get()
    actions.answer_visit(stop.pk, Answer("declined"), by=ground.cast.clerk, now=NOW + HOUR)
    assert fresh(visit).state == "declined"
    with pytest.raises(Conflict):
        actions.answer_visit(stop.pk, Answer("accepted"), by=ground.cast.clerk, now=NOW + HOUR)


def test_another_time_must_be_named(ground):
    visit = offered(ground)
    with pytest.raises(Invalid):
        actions.answer_visit(visit.stops.get().pk, Answer("moved"), by=ground.cast.clerk, now=NOW)


@pytest.mark.row("SVC-44")
def test_two_departments_come_together(ground):
    kept = ground.accepted()
    other = ground.plan(by=ground.second, at=NOW + DAY, stops=(Wanted(ground.firm.pk), Wanted(ground.cast.neighbour.pk)))
    assert list(queries.to_join(kept)) == [other]
    merged = actions.merge_visits(kept.pk, other.pk, by=ground.cast.officer, now=NOW)
    assert (merged.kind, merged.state) == ("joint", "accepted")
    assert list(merged.attendees.values_list("post_id", flat=True)) == [ground.second.post_id]
    assert Stop.objects.get(visit=other, subject=ground.firm).reply == "merged"
    assert fresh(other).state == "planned", "it still has its other firm"
    assert Approach.objects.filter(subject=ground.firm, ended_at=None).count() == 1
    assert queries.disturbances([ground.firm.pk], on=NOW.date())[ground.firm.pk].light.level == 1


def test_a_visit_with_nothing_left_is_called_off_by_the_merge(ground):
    kept, other = ground.plan(), ground.plan(by=ground.second, at=NOW + DAY)
    actions.merge_visits(kept.pk, other.pk, by=ground.cast.officer, now=NOW)
    assert (fresh(other).state, other.merged_into) == ("cancelled", kept)
    with pytest.raises(Conflict):
        actions.merge_visits(kept.pk, other.pk, by=ground.cast.officer, now=NOW)


def test_the_light_has_a_shape_and_a_word(ground):
    def light():
        return queries.disturbances([ground.firm.pk], on=NOW.date())[ground.firm.pk].light

    assert (light().level, light().shape, light().word) == (0, "empty", "本周未约")
    ground.plan()
    assert (light().level, light().shape, light().word) == (1, "half", "本周已约 1 次")
    ground.plan(by=ground.second, at=NOW + DAY)
    assert (light().level, light().shape, light().word) == (2, "full", "本月已满 2 次")
