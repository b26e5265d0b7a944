"""A bulletin in a real browser: drafted and held back for a rate above 100 %, explained, published by another, opened to its value."""

from __future__ import annotations

from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from songda.kernel import clock
from songda.office.bulletins.models import Piece
from songda.office.bulletins.tests.ground import NOW, WHY, Ground, lay
from songda.registry.people.models import Account

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 800}, {"width": 1366, "height": 900}


@pytest.fixture
def ground(settings, tmp_path) -> Ground:
    """惠济区 with its figures returned, nothing said of the rate above 100 %."""
    settings.CLOCK_SHIFT, settings.MEDIA_ROOT = NOW - clock.now(), tmp_path
    return lay(explained=False)


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"


@pytest.mark.row("CNF-06")
def test_a_writer_drafts_explains_and_a_leader_publishes(page, live_server, sign_in, ground, shot):
    page.set_default_timeout(20_000)
    expect.set_options(timeout=20_000)
    page.set_viewport_size(DESK)
    site = live_server.url
    sign_in(Account.objects.get(pk=ground.writer.account_id).username)
    page.goto(f"{site}/bulletins/new/")
    page.get_by_label("模板").select_option("hj-projects")
    page.get_by_label("截至日期").fill("2020-03-16")
    page.get_by_role("button", name="起草").click()
    expect(page.locator("#preview")).to_contain_text("复工比例211.22%")
    text = page.get_by_label("正文").first
    text.press("Control+End")
    text.press_sequentially("另有99家待帮扶.")
    expect(page.locator("#preview")).to_contain_text("“99家”未绑定指标")
    accessible(page)
    shot("bulletins-desk-edit")
    for _letter in "另有99家待帮扶.":
        text.press("Backspace")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".faults").first).to_contain_text("超过100%")
    accessible(page)
    shot("bulletins-desk-held")
    page.locator(".faults").first.get_by_role("link", name="说明原因").click()
    page.locator("#id_text").fill(WHY)
    page.get_by_role("button", name="保存说明").click()
    expect(page.locator("main")).not_to_contain_text("不能印发")
    piece = Piece.objects.get()
    sign_in(Account.objects.get(pk=ground.leader.account_id).username)
    page.goto(f"{site}/bulletins/{piece.pk}/")
    page.get_by_role("button", name="编号印发").click()
    expect(page.locator(".bulletin .issue")).to_have_text("第1期")
    accessible(page)
    shot("bulletins-desk-published")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF 文件").click()
    assert len(PdfDocument(BytesIO(download.value.path().read_bytes()))) >= 2
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/bulletins/{piece.pk}/")
    accessible(page)
    shot("bulletins-phone-published")
    page.get_by_role("link", name="211.22%", exact=True).click()
    expect(page.locator("main")).to_contain_text("17,075")
    expect(page.locator("main")).to_contain_text("8,084")
