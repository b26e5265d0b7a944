"""A market's staggered plan in a real browser: pasted, arranged, changed by hand, approved, and read at the gate on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from songda.deliveries.service.markets.tests.stage import market_at
from songda.kernel import clock
from songda.registry.people.models import Account
from songda.registry.people.tests.cast import NOW, assemble

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 800}
SLOTS = "周一 6:00—11:00\n周一 13:00—18:00\n周二 6:00—11:00\n周二 13:00—18:00"
STANDS = "\n".join(
    [f"青禾苗木{n}号\t苗木区\t苗木花卉\t4\t1\t4\t是" for n in range(1, 4)]
    + [f"示例园艺资材商行{n}\t资材区\t园艺资材与农用机械配件\t3\t1\t2" for n in range(1, 7)]
)


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"


def test_from_the_sheet_to_the_gate(page: Page, sign_in, live_server, settings, shot):
    settings.CLOCK_SHIFT = NOW - clock.now()
    page.set_default_timeout(25_000)
    expect.set_options(timeout=10_000)
    cast = assemble()
    market_at(cast)

    def enter(actor):
        sign_in(Account.objects.get(pk=actor.account_id).username)
        page.goto(f"{live_server.url}/markets/")

    enter(cast.street)
    accessible(page)
    page.get_by_role("link", name="编制方案").click()
    page.fill("[name=zones]", "苗木区\t8\n资材区\t6")
    page.fill("[name=slots]", SLOTS)
    page.fill("[name=stands]", STANDS + "\n迷路商户\t没有的区")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("所在分区“没有的区”不存在")).to_be_visible()
    shot("market-wrong-line")
    page.fill("[name=stands]", STANDS)
    page.fill("[name=notice]", "进场戴口罩、测体温、扫码登记。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("校核发现")).to_be_visible()
    page.get_by_role("button", name="自动排期").click()
    expect(page.get_by_text("校核发现")).to_have_count(0)
    accessible(page)
    shot("market-plan")
    row = page.locator("tr", has_text="示例园艺资材商行1")
    row.locator("button", has_text="×").first.click()
    page.locator("tr", has_text="示例园艺资材商行1").get_by_role("button", name="加入").click()
    shot("market-by-hand")
    page.get_by_role("button", name="重新排期").click()
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("等待另一位有权审批的人员批准")).to_be_visible()

    enter(cast.dispatcher)
    page.click("main >> text=示例花木市场")
    page.get_by_role("button", name="批准并公布").click()
    expect(page.get_by_text("已办理：执行中")).to_be_visible()
    page.get_by_role("link", name="打印").click()
    expect(page.get_by_alt_text("现行排期的二维码")).to_be_visible()
    shot("market-sheet")
    page.go_back()
    gate = page.get_by_role("link", name="公开排期").get_attribute("href")

    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}{gate}")
    expect(page.get_by_text("进场戴口罩")).to_be_visible()
    accessible(page)
    shot("market-gate-phone")
