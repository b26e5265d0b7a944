"""Pages: what each shows, who opens it, how many queries it costs."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from songda.deliveries.service.visits import actions
from songda.deliveries.service.visits.actions import Basis, Line, Made, Sheet, Wanted
from songda.deliveries.service.visits.api import SHELL
from songda.deliveries.service.visits.models import Approach, Plan, Production, Stop, Visit
from songda.deliveries.service.visits.tests.ground import DAY, HOUR, fresh, issue
from songda.kernel import clock
from songda.registry.people.models import Contact
from songda.registry.people.tests.cast import NOW, SINCE, enter, firm


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def text_of(response) -> str:
    return response.content.decode()


def test_the_plan_lists_firms_with_their_light(ground, client):
    ground.board.file()
    ground.plan()
    page = text_of(enter(client, ground.cast.officer).get("/visits/"))
    for words in (ground.firm.name, "本周已约 1 次", "1 项", "未走访"):
        assert words in page
    alone = text_of(client.get("/visits/?alone=yes"))
    assert ground.firm.name in alone
    assert "从未走访，问题未办结" in alone


def test_a_visit_is_planned_once_from_the_page(ground, client):
    enter(client, ground.cast.officer)
    assert "本周未约" in text_of(client.get(f"/visits/new/?subject={ground.firm.pk}"))
    given = {
        "subject": ground.firm.pk, "purpose": "了解用工", "kind": "routine", "starts_at": "2020-03-11T09:30", "minutes": 60,
        "places": "厂区外道路", "request_key": "page-1",
    }  # fmt: skip
    for _again in range(2):
        answer = client.post("/visits/new/", given)
    visit = Visit.objects.get()
    assert answer["Location"] == f"/visits/{visit.pk}/"
    assert visit.starts_at == dt.datetime(2020, 3, 11, 1, 30, tzinfo=dt.UTC)
    assert [str(stop) for stop in visit.stops.order_by("seq")] == [ground.firm.name, "厂区外道路"]


def test_a_full_month_is_said_beside_the_field_that_helps(ground, client):
    ground.plan()
    ground.plan(by=ground.second, at=NOW + DAY)
    enter(client, ground.third)
    given = {
        "subject": ground.firm.pk, "purpose": "统计核查", "kind": "survey", "starts_at": "2020-03-12T09:30", "minutes": 30,
        "request_key": "page-2",
    }  # fmt: skip
    refused = client.post("/visits/new/", given)
    assert refused.status_code == 400
    assert "达到上限" in text_of(refused)
    client.post("/visits/new/", {**given, "extra_reason": "上级限时核查"})
    contact = Approach.objects.get(subject=ground.firm, place=None)
    enter(client, ground.cast.dispatcher)
    assert "上级限时核查" in text_of(client.get("/visits/approvals/"))
    client.post(f"/visits/approvals/{contact.pk}/", {"answer": "yes", "reason": "同意，限半小时"})
    assert fresh(contact).place == 3


def test_the_steps_of_a_visit_on_its_page(ground, client):
    visit = ground.plan()
    enter(client, ground.cast.officer)
    assert "向企业预约" in text_of(client.get(f"/visits/{visit.pk}/"))
    client.post(f"/visits/{visit.pk}/offer/", {})
    client.post(f"/visits/stops/{visit.stops.get().pk}/answered/", {"reply": "accepted", "spoken_by": "示例厂办"})
    assert fresh(visit).state == "accepted"
    client.post(f"/visits/{visit.pk}/cancel/", {"reason": "企业停电"})
    assert "企业停电" in text_of(client.get(f"/visits/{visit.pk}/"))
    assert client.post(f"/visits/{visit.pk}/start/").status_code == 409


def test_the_firm_answers_on_its_page(ground, client):
    visit = ground.plan()
    actions.offer_slot(visit.pk, by=ground.cast.officer, now=NOW)
    enter(client, ground.cast.clerk)
    page = text_of(client.get("/visits/mine/"))
    assert "了解用工情况" in page
    assert "谢绝" in page
    client.post(f"/visits/mine/{visit.stops.get().pk}/", {"reply": "declined"})
    assert fresh(visit).state == "declined"
    assert client.get("/visits/").status_code == 403


@pytest.mark.row("SVC-02")
def test_the_firm_sees_its_officer_with_a_number(ground, client):
    Contact.objects.create(post_id=ground.cast.officer.post_id, channel="sms", address="0371-0000000", starts_on=SINCE)
    page = text_of(enter(client, ground.cast.clerk).get("/visits/mine/"))
    assert ground.cast.officer.name in page
    assert "0371-0000000" in page


def test_a_finding_without_a_row_is_filed_from_the_page(ground, client):
    visit = ground.accepted()
    ground.record(visit.stops.get(), findings=[issue(category="no-such")])
    finding = visit.stops.get().findings.get()
    enter(client, ground.cast.officer)
    assert "未登台账" in text_of(client.get(f"/visits/{visit.pk}/"))
    assert client.post(f"/visits/{visit.pk}/close/").status_code == 409
    type(finding).objects.update(category="")
    client.post(f"/visits/findings/{finding.pk}/file/")
    client.post(f"/visits/{visit.pk}/close/")
    assert fresh(visit).state == "closed"


def test_joint_visits_are_proposed_and_made(ground, client):
    kept, other = ground.plan(), ground.plan(by=ground.second, at=NOW + DAY)
    enter(client, ground.cast.officer)
    assert "并入本次，联合走访" in text_of(client.get(f"/visits/{kept.pk}/"))
    client.post(f"/visits/{kept.pk}/merge/", {"other": other.pk})
    assert fresh(other).merged_into == kept


def test_the_calendar_shows_a_month_of_weeks(ground, client):
    ground.plan()
    page = text_of(enter(client, ground.cast.officer).get("/visits/calendar/?month=2020-03"))
    assert "14:00 示例精密机械有限公司" in page
    assert "02-24" in page
    assert ground.firm.name not in text_of(client.get("/visits/calendar/?month=2020-05"))
    assert client.get("/visits/calendar/?month=nonsense").status_code == 200


def test_a_busy_day_is_cut_and_leads_to_its_list(ground, client):
    firms = [firm(f"示例企业{n}", ground.cast.street_office, f"F{n:04}") for n in range(7)]
    for one in firms:
        ground.plan(by=ground.second, stops=(Wanted(one.pk),))
    page = text_of(enter(client, ground.second).get("/visits/calendar/?month=2020-03"))
    assert "另有 2 次" in page
    assert "共 7 条" in text_of(client.get("/visits/all/?on=2020-03-10"))
    assert "共 0 条" in text_of(client.get("/visits/all/?on=2020-03-11"))
    assert client.get("/visits/all/?on=nonsense").status_code == 200


def test_a_call_is_noted_from_its_page(ground, client):
    enter(client, ground.second)
    given = {"request_key": "c1", "way": "call", "purpose": "核对数据", "on": "2020-03-10"}
    client.post(f"/visits/firms/{ground.firm.pk}/contact/", given)
    assert Approach.objects.get().way == "call"


def test_a_plan_waits_with_a_line_for_each_difficulty(ground, client):
    case = ground.board.file()
    enter(client, ground.cast.officer)
    page = text_of(client.get(f"/visits/firms/{ground.firm.pk}/plan/"))
    assert f'<option value="{case.pk}" selected>' in page
    given = {
        "diagnosis": "开工六成", "goals": "月底达产", "review_on": "2020-04-10", "form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 1,
        "form-0-case": case.pk, "form-0-text": "专场招聘", "form-0-owner": ground.cast.bureau.pk, "form-0-due_on": "2020-03-31",
    }  # fmt: skip
    plan_page = client.post(f"/visits/firms/{ground.firm.pk}/plan/", given)["Location"]
    plan = Plan.objects.get()
    assert plan_page == f"/visits/plans/{plan.pk}/"
    client.post(f"/visits/plans/{plan.pk}/edit/", {**given, "goals": "四月达产"})
    client.post(f"/visits/plans/{plan.pk}/activate/")
    assert (fresh(plan).state, plan.goals) == ("active", "四月达产")
    assert "专场招聘" in text_of(client.get(f"/visits/plans/{plan.pk}/sheet/"))
    assert ground.firm.name in text_of(client.get("/visits/plans/"))
    assert "专场招聘" in text_of(enter(client, ground.cast.clerk).get(plan_page))


def test_a_line_of_its_own_is_ticked(ground, client):
    sheet = Sheet("", "达产", dt.date(2020, 4, 10), (Line("恢复两班", ground.cast.zone.pk, dt.date(2020, 3, 31)),))
    plan = actions.draft_plan(ground.firm.pk, sheet, by=ground.cast.officer, now=NOW)
    actions.activate_plan(plan.pk, by=ground.cast.officer, now=NOW)
    enter(client, ground.cast.officer).post(f"/visits/plans/lines/{plan.lines.get().pk}/tick/")
    assert plan.lines.get().done_at == NOW


@pytest.mark.row("SVC-56")
def test_the_curve_and_its_figures(ground, client):
    enter(client, ground.cast.clerk)
    given = {"product": "数控机床", "unit": "台", "normal": 100, "capacity": 160}
    client.post(f"/visits/firms/{ground.firm.pk}/production/", given)
    made = Production.objects.get()
    for week, (planned, actual) in enumerate([(60, 40), (90, 80), (120, 140)]):
        monday = dt.date(2020, 2, 17) + dt.timedelta(weeks=week)
        answer = client.post(
            f"/visits/production/{made.pk}/", {"monday": monday.isoformat(), "planned": planned, "actual": actual}
        )
        assert answer.status_code == 302
    page = text_of(client.get(f"/visits/production/{made.pk}/"))
    assert "50.00%" in page
    assert "<polyline" in page
    assert "多产 40 ÷ 少产 80 台" in page


def test_markets_and_coverage(ground, client):
    firm("示例建材市场", ground.cast.street_office, "M0001", kind="market")
    enter(client, ground.cast.dispatcher)
    assert "没有领导走访记录" in text_of(client.get("/visits/markets/"))
    assert "一对一包联覆盖" in text_of(client.get("/visits/coverage/"))


def test_the_phone_takes_its_day_and_nothing_else(ground, client):
    ground.board.file()
    visit = ground.accepted()
    ground.plan(by=ground.second, at=NOW + DAY)
    enter(client, ground.cast.officer)
    told = json.loads(client.get("/visits/phone/day.json").content)
    assert [(stop["visit"], stop["name"]) for stop in told["stops"]] == [(visit.pk, ground.firm.name)]
    assert told["stops"][0]["cases"][0]["title"] == "急缺一线工人"
    assert "本月已满 2 次" in told["stops"][0]["light"]["word"]
    page = client.get("/visits/phone/")
    assert ground.firm.name not in text_of(page)
    worker = client.get("/visits/phone/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "no-store" in worker["Cache-Control"]
    assert "/static/visits/phone.js" in text_of(worker)


def test_all_that_the_form_needs_is_kept_for_it(ground, client):
    page = text_of(enter(client, ground.cast.officer).get("/visits/phone/"))
    parts = set(re.findall(r'(?:src|href)="/static/([^"]+\.(?:js|css))"', page)) - {"django_htmx/htmx-2.min.js"}
    modules = {f"visits/{one.name}" for one in (Path(finders.find("visits/phone.js")).parent).glob("*.js")}
    assert parts | modules <= set(SHELL)
    assert all(finders.find(one) for one in SHELL)


def test_the_phone_sends_and_is_answered_the_same_again(ground, client):
    stop = ground.accepted().stops.get()
    enter(client, ground.cast.officer)
    body = {
        "request_key": "p1", "arrived_at": "2020-03-10T10:00:00+08:00", "met": "示例", "notes": "看了车间", "photos": 0,
        "findings": [{"kind": "issue", "text": "缺工"}], "explained": [{"key": "policy:1", "label": "稳岗"}],
    }  # fmt: skip
    one, two = (send(client, stop, body) for _again in range(2))
    assert one.json() == two.json()
    assert Stop.objects.get().explained.count() == 1
    held = send(client, stop, {**body, "request_key": "p2"})
    assert (held.status_code, held.json()["code"]) == (409, "recorded")


@pytest.mark.parametrize("body", ["{", "[]", '{"request_key": "x"}', '{"arrived_at": "2020-03-10T10:00:00Z", "findings": [{}]}'])
def test_what_cannot_be_read_is_refused_as_data(ground, client, body):
    stop = ground.accepted().stops.get()
    enter(client, ground.cast.officer)
    answer = client.post(f"/visits/phone/stops/{stop.pk}/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def send(client, stop, body):
    return client.post(f"/visits/phone/stops/{stop.pk}/", json.dumps(body), content_type="application/json")


@pytest.mark.parametrize(
    "address", ["/visits/", "/visits/all/", "/visits/calendar/", "/visits/plans/", "/visits/markets/", "/visits/approvals/"]
)
def test_pages_cost_the_same_however_long_the_list(ground, client, address, django_assert_max_num_queries):
    for n in range(8):
        other = firm(f"示例企业{n}", ground.cast.street_office, f"F{n:04}", kind="market" if n % 2 else "enterprise")
        ground.plan(by=ground.second, stops=(Wanted(other.pk),), at=NOW + n * HOUR)
        sheet = Sheet("", "达产", dt.date(2020, 4, 10), ())
        if n < 3:
            actions.draft_plan(other.pk, sheet, by=ground.second, now=NOW)
    enter(client, ground.second)
    client.get(address)
    with django_assert_max_num_queries(20):
        assert client.get(address).status_code == 200


def test_a_visit_of_many_stops_costs_the_same(ground, client, django_assert_max_num_queries):
    firms = [firm(f"示例企业{n}", ground.cast.street_office, f"F{n:04}") for n in range(12)]
    visit = ground.plan(by=ground.second, stops=tuple(Wanted(one.pk) for one in firms))
    enter(client, ground.second)
    with django_assert_max_num_queries(22):
        assert client.get(f"/visits/{visit.pk}/").status_code == 200


def test_the_panel_tells_the_firm_its_officer(ground, client):
    visit = ground.accepted()
    ground.record(visit.stops.get())
    page = text_of(enter(client, ground.cast.street).get(f"/firms/{ground.firm.pk}/panels/?name=visits"))
    for words in ("走访与服务", ground.cast.officer.name, "了解用工情况"):
        assert words in page


def test_production_needs_weeks_from_monday(ground, client):
    made = actions.begin_production(ground.firm.pk, Basis("机床", "台", 1, 1), by=ground.cast.officer, now=NOW)
    enter(client, ground.cast.officer)
    assert "请选择周一" in text_of(client.post(f"/visits/production/{made.pk}/", {"monday": "2020-03-10", "planned": 1}))
    actions.report_week(made.pk, Made(dt.date(2020, 3, 9), 5), by=ground.cast.officer, now=NOW)
    assert "计划" in text_of(client.get(f"/visits/production/{made.pk}/"))
