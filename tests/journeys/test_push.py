"""Push and receipts in a real browser: a dry run and a push at a desk, a signature with a photograph on a phone, a firm that confirms."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from songda.deliveries.policy.matching.actions import match_versions
from songda.deliveries.policy.matching.tests.board import FIRMS, RULES, Board, measure, tell
from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.receipts.actions import NewHandout, begin_handout
from songda.deliveries.policy.receipts.models import Receipt
from songda.deliveries.policy.receipts.tests.conftest import text_for
from songda.kernel import clock
from songda.ledger.notices.tests.post import reachable
from songda.registry.actors import system
from songda.registry.facts.tests import cast as facts
from songda.registry.people.models import Account, Contact
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, assemble, firm, hire

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 800}, {"width": 1366, "height": 900}
AREA = "4101/03/"


@pytest.fixture
def board(settings, tmp_path) -> Board:
    """The board of firms and measures, matched; every firm but one has an address on its own page."""
    settings.CLOCK_SHIFT, settings.MEDIA_ROOT = NOW - clock.now(), tmp_path
    settings.CHANNELS_FILE = tmp_path / "channels.json"
    cast = assemble()
    facts.catalogue()
    firms = {name: firm(f"示例企业{name}", cast.street_office, f"T{name}") for name in FIRMS}
    for name, values in FIRMS.items():
        for code, text in values.items():
            tell(firms[name], code, text)
    made = Board(cast, firms, {code: measure(code, *texts, area_path=AREA) for code, texts in RULES.items()})
    match_versions(made.snapshot(), made.versions.values(), by=system(), now=NOW)
    for name in ("one", "two", "three"):
        reachable(firms[name], "inbox", f"i-{name}")
    return made


@pytest.fixture
def enter(page: Page, board, sign_in, live_server):
    """Sign a part in; the address of the site."""
    page.set_default_timeout(10_000)
    expect.set_options(timeout=10_000)

    def as_part(actor) -> str:
        sign_in(Account.objects.get(pk=actor.account_id).username)
        return live_server.url

    return as_part


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"


@pytest.mark.row("POL-07")
@pytest.mark.row("POL-08")
def test_a_push_is_tried_sent_and_looked_at(page, enter, board, shot):
    page.set_viewport_size(DESK)
    site = enter(board.cast.dispatcher)
    page.goto(f"{site}/policy/push/new/")
    page.get_by_label("示例措施small").check()
    page.get_by_label("示例措施maker").check()
    page.get_by_role("button", name="试算").click()
    expect(page.locator("#excluded")).to_contain_text("在所选渠道上没有联系方式")
    accessible(page)
    shot("push-desk-dry-run")
    page.locator("#excluded tr", has_text="在所选渠道上没有联系方式").get_by_role("link").click()
    expect(page.get_by_role("link", name="示例企业four")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="返回试算").click()
    page.get_by_role("button", name="确认推送给").click()
    expect(page.locator("h1")).to_contain_text("等2项政策")
    assert Push.objects.count() == 1
    accessible(page)
    shot("push-desk-evidence")
    page.goto(f"{site}/policy/push/statistics/")
    accessible(page)
    shot("push-desk-coverage")
    page.set_viewport_size(PHONE)
    for address in ("/policy/push/statistics/", "/policy/push/unreached/", "/policy/push/statistics/rows/?figure=times"):
        page.goto(f"{site}{address}")
        accessible(page)


@pytest.mark.row("POL-06")
def test_signed_on_a_phone_with_a_photograph_and_by_the_firm_itself(page, enter, board, tmp_path, shot):
    new = NewHandout("示例汇编送达", AREA, "enterprise", "规模以上", [text_for(board).pk])
    handout = begin_handout(new, by=board.cast.dispatcher, now=NOW)
    picture = tmp_path / "签收.png"
    Image.new("RGB", (1200, 900), (200, 210, 230)).save(picture)
    page.set_viewport_size(PHONE)
    site = enter(board.cast.street)
    page.goto(f"{site}/policy/receipts/mine/")
    accessible(page)
    shot("receipts-phone-list")
    page.locator("tr", has_text="示例企业one").get_by_role("link", name="登记签收").click()
    page.get_by_label("签收人职务").fill("厂长")
    page.locator("input[name=camera]").set_input_files(picture)
    accessible(page)
    shot("receipts-phone-sign")
    page.get_by_role("button", name="登记签收").click()
    expect(page.locator("tr", has_text="示例企业one")).to_have_count(0)
    clerk = hire(Role.ENTERPRISE_CLERK, of=board.firms["four"])
    enter(clerk)
    page.goto(f"{site}/policy/receipts/own/")
    page.get_by_role("link", name="阅读并签收").click()
    accessible(page)
    page.get_by_role("button", name="我已收到").click()
    expect(page.locator(".as-of")).to_contain_text("在线签收")
    shot("receipts-phone-firm")
    assert dict(Receipt.objects.values_list("method", "recipient__name")) == {"visit": "示例企业one", "online": "示例企业four"}
    page.set_viewport_size(DESK)
    enter(board.cast.dispatcher)
    page.goto(f"{site}/policy/receipts/{handout.pk}/")
    expect(page.locator(".figures")).to_contain_text("100.00%")
    accessible(page)
    shot("receipts-desk-coverage")


@pytest.mark.row("POL-07")
def test_a_firm_declines_and_comes_back(page, enter, board, shot):
    page.set_viewport_size(PHONE)
    site = enter(hire(Role.ENTERPRISE_CLERK, of=board.firms["one"]))
    page.goto(f"{site}/firm/messages/")
    accessible(page)
    page.get_by_role("button", name="退订").click()
    expect(page.locator("main")).to_contain_text("已退订")
    shot("push-phone-declined")
    assert Contact.objects.get(subject=board.firms["one"]).declined_at is not None
    page.get_by_role("button", name="恢复接收").click()
    expect(page.get_by_role("button", name="退订")).to_be_visible()
