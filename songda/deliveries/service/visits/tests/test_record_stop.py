"""The record of a stop: kept once, findings into the ledger, promises with their date, open cases noted, closing."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from PIL import Image

from songda.deliveries.service.demands import actions as demands
from songda.deliveries.service.demands.actions import Assignees
from songda.deliveries.service.visits import actions, queries
from songda.deliveries.service.visits.actions import Answer, Found, Wanted
from songda.deliveries.service.visits.models import Finding, Stop, StopEvidence, TakenUp
from songda.deliveries.service.visits.tests.ground import HOUR, fresh, issue
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.ledger.cases.models import Case, CaseStep
from songda.ledger.evidence.models import Evidence
from songda.registry.people.tests.cast import NOW


def photo() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(stream, "JPEG")
    stream.seek(0)
    return stream


def test_the_first_record_starts_the_visit_and_the_last_ends_it(ground):
    both = (Wanted(ground.firm.pk), Wanted(place="厂区外道路"))
    visit = ground.plan(stops=both)
    actions.offer_slot(visit.pk, by=ground.cast.officer, now=NOW)
    first, last = visit.stops.order_by("seq")
    actions.answer_visit(first.pk, Answer("accepted"), by=ground.cast.clerk, now=NOW)
    ground.record(fresh(first), place=(34_800_000, 113_600_000))
    assert (fresh(visit).state, visit.started_at) == ("under_way", NOW)
    assert (fresh(first).latitude, first.recorded_name, first.met) == (34_800_000, ground.cast.officer.name, "示例厂长")
    ground.record(fresh(last), key="k2")
    assert (fresh(visit).state, visit.recorded_at) == ("recorded", NOW)


@pytest.mark.row("SVC-05")
def test_sent_twice_is_kept_once(ground):
    stop = ground.accepted().stops.get()
    for _again in range(3):
        ground.record(fresh(stop), findings=[issue(), issue("缺一线工人")], now=NOW + HOUR)
    assert Finding.objects.count() == Case.objects.count() == 2
    assert fresh(stop).recorded_at == NOW + HOUR
    assert {case.origin for case in Case.objects.all()} == {"officer"}
    assert {case.channel for case in Case.objects.all()} == {"visit"}


def test_a_second_record_of_the_same_stop_is_refused_and_says_whose_stands(ground):
    stop = ground.accepted().stops.get()
    ground.record(stop)
    with pytest.raises(Conflict) as refused:
        ground.record(fresh(stop), key="another-phone")
    assert refused.value.code == "recorded"
    assert ground.cast.officer.name in refused.value.message


def test_a_record_for_a_cancelled_visit_is_refused(ground):
    visit = ground.accepted()
    actions.cancel_visit(visit.pk, "企业停电", by=ground.cast.officer, now=NOW)
    with pytest.raises(Conflict, match="已取消"):
        ground.record(visit.stops.get())


@pytest.mark.row("SVC-05")
def test_a_visit_with_an_issue_and_no_ledger_row_is_not_closed(ground):
    visit = ground.accepted()
    ground.record(visit.stops.get(), findings=[issue(category="no-such-category")])
    finding = Finding.objects.get()
    assert finding.case is None
    assert "没有这个问题分类" in finding.refusal
    with pytest.raises(Conflict, match="“仓库漏雨，急需维修”还没有登入台账"):
        actions.close_visit(visit.pk, by=ground.cast.officer, now=NOW)
    Finding.objects.update(category="labour")
    actions.refile_finding(finding.pk, by=ground.cast.officer, now=NOW)
    assert actions.close_visit(visit.pk, by=ground.cast.officer, now=NOW).state == "closed"


def test_problems_are_gone_through_or_the_visit_stays_open(ground):
    visit = ground.accepted()
    ground.record(visit.stops.get(), no_issue=False)
    with pytest.raises(Conflict, match="未发现问题"):
        actions.close_visit(visit.pk, by=ground.cast.officer, now=NOW)


@pytest.mark.row("SVC-05")
def test_a_promise_is_a_task_of_who_gave_it_due_on_its_day(ground):
    visit = ground.accepted()
    promise = Found("promise", "三日内协调人才市场送岗上门", due_on=dt.date(2020, 3, 13))
    ground.record(visit.stops.get(), findings=[promise], no_issue=True)
    task = Case.objects.get(kind__kind__code="task")
    assert (task.holder_id, task.state, task.subject) == (ground.cast.officer.post_id, "issued", ground.firm)
    assert task.due_at == dt.datetime(2020, 3, 13, 9, 30, tzinfo=dt.UTC)
    assert actions.close_visit(visit.pk, by=ground.cast.officer, now=NOW)


@pytest.mark.row("SVC-14")
def test_a_breach_brings_guidance_or_a_reason_why_none_is_needed(ground):
    visit = ground.accepted(by=ground.second, kind="inspection")
    stop = visit.stops.get()
    with pytest.raises(Invalid, match="指导意见"):
        ground.record(stop, by=ground.second, findings=[Found("breach", "消防通道堆物")])
    found = [
        Found("breach", "消防通道堆物", guidance="已指导当场清理，发放图示"),
        Found("breach", "台账字迹不清", no_help_reason="当场改正"),
    ]
    ground.record(stop, by=ground.second, findings=found, no_issue=True)
    assert actions.close_visit(visit.pk, by=ground.second, now=NOW)
    assert not Case.objects.exists()
    ground.board.file(by=ground.cast.desk, kind="finding", title="通道堆物", extra={"help": "guidance"})
    ground.board.file(by=ground.cast.desk, kind="finding", title="标识脱落", extra={"help": "none", "help_reason": "当场改正"})
    given = queries.help_given(ground.cast.dispatcher)
    assert (given.found, given.helped, given.explained, given.bare) == (4, 2, 2, 0)
    assert queries.help_given(ground.cast.stranger).found == 0


def test_open_cases_are_noted_in_the_ledger_by_who_handles_them_and_kept_here_otherwise(ground):
    mine, theirs = ground.board.file(title="缺临时工"), ground.board.assigned(title="用电增容")
    demands.assign_demand(
        mine.pk, Assignees(ground.cast.zone.pk, ground.cast.officer.post_id, ()), by=ground.cast.dispatcher, now=NOW
    )
    visit = ground.accepted()
    ground.record(visit.stops.get(), progress=[(mine.pk, "已报名 6 人"), (theirs.pk, "企业催问进度")])
    assert CaseStep.objects.filter(case=mine, step="contact", note="已报名 6 人").exists()
    kept = {one.case_id: one.refusal for one in TakenUp.objects.all()}
    assert kept[mine.pk] == ""
    assert set(kept) == {mine.pk, theirs.pk}


def test_an_issue_may_point_to_the_case_that_stands_already(ground):
    case = ground.board.file()
    visit = ground.accepted()
    ground.record(visit.stops.get(), findings=[issue(case_id=case.pk)])
    assert (Finding.objects.get().case, Case.objects.count()) == (case, 1)


def test_nobody_there_is_said_with_its_reason(ground):
    visit = ground.accepted()
    ground.record(visit.stops.get(), missed="企业临时放假", notes="", no_issue=False)
    assert actions.close_visit(visit.pk, by=ground.cast.officer, now=NOW)


def test_explained_measures_are_ticked(ground):
    stop = ground.accepted().stops.get()
    ground.record(stop, explained=[("policy:7", "稳岗补贴"), ("policy:7", "稳岗补贴"), ("policy:9", "房租减免")])
    assert sorted(stop.explained.values_list("key", flat=True)) == ["policy:7", "policy:9"]


def test_photos_follow_the_text_and_are_kept_once(ground, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    stop = ground.accepted().stops.get()
    with pytest.raises(Conflict, match="先发送走访记录"):
        actions.add_photo(stop.pk, photo(), "车间.jpg", by=ground.cast.officer, now=NOW, request_key="k1-p1")
    ground.record(stop, photos=1)
    for _again in range(2):
        actions.add_photo(stop.pk, photo(), "车间.jpg", by=ground.cast.officer, now=NOW, request_key="k1-p1")
    assert StopEvidence.objects.count() == Evidence.objects.count() == 1
    assert Evidence.objects.get().subject == ground.firm


def test_a_stranger_and_an_onlooker_record_nothing(ground):
    stop = ground.accepted().stops.get()
    with pytest.raises(NotFound):
        ground.record(stop, by=ground.cast.stranger)
    with pytest.raises(Exception, match="负责"):
        ground.record(stop, by=ground.second)
    assert not Stop.objects.exclude(recorded_at=None).exists()


def test_a_record_says_something(ground):
    stop = ground.accepted().stops.get()
    with pytest.raises(Invalid):
        ground.record(stop, notes=" ")
    with pytest.raises(Invalid):
        ground.record(stop, findings=[issue()], no_issue=True)
    with pytest.raises(Invalid):
        ground.record(stop, findings=[Found("promise", "尽快")])
    with pytest.raises(Invalid):
        ground.record(stop, key="")
