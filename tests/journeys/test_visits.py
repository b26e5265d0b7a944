"""Visits in a real browser: planned at a desk, agreed by the firm, recorded on a phone whose line is cut.

Everything is invented: the firm, its problems, the promises.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from songda.deliveries.service.visits import actions
from songda.deliveries.service.visits.actions import Basis, Line, Made, Sheet, Wanted
from songda.deliveries.service.visits.models import Finding, Stop, StopEvidence, Visit
from songda.deliveries.service.visits.tests.ground import HOUR, Ground, fresh, lay_ground
from songda.kernel import clock
from songda.ledger.cases.models import Case
from songda.registry.people.models import Account
from songda.registry.people.tests.cast import NOW, assemble, firm

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 800}
DESK = {"width": 1360, "height": 900}
READY = "#phone[data-ready]"


@pytest.fixture
def ground(settings, tmp_path) -> Ground:
    """The ground on 10 March 2020."""
    settings.CLOCK_SHIFT, settings.MEDIA_ROOT = NOW - clock.now(), tmp_path
    return lay_ground(assemble())


@pytest.fixture
def enter(page: Page, ground, sign_in, live_server):
    """Sign a part in; the address of the site. No script may fail and no page may break on the way."""
    page.set_default_timeout(8000)
    expect.set_options(timeout=10_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 500 else None)

    def as_part(actor) -> str:
        sign_in(Account.objects.get(pk=actor.account_id).username)
        return live_server.url

    yield as_part
    assert faults == []


@pytest.fixture
def picture(tmp_path) -> Path:
    """A photo as a phone takes it: larger than what is sent."""
    path = tmp_path / "车间.png"
    Image.new("RGB", (2400, 1800), (200, 210, 230)).save(path)
    return path


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"


def take_phone(page: Page, site: str) -> None:
    """The form opened once with a line, so that it stays at hand."""
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/visits/phone/")
    page.wait_for_selector(READY)
    page.wait_for_function("navigator.serviceWorker.ready.then((one) => Boolean(one.active))")
    page.wait_for_function("caches.match('/visits/phone/').then(Boolean)")


def fill_in(page: Page, stop: Stop) -> None:
    page.get_by_role("button", name=str(stop)).click()
    page.get_by_label("会见人").fill("示例厂长")
    page.get_by_label("走访记录", exact=True).fill("两条线开一条，缺工三成。")


def add_finding(page: Page, kind: str, text: str) -> None:
    page.get_by_role("button", name="添加一条").click()
    row = page.locator("[data-finding]").last
    row.get_by_label("种类").select_option(label=kind)
    row.get_by_label("内容").fill(text)


@pytest.mark.row("SVC-05", "SVC-44")
def test_planned_at_a_desk_agreed_by_the_firm_recorded_on_a_phone(page, enter, ground, picture, shot):
    case = ground.board.file(title="急缺一线工人")
    page.set_viewport_size(DESK)
    site = enter(ground.cast.officer)
    page.goto(f"{site}/visits/")
    page.get_by_label(f"选择{ground.firm.name}").check()
    shot("visits-desk-firms")
    page.get_by_role("button", name="安排走访").click()
    page.get_by_label("目的").fill("了解复工用工")
    page.get_by_label("时间", exact=False).first.fill("2020-03-10T15:00")
    shot("visits-desk-new")
    accessible(page)
    page.get_by_role("button", name="保存计划").click()
    page.get_by_role("button", name="向企业预约").click()
    shot("visits-desk-visit")
    accessible(page)
    visit = Visit.objects.get()
    enter(ground.cast.clerk)
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/visits/mine/")
    accessible(page)
    shot("visits-phone-bookings")
    page.get_by_role("button", name="同意").click()
    assert fresh(visit).state == "accepted"
    enter(ground.cast.officer)
    take_phone(page, site)
    shot("visits-phone-day")
    accessible(page)
    fill_in(page, visit.stops.get())
    page.get_by_label(f"“{case.title}”的进展").fill("已报名六人")
    add_finding(page, "问题", "仓库漏雨，急需维修")
    add_finding(page, "承诺", "周五前送岗上门")
    page.locator("[data-finding]").last.get_by_label("承诺期限").fill("2020-03-13")
    page.locator("#camera").set_input_files(picture)
    expect(page.locator(".photo")).to_have_count(1)
    accessible(page)
    shot("visits-phone-form")
    page.get_by_role("button", name="完成并发送").click()
    expect(page.locator("#send-state")).to_contain_text(re.compile(r"已送达 \d\d:\d\d"))
    shot("visits-phone-sent")
    assert fresh(visit).state == "recorded"
    kept = StopEvidence.objects.select_related("evidence__file").get()
    assert kept.evidence.name == "车间.jpg"
    assert {one.kind: one.case_id is not None for one in Finding.objects.all()} == {"issue": True, "promise": True}
    page.set_viewport_size(DESK)
    page.goto(f"{site}/visits/{visit.pk}/")
    shot("visits-desk-recorded")
    accessible(page)
    page.get_by_role("button", name="办结").click()
    assert fresh(visit).state == "closed"


@pytest.mark.row("SVC-05")
def test_without_a_line_nothing_is_lost_and_all_is_sent_once(page, context, enter, ground, picture, shot):
    visit = ground.accepted()
    site = enter(ground.cast.officer)
    take_phone(page, site)
    context.set_offline(True)
    fill_in(page, visit.stops.get())
    add_finding(page, "问题", "仓库漏雨")
    page.locator("#camera").set_input_files(picture)
    expect(page.locator(".photo")).to_have_count(1)
    page.reload()  # in the middle, without a line: the form opens from the phone and goes on where it was
    page.wait_for_selector(READY)
    expect(page.get_by_label("走访记录", exact=True)).to_have_value("两条线开一条，缺工三成。")
    expect(page.locator("[data-finding]")).to_have_count(1)
    expect(page.locator(".photo")).to_have_count(1)
    page.get_by_role("button", name="完成并发送").click()
    expect(page.locator("#send-state")).to_contain_text("没有网络，内容保存在本机 · 未发送 1 份")
    shot("visits-phone-offline")
    accessible(page)
    assert Stop.objects.get().recorded_at is None
    other = context.new_page()  # a second tab, and it too wants to send
    other.goto(f"{site}/visits/phone/")
    other.wait_for_selector(READY)
    expect(other.locator("#send-state")).to_contain_text("未发送 1 份")
    context.set_offline(False)
    for tab in (page, other):
        expect(tab.locator("#send-state")).to_contain_text("已送达")
    assert Stop.objects.exclude(recorded_at=None).count() == 1
    assert (Finding.objects.count(), Case.objects.count(), StopEvidence.objects.count()) == (1, 1, 1)
    words = "indexedDB.open('songda-visits').onsuccess = (e) => e.target.result.transaction('drafts').objectStore('drafts').getAll().onsuccess = (f) => done(JSON.stringify(f.target.result))"
    left = page.evaluate(f"new Promise((done) => {{ {words} }})")
    assert "缺工三成" not in left, "once sent, the words are wiped from the phone"


def test_an_answer_lost_on_the_way_is_asked_for_again_and_kept_once(page, enter, ground):
    visit = ground.accepted()
    site = enter(ground.cast.officer)
    take_phone(page, site)
    lost = []

    def lose_the_first(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())  # the server has it, the phone hears nothing
        route.abort()

    page.route("**/visits/phone/stops/*/", lose_the_first)
    fill_in(page, visit.stops.get())
    page.get_by_label("已逐项了解，未发现问题").check()
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="完成并发送").click()
    expect(page.locator("#send-state")).to_have_text("未发送 1 份")
    assert (lost[0].status, fresh(visit).state) == (200, "recorded")
    expect(page.locator("#send-state")).to_contain_text("已送达", timeout=15000)
    assert Stop.objects.exclude(recorded_at=None).count() == 1


def test_what_the_server_refuses_is_kept_and_shown(page, context, enter, ground, shot):
    visit = ground.accepted()
    site = enter(ground.cast.officer)
    take_phone(page, site)
    context.set_offline(True)
    fill_in(page, visit.stops.get())
    page.get_by_label("已逐项了解，未发现问题").check()
    page.get_by_role("button", name="完成并发送").click()
    actions.cancel_visit(visit.pk, "企业停电", by=ground.cast.officer, now=NOW)
    context.set_offline(False)
    expect(page.locator("#send-state")).to_contain_text("1 份未被接收，请查看")
    page.get_by_role("button", name=ground.firm.name).click()
    expect(page.locator("#held")).to_contain_text("走访当前状态为“已取消”")
    expect(page.get_by_label("走访记录", exact=True)).to_have_value("两条线开一条，缺工三成。")
    shot("visits-phone-held")
    accessible(page)


def test_an_ended_session_asks_to_sign_in_and_sends_afterwards(page, context, enter, ground):
    visit = ground.accepted()
    site = enter(ground.cast.officer)
    take_phone(page, site)
    fill_in(page, visit.stops.get())
    page.get_by_label("已逐项了解，未发现问题").check()
    context.clear_cookies()
    page.get_by_role("button", name="完成并发送").click()
    expect(page.locator("#send-state")).to_contain_text("需要重新登录后发送")
    expect(page.locator("#sign-in")).to_be_visible()
    enter(ground.cast.officer)
    page.goto(f"{site}/visits/phone/")
    expect(page.locator("#send-state")).to_contain_text("已送达")
    assert fresh(visit).state == "recorded"


def test_signing_out_takes_all_along_after_a_warning(page, context, enter, ground):
    visit = ground.accepted()
    site = enter(ground.cast.officer)
    take_phone(page, site)
    fill_in(page, visit.stops.get())
    expect(page.locator("#send-state")).to_contain_text("没有待发送的记录")
    page.wait_for_function("localStorage.getItem('songda-unsent') === '1'")
    warned = []
    page.once("dialog", lambda dialog: (warned.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("走访记录", exact=True)).to_be_visible()
    page.once("dialog", lambda dialog: (warned.append(dialog.message), dialog.accept()))
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-in/")
    assert warned == ["本机还有 1 份内容没有发送，退出会删除它们。仍要退出？"] * 2
    left = page.evaluate(
        "Promise.all([caches.keys(), indexedDB.databases()]).then(([a, b]) => [...a, ...b.map((one) => one.name)])"
    )
    assert [name for name in left if name.startswith("songda-")] == []


def test_another_person_on_the_same_phone_sees_and_sends_nothing_of_it(page, context, enter, ground):
    visit = ground.accepted()
    site = enter(ground.cast.officer)
    take_phone(page, site)
    context.set_offline(True)
    fill_in(page, visit.stops.get())
    page.get_by_label("已逐项了解，未发现问题").check()
    page.get_by_role("button", name="完成并发送").click()
    expect(page.locator("#send-state")).to_contain_text("未发送 1 份")
    page.route("**/visits/phone/stops/**", lambda route: route.abort())
    context.set_offline(False)
    enter(ground.second)
    page.route("**/visits/phone/day.json", lambda route: route.abort())  # not even where the line breaks between page and day
    page.goto(f"{site}/visits/phone/")
    expect(page.locator("#no-day")).to_be_visible()
    page.unroute("**/visits/phone/day.json")
    page.goto(f"{site}/visits/phone/")
    page.wait_for_selector(READY)
    expect(page.locator("#send-state")).to_have_text("没有待发送的记录")
    page.unroute("**/visits/phone/stops/**")
    assert fresh(visit).state == "accepted"
    enter(ground.cast.officer)
    page.goto(f"{site}/visits/phone/")
    expect(page.locator("#send-state")).to_contain_text("已送达")


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_of_the_room(page, enter, ground, shot, width):
    market = firm("示例建材市场", ground.cast.street_office, "M0001", kind="market")
    firm("示例大型装备有限公司", ground.cast.street_office, "D0009", above_scale=True)
    for part in (ground.second, ground.third):
        ground.plan(by=part, purpose="安全生产检查" if part is ground.second else "统计核查", extra_reason="限时核查")
    extra = ground.plan(by=ground.cast.street, stops=(Wanted(ground.firm.pk), Wanted(market.pk)), extra_reason="举报核实")
    case = ground.board.file()
    line = Line("专场招聘两场，送岗上门", ground.cast.bureau.pk, dt.date(2020, 3, 31), case.pk)
    plan = actions.draft_plan(
        ground.firm.pk, Sheet("两条线开一条", "月底达产", dt.date(2020, 4, 10), (line,)), by=ground.cast.street, now=NOW
    )
    actions.activate_plan(plan.pk, by=ground.cast.street, now=NOW)
    made = actions.begin_production(ground.firm.pk, Basis("数控机床", "台", 100, 160), by=ground.cast.street, now=NOW)
    for week, (planned, actual) in enumerate([(40, 30), (60, 55), (90, 80), (120, 118), (140, 150), (150, None)]):
        told = Made(dt.date(2020, 2, 10) + dt.timedelta(weeks=week), planned, actual, "轴承断供" if week == 1 else "")
        actions.report_week(made.pk, told, by=ground.cast.street, now=NOW + HOUR)
    page.set_viewport_size(width)
    name = "desk" if width is DESK else "phone"
    site = enter(ground.cast.street)
    for address in (
        "", "all/", "calendar/", f"{extra.pk}/", f"new/?subject={ground.firm.pk}", f"firms/{ground.firm.pk}/contact/", "plans/",
        f"plans/{plan.pk}/", f"plans/{plan.pk}/sheet/", f"firms/{market.pk}/plan/", f"production/{made.pk}/", "markets/", "coverage/",
        "approvals/",
    ):  # fmt: skip
        answer = page.goto(f"{site}/visits/{address}")
        assert answer.status == 200, address
        page.wait_for_load_state("load")
        shot(f"visits-{name}-{re.sub('[^a-z]+', '-', address) or 'plan'}")
        accessible(page)
    enter(ground.cast.dispatcher)
    page.goto(f"{site}/visits/approvals/")
    shot(f"visits-{name}-approve")
    accessible(page)
