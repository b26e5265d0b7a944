"""A day at the review desk in a real browser: a Word file comes in, its doubts go by keys, and the firm sees what was marked.

Everything is invented: the policy, the firm, the sums.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from docx import Document as Word
from playwright.sync_api import Locator, Page, expect

from songda.deliveries.policy.library.models import Annotation, Document, MeasureVersion
from songda.deliveries.policy.library.tests.texts import received
from songda.kernel import clock
from songda.registry.facts.tests import cast as facts
from songda.registry.people.models import Account
from songda.registry.people.tests.cast import NOW, Cast, assemble
from tests.journeys.contacts import give_card
from tests.journeys.test_walk import accessible

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

POLICY = """甲开发区管理委员会关于支持示例企业复工复产的若干措施
甲管〔2020〕12号
各有关单位：
为支持示例企业复工复产，制定以下措施。
一、支持企业稳岗。对用工人数不少于50人的小微企业，按每人500元给予补贴。
二、减免房屋租金。对承租国有房屋的小微企业，减免2个月租金的50%，最高不超过3万元；对信誉良好的企业，给予1万元奖励。
三、加强组织领导。各单位要加强统筹协调，明确责任分工，推动工作落实。
本措施自发布之日起施行，有效期至2020年12月31日。
甲开发区管理委员会
2020年3月1日"""
PHONE = {"width": 390, "height": 800}


@pytest.fixture
def town(settings, tmp_path) -> Cast:
    """The cast on 10 March 2020, and a firm of 60 people."""
    settings.CLOCK_SHIFT, settings.MEDIA_ROOT = NOW + dt.timedelta(hours=1) - clock.now(), tmp_path
    cast = assemble()
    facts.catalogue()
    for code, text in {"size": "小型", "headcount": "60人"}.items():
        facts.tell(cast.firm, code, text, "2020-03-01", now=NOW - dt.timedelta(days=1))
    return cast


@pytest.fixture
def file(tmp_path):
    """The policy as a Word file."""
    word, path = Word(), tmp_path / "示例措施.docx"
    for line in POLICY.split("\n"):
        word.add_paragraph(line)
    word.save(path)
    return path


@pytest.fixture
def enter(page: Page, town, sign_in, live_server):
    """Sign a part of the cast in; the address of the site. No script may fail and no page may break on the way."""
    page.set_default_timeout(8000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 500 else None)

    def as_part(part: str) -> str:
        sign_in(Account.objects.get(pk=getattr(town, part).account_id).username)
        return live_server.url

    yield as_part
    assert faults == []


@pytest.mark.row("POL-02", "POL-30")
def test_from_a_word_file_by_keys_to_the_firm(page: Page, town, file, enter, shot):
    site = enter("editor")
    upload(page, site, file, town)
    accessible(page)
    shot("desk-first")
    merge_and_split(page)
    mark_a_red_line(page, "按每人500元给予补贴", "不得要求企业先行垫付")
    clear_the_doubts(page)
    shot("desk-seen")
    expect(page.locator(".dk-bar")).to_contain_text("都看过了，送审前还缺")
    fill_once(page)
    version = write_rule(page, site)
    page.get_by_role("button", name=re.compile("^审核确认 1 项$")).click()
    expect(page.get_by_text("已审核确认 1 项")).to_be_visible()
    accessible(page)
    give_card(page, site, version.pk)
    accessible(page)

    site = enter("publisher")
    page.goto(f"{site}/policy/measures/{version.pk}/")
    page.get_by_role("button", name="发布并匹配").click()
    expect(page.get_by_text("“支持企业稳岗”已发布")).to_be_visible()

    site = enter("clerk")
    page.goto(f"{site}/firm/measures/{version.pk}/")
    expect(page.locator(".record-head .answer")).to_have_text("是")
    expect(page.locator(".record-body")).to_contain_text("不得要求企业先行垫付")
    accessible(page)


def test_the_desk_in_one_column(page: Page, town, enter, shot):
    document = received(town.editor, town.zone.area_path, POLICY)
    page.set_viewport_size(PHONE)
    page.goto(f"{enter('editor')}/policy/review/{document.pk}/")
    expect(page.locator(".dk-rows")).to_be_visible()
    expect(page.locator(".dk-text")).to_be_hidden()
    accessible(page)
    page.locator(".dk-condition .dk-quote").first.click()
    expect(page.locator(".dk-text")).to_be_visible()
    expect(page.locator("mark.now").first).to_be_in_viewport()
    shot("desk-phone-text")
    accessible(page)
    page.locator("#paper mark.s-open").first.click()
    page.get_by_role("button", name="结构").click()
    expect(page.locator(".dk-rows .now").first).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def test_keys_rest_in_fields_and_help_is_no_trap(page: Page, town, enter):
    document = received(town.editor, town.zone.area_path, POLICY)
    page.goto(f"{enter('editor')}/policy/review/{document.pk}/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    at = current(page).get_attribute("data-to")
    page.keyboard.press("e")
    title = page.locator(".part input[name=title]")
    expect(title).to_be_focused()
    page.keyboard.type("npx?")
    expect(title).to_have_value(re.compile(r"npx\?"))
    assert current(page).get_attribute("data-to") == at
    page.keyboard.press("Escape")
    expect(page.locator(".part")).to_have_count(0)
    assert MeasureVersion.objects.filter(title__contains="npx").exists() is False


def test_a_step_that_another_took_first_is_said_where_one_is(page: Page, town, enter):
    document = received(town.editor, town.zone.area_path, POLICY)
    page.goto(f"{enter('editor')}/policy/review/{document.pk}/")
    version = MeasureVersion.objects.get(title="支持企业稳岗")
    MeasureVersion.objects.filter(pk=version.pk).update(state="withdrawn")
    page.locator(f"#v{version.pk} .dk-condition").first.get_by_role("button", name="采用").click()
    expect(page.locator(".dk-said")).to_contain_text("不是草稿，不能修改")
    expect(page.locator(f"#v{version.pk}")).to_have_count(0)


@pytest.mark.parametrize("size", [{"width": 1360, "height": 900}, PHONE], ids=["desk", "phone"])
def test_a_later_version_beside_the_former(page: Page, town, enter, shot, size):
    document = received(town.editor, town.zone.area_path, POLICY)
    page.set_viewport_size(size)
    page.goto(f"{enter('editor')}/policy/documents/{document.pk}/")
    page.get_by_role("link", name="上传新版本").click()
    page.fill("textarea[name=text]", POLICY.replace("500元", "800元"))
    page.get_by_role("button", name="收文并与本版对照").click()
    page.wait_for_url("**/compare/")
    expect(page.locator(".pair:visible")).to_have_count(1)
    expect(page.locator(".pair ins:visible")).to_have_text("800")
    page.get_by_label("只看有变化的").uncheck()
    expect(page.locator(".pair:visible")).to_have_count(3)
    accessible(page)
    shot("compare")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def upload(page: Page, site: str, file, town: Cast) -> None:
    page.goto(f"{site}/policy/documents/upload/")
    page.set_input_files("input[name=file]", file)
    page.select_option("select[name=level]", "park")
    page.select_option("select[name=area_path]", town.zone.area_path)
    page.get_by_role("button", name="收文并读取").click()
    page.wait_for_url("**/policy/review/*/")
    assert Document.objects.get().articles.count() == 3


def merge_and_split(page: Page) -> None:
    """The two promises of the second article become one by m, and two again by a click in the text and x."""
    page.locator("section.measure", has_text="信誉良好").first.locator("p.dk-benefit").click()
    page.keyboard.press("m")
    expect(page.locator("section.measure")).to_have_count(2)
    click_before(page, "对信誉良好")
    page.keyboard.press("x")
    expect(page.locator("section.measure")).to_have_count(3)
    quotes = [version.sources.get().quote for version in MeasureVersion.objects.filter(state="draft").order_by("pk")]
    assert "对信誉良好的企业，给予1万元奖励。" in quotes


def click_before(page: Page, words: str) -> None:
    """Put the caret before these words of the text."""
    place = page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.querySelector("#paper"), NodeFilter.SHOW_TEXT);
          const text = [];
          while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at += 1) text.push([walker.currentNode, at]);
          const all = text.map(([node, at]) => node.data[at]).join(""), [node, at] = text[all.indexOf(words)];
          node.parentElement.scrollIntoView({ block: "center" });
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const box = range.getBoundingClientRect();
          return [box.left + 2, box.top + box.height / 2];
        }""",
        words,
    )
    page.mouse.click(*place)


