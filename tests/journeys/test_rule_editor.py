"""Writing a rule in a real browser: completion at the caret, text ⇄ form, live counts; by keyboard, and on a phone.

Everything is invented: the policy and the firms. The counts expected were worked out by hand from FIRMS.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import drafts_of, received
from songda.kernel import clock
from songda.registry.facts.actions import take_snapshot
from songda.registry.facts.tests import cast as facts
from songda.registry.people.models import Account
from songda.registry.people.tests.cast import DAY, NOW, Cast, assemble, firm

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FIRMS = {
    "firm": {"size": "小型", "headcount": "60人"},  # 是
    "neighbour": {"size": "大型", "headcount": "80人"},  # 否: size
    "third": {"size": "微型", "headcount": "9人"},  # 否: headcount
    "fourth": {"size": "微型"},  # 待核
}
TEXT = "企业规模 属于 {小型；微型} 且 用工人数 ≥ 50人"


@pytest.fixture
def town(settings, tmp_path) -> Cast:
    """Four firms of the zone in a snapshot."""
    settings.CLOCK_SHIFT, settings.MEDIA_ROOT = NOW + dt.timedelta(hours=1) - clock.now(), tmp_path
    cast = assemble()
    facts.catalogue()
    firms = {"firm": cast.firm, "neighbour": cast.neighbour}
    firms |= {name: firm(f"示例{name}商行", cast.street_office, f"D-{name}") for name in ("third", "fourth")}
    for name, values in FIRMS.items():
        for code, text in values.items():
            facts.tell(firms[name], code, text, "2020-03-01", now=NOW - dt.timedelta(days=1))
    take_snapshot(as_of=DAY, known_at=NOW)
    return cast


@pytest.fixture
def editor(page: Page, town, sign_in, live_server) -> Page:
    """The page of a draft's rule, as the policy editor sees it."""
    page.set_default_timeout(8000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 500 else None)
    (draft, *_others) = drafts_of(received(town.editor, town.zone.area_path))
    sign_in(Account.objects.get(pk=town.editor.account_id).username)
    page.goto(f"{live_server.url}/policy/measures/{draft.pk}/rule/")
    page.fill("#id_text", "")
    yield page
    assert faults == []


def test_a_rule_written_with_completion_shown_as_a_form_and_counted(editor: Page, shot):
    text = editor.locator("#id_text")
    write_with_completion(editor)
    expect(text).to_have_value(re.compile(r"企业规模 属于 \{小型；微型\} 且 用工人数 ≥ 50人\s*"))
    counts(editor, yes=1, unknown=1, no=2)
    expect(editor.locator(".sieve li").last).to_contain_text("其中 1 家只差这一条")
    editor.keyboard.press("Escape")
    accessible(editor)
    shot("rule-text")

    editor.get_by_role("tab", name="表单").click()
    expect(editor.locator(".b-row")).to_have_count(2)
    editor.locator("#b1-number").fill("5")
    expect(text).to_have_value(TEXT.replace("50人", "5人"))
    counts(editor, yes=2, unknown=1, no=1)
    editor.get_by_role("button", name="去掉 小型").click()
    expect(text).to_have_value("企业规模 属于 {微型} 且 用工人数 ≥ 5人")
    counts(editor, yes=1, unknown=1, no=2)
    accessible(editor)
    shot("rule-form")

    editor.get_by_role("tab", name="文字").click()
    text.fill("用工人数 ≥ 50人 或 企业规模 属于 {大型}")
    editor.get_by_role("tab", name="表单").click()
    expect(editor.locator("#b0-kind")).to_have_count(0)
    expect(editor.locator("#b-kind")).to_have_value("any")
    editor.get_by_role("button", name="保存规则").click()
    expect(editor.get_by_text("规则已保存")).to_be_visible()
    assert MeasureVersion.objects.exclude(rule_version=None).get().rule_version.text == "用工人数 ≥ 50人 或 企业规模 属于 {大型}"


def test_a_form_filled_in_by_keyboard_alone(editor: Page, shot):
    editor.get_by_role("tab", name="文字").focus()
    editor.keyboard.press("ArrowLeft")
    add_by_keyboard(editor, "用工")
    expect(editor.locator("#b0-number")).to_be_focused()
    editor.keyboard.type("50")
    expect(editor.locator("#id_text")).to_have_value("用工人数 ≥ 50人")
    add_by_keyboard(editor, "企业规")
    expect(editor.locator("#b1-codes")).to_be_focused()
    editor.keyboard.type("微")
    expect(editor.locator("#ruler-list [role=option]")).to_have_count(1)
    editor.keyboard.press("Tab")
    expect(editor.locator("#id_text")).to_have_value("用工人数 ≥ 50人 且 企业规模 属于 {微型}")
    editor.keyboard.press("Alt+ArrowUp")
    expect(editor.locator("#id_text")).to_have_value("企业规模 属于 {微型} 且 用工人数 ≥ 50人")
    expect(editor.locator("#b0-codes")).to_be_focused()
    shot("rule-keyboard")


def test_half_a_text_leaves_the_form_and_says_so_and_a_click_mends_a_name(editor: Page, shot):
    editor.fill("#id_text", TEXT)
    expect(editor.locator("#b1-number")).to_have_value("50")
    editor.fill("#id_text", TEXT.replace("用工人数", "用工人敷"))
    expect(editor.locator("#ruler.form-behind")).to_have_count(1)
    expect(editor.locator("#counts.behind")).to_have_count(1)
    shot("rule-wrong")
    editor.get_by_role("button", name="用工人数", exact=True).first.click()
    expect(editor.locator("#id_text")).to_have_value(TEXT)
    expect(editor.locator("#ruler.form-behind")).to_have_count(0)
    counts(editor, yes=1, unknown=1, no=2)


def test_on_a_phone(editor: Page, shot):
    editor.set_viewport_size({"width": 390, "height": 800})
    editor.fill("#id_text", f"({TEXT}) 或 至少2项 {{规模以上；成立日期 满 1年；营业收入 ≥ 500万元}}")
    editor.get_by_role("tab", name="表单").click()
    expect(editor.locator(".b-row")).to_have_count(5)
    assert editor.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    accessible(editor)
    shot("rule-phone")


def write_with_completion(page: Page) -> None:
    """The rule, most of it chosen from the list."""
    text = page.locator("#id_text")
    text.click()
    for typed, chosen in (("企业", "企业规模"), ("属", "属于")):
        page.keyboard.type(typed)
        expect(page.get_by_role("option", selected=True)).to_contain_text(chosen)
        page.keyboard.press("Enter")
    page.keyboard.type("{小型；微")
    expect(page.get_by_role("option", selected=True)).to_contain_text("微型")
    active = text.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("} 且 用工")
    expect(page.get_by_role("option", selected=True)).to_contain_text("用工人数")
    page.locator("#ruler-list [role=option]").first.click()
    page.keyboard.type("≥ 50")
    expect(page.get_by_role("option", selected=True)).to_contain_text("50人")
    page.keyboard.press("Enter")


def add_by_keyboard(page: Page, typed: str) -> None:
    """A further row, its fact chosen from the list."""
    page.locator("#b-add").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".b-fact").last).to_be_focused()
    page.keyboard.type(typed)
    expect(page.locator("#ruler-list [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")


def counts(page: Page, *, yes: int, unknown: int, no: int) -> None:
    """The three figures; the outsiders of the cast's zone are all told in FIRMS."""
    expect(page.locator("#counts:not(.behind) .tally b")).to_have_text([str(yes), str(unknown), str(no)])


def accessible(page: Page) -> None:
    """Nothing for axe-core to complain of."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