def mark_a_red_line(page: Page, words: str, note: str) -> None:
    """Words selected, l, the note, Enter."""
    page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.querySelector("#paper"), NodeFilter.SHOW_TEXT), text = [];
          while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at += 1) text.push([walker.currentNode, at]);
          const from = text.map(([node, at]) => node.data[at]).join("").indexOf(words);
          const [start, end] = [text[from], text[from + words.length - 1]];
          window.getSelection().setBaseAndExtent(start[0], start[1], end[0], end[1] + 1);
        }""",
        words,
    )
    expect(page.locator(".dk-pick")).to_be_visible()
    page.keyboard.press("l")
    expect(page.locator(".dk-note input[name=note]")).to_be_focused()
    page.keyboard.type(note)
    page.keyboard.press("Enter")
    expect(page.locator("#paper .tag-red_line")).to_have_text("红线")
    assert Annotation.objects.get().quote == words


def clear_the_doubts(page: Page) -> None:
    """Proposals are accepted with a, everything else is settled with s; the reason typed once is offered again."""
    while "处待看" in page.locator(".dk-bar").inner_text():
        left = page.locator(".dk-doubts > li").count()
        row = page.locator(f"[data-row={current(page).get_attribute('data-to')}]")
        if row.locator("[data-key=a]").count() and "dk-condition" in (row.get_attribute("class") or ""):
            page.keyboard.press("a")
        else:
            page.keyboard.press("s")
            reason = page.locator("input[name=reason]:focus")
            expect(reason).to_have_count(1)
            if not reason.input_value():
                page.keyboard.type("由责任单位受理时审核认定")
            page.keyboard.press("Enter")
        expect(page.locator(".dk-count b")).to_have_text(re.compile("都看过了" if left == 1 else f"还有 {left - 1} 处待看"))


def fill_once(page: Page) -> None:
    page.locator(".dk-fill input[name=value]").first.fill("示例纾困资金")
    page.locator(".dk-fill button").first.click()
    expect(page.get_by_text("已填入")).to_be_visible()


def write_rule(page: Page, site: str) -> MeasureVersion:
    """The accepted proposals are the rule; formula and cases come on its page."""
    version = MeasureVersion.objects.get(title="支持企业稳岗")
    assert version.rule_version.text == "用工人数 ≥ 50人 且 企业规模 属于 {小型；微型}"
    page.locator(f"#v{version.pk}").focus()
    page.keyboard.press("r")
    page.wait_for_url("**/rule/**")
    page.fill("#id_amount_text", "用工人数 × 500元/人")
    page.get_by_role("button", name="按条件拟四个案例").click()
    expect(page.locator("#id_cases")).to_have_value(re.compile("待核"))
    page.get_by_role("button", name="保存规则").click()
    expect(page.get_by_text("规则已保存")).to_be_visible()
    page.goto(f"{site}/policy/review/{Document.objects.get().pk}/#v{version.pk}")
    return version


def current(page: Page) -> Locator:
    return page.locator(".dk-doubts > li.current")
