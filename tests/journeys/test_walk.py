"""The first issue's walk in a real browser: a policy file comes in, and a firm sees what it gets and why.

Everything is invented: the policy, the firms, the sums. The amounts expected were worked out by hand.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document as Word
from playwright.sync_api import Page, expect

from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.deliveries.policy.matching.models import MatchRun
from songda.engines.rules.catalogue import FactKind, Kind
from songda.kernel import clock
from songda.kernel.jobs.worker import run_worker
from songda.ledger.notices.models import Notice, NoticeDelivery
from songda.portal.standins.commands import channels
from songda.portal.standins.platform import Platform
from songda.portal.standins.server import running
from songda.registry.facts.tests import cast as facts
from songda.registry.people.models import Account, Contact, Post
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, SINCE, Cast, assemble, firm
from tests.journeys.contacts import give_card

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

POLICY = """甲开发区管理委员会关于示例企业稳岗减负的若干措施
甲管〔2020〕9号
各有关单位：
为支持示例企业稳定经营，制定以下措施。
一、减免房屋租金。对承租国有房屋的小微企业，减免2个月租金的50%，最高不超过3万元。
二、稳定就业岗位。对用工人数不少于50人的参保企业，按每人500元给予补贴。
三、支持规模企业。对规模以上企业，一次性奖励5万元。
四、加强组织领导。各单位要加强统筹协调，明确责任分工，推动工作落实。
本措施自发布之日起施行，有效期至2020年12月31日。
甲开发区管理委员会
2020年3月1日"""
MORE = (
    FactKind("insured", "参保企业", Kind.BOOL),
    FactKind("premises", "承租国有房屋", Kind.BOOL),
    FactKind("rent", "月租金", Kind.NUM, "元"),
)


@dataclass(frozen=True)
class Measure:
    """What the editor makes of one draft: how the reader called it, its rule, its formula, and the sum of the suggested 是."""

    read_as: str
    title: str
    rule: str
    amount: str
    sum: str


MEASURES = (
    Measure(
        "减免房屋租金", "国有房屋租金减半", "承租国有房屋 且 企业规模 属于 {小型；微型}", "月租金 × 2 × 50% 上限 3万元", "3万元"
    ),
    Measure("稳定就业岗位", "稳岗补贴", "参保企业 且 用工人数 ≥ 50人", "用工人数 × 500元/人", ""),
    Measure("支持规模企业", "规模以上企业奖励", "规模以上", "", ""),
)
FIRMS = {
    "firm": {"size": "小型", "premises": "是", "rent": "2万元", "headcount": "60人", "above_scale": "否"},  # 是, 待核, 否
    "neighbour": {"size": "大型", "premises": "是", "rent": "9万元", "headcount": "50人", "insured": "是", "above_scale": "是"},
    "third": {"size": "微型", "premises": "是", "rent": "9万元", "headcount": "9人", "insured": "是", "above_scale": "否"},
}
COUNTS = {"国有房屋租金减半": (2, 1, 0), "稳岗补贴": (1, 1, 1), "规模以上企业奖励": (1, 2, 0)}  # 是, 否, 待核


@pytest.fixture
def town(settings) -> Cast:
    """The cast on 10 March 2020, three firms with facts (the other zone's one is out of reach), an editor with two posts."""
    settings.CLOCK_SHIFT = NOW + dt.timedelta(hours=1) - clock.now()
    cast = assemble()
    facts.catalogue(*MORE)
    firms = {"firm": cast.firm, "neighbour": cast.neighbour, "third": firm("示例三号商行", cast.street_office, "D0009")}
    for name, values in FIRMS.items():
        for code, text in values.items():
            facts.tell(firms[name], code, text, "2020-03-01", now=NOW - dt.timedelta(days=1))
        Contact.objects.create(subject=firms[name], channel="inbox", address=name, starts_on=SINCE)
    Contact.objects.create(subject=cast.firm, channel="dingtalk", address="ding-1", starts_on=SINCE)
    editor = Account.objects.get(pk=cast.editor.account_id)
    Post.objects.create(person=editor.person, role=Role.POLICY_PUBLISHER, organisation=cast.zone, starts_on=SINCE)
    return cast


@pytest.fixture
def platform(settings, tmp_path, live_server) -> Iterator[Platform]:
    """A stand-in of the messaging platforms, and the channels that point at it."""
    settings.CHANNELS_FILE, settings.MEDIA_ROOT = tmp_path / "channels.json", tmp_path
    taken = Platform()
    with running(taken) as server:
        settings.CHANNELS_FILE.write_text(json.dumps(channels(server, live_server.url)), encoding="utf-8")
        yield taken


@pytest.fixture
def file(tmp_path):
    """The policy as a Word file."""
    word, path = Word(), tmp_path / "示例措施.docx"
    for line in POLICY.split("\n"):
        word.add_paragraph(line)
    word.save(path)
    return path


@pytest.fixture
def enter(town, sign_in, live_server) -> Callable[[str], str]:
    """Sign a part of the cast in; the address of the site."""

    def as_part(part: str) -> str:
        sign_in(Account.objects.get(pk=getattr(town, part).account_id).username)
        return live_server.url

    return as_part


@pytest.mark.row("POL-02")
def test_from_a_policy_file_to_the_firms_page(page: Page, town, platform, file, enter, shot):
    page.set_default_timeout(8000)
    site = enter("editor")
    choose_post(page, site, "政策编辑")
    receive(page, site, file, town)
    document = Document.objects.get()
    assert (document.articles.count(), document.number, document.demonstration) == (4, "甲管〔2020〕9号", True)
    shot("walk-desk")
    accessible(page)
    take_selected(page, "推动工作落实")
    set_aside(page, "四、", "工作要求，没有可申领的事项")
    for measure in MEASURES:
        draft(page, site, document, measure)
    shot("walk-reviewed")
    for title in COUNTS:
        give_card(page, site, version(title).pk)

    choose_post(page, site, "政策发布")  # the same person in the other post
    page.goto(f"{site}/policy/measures/{version('稳岗补贴').pk}/")
    expect(page.get_by_text("由您审核确认，须由另一人发布")).to_be_visible()
    assert page.get_by_role("button", name="发布并匹配").count() == 0
    page.goto(f"{site}/policy/documents/{document.pk}/")
    page.get_by_role("button", name="发布并匹配全部已审核措施").click()
    expect(page.get_by_text("须由另一人发布")).to_be_visible()
    assert not MeasureVersion.objects.filter(state="published").exists()

    enter("publisher")
    page.goto(f"{site}/policy/documents/{document.pk}/")
    page.get_by_role("button", name="发布并匹配全部已审核措施").click()
    for title, (yes, no, unknown) in COUNTS.items():
        expect(page.get_by_text(f"“{title}”已发布")).to_contain_text(f"是 {yes} 家，待核 {unknown} 家，否 {no} 家")
        run = MatchRun.objects.get(version=version(title))
        assert (run.yes, run.no, run.unknown) == (yes, no, unknown)
    shot("walk-published")
    accessible(page)

    enter("dispatcher")
    push(page, site, town)
    assert (Notice.objects.count(), NoticeDelivery.objects.count()) == (3, 4)
    run_worker(once=True)
    (message,) = platform.received
    assert message.to == "ding-1"
    assert "国有房屋租金减半" in message.text
    try_again(page, site, town)
    assert (Notice.objects.count(), len(platform.received)) == (3, 1)

    enter("clerk")
    see_why(page, site)
    shot("walk-firm")
    accessible(page)
    open_link(page, re.search(r"\((http[^)]+)\)", message.text)[1])
    shot("walk-link")


def choose_post(page: Page, site: str, role: str) -> None:
    """Act through the post of this role."""
    page.goto(f"{site}/posts/")
    row = page.get_by_role("row").filter(has_text=role)
    if row.get_by_role("button").count():
        row.get_by_role("button").click()
        page.wait_for_load_state("load")


def receive(page: Page, site: str, file, town: Cast) -> None:
    """Upload the file for the zone; the way on is the review desk."""
    page.goto(f"{site}/policy/documents/upload/")
    page.set_input_files("input[name=file]", file)
    page.select_option("select[name=level]", "park")
    page.select_option("select[name=area_path]", town.zone.area_path)
    page.get_by_role("button", name="收文并读取").click()
    page.wait_for_url("**/policy/review/*/")
    expect(page.locator("#paper")).to_contain_text("按每人500元给予补贴")


def take_selected(page: Page, words: str) -> None:
    """Words selected in the text come into the form of a further measure with one click."""
    card = page.locator("article[id^=r]").last
    card.locator(".dk-article-head .dk-menu summary").click()
    card.get_by_role("button", name="另起一项措施").click()
    page.locator("#paper p", has_text=words).select_text()
    card.get_by_role("button", name="取选中的原文").click()
    expect(card.locator("input[name=quote]")).to_have_value(re.compile(words))


def set_aside(page: Page, label: str, reason: str) -> None:
    """Say that an article has nothing to claim; if the reader drafted something from it, that goes."""
    card = page.locator("article[id^=r]").filter(has=page.locator("h2", has_text=label))
    if not card.locator("form[action$='/no-measure/'] input[name=reason]").is_visible():
        card.locator(".dk-article-head .dk-menu summary").click()
        card.get_by_role("button", name="本条没有可兑现的措施").click()
    card.locator("form[action$='/no-measure/'] input[name=reason]").fill(reason)
    card.locator("form[action$='/no-measure/'] button").click()
    expect(card.get_by_text(f"无可兑现措施：{reason}")).to_be_visible()


def draft(page: Page, site: str, document: Document, measure: Measure) -> None:
    """Rule, cases, open conditions, fields, confirmation: one draft after the other."""
    page.goto(f"{site}/policy/review/{document.pk}/")
    href = page.locator("section.measure h3 a", has_text=measure.read_as).get_attribute("href")
    page.goto(f"{site}{href}rule/")
    page.fill("#id_text", measure.rule)
    page.fill("#id_amount_text", measure.amount)
    page.get_by_role("button", name="按条件拟四个案例").click()
    expect(page.locator("#id_cases")).to_have_value(re.compile("待核"))
    cases = page.input_value("#id_cases")
    if measure.sum:
        cases = re.sub(r"\| 是 \|[^|\n]*|\| 是$", f"| 是 | {measure.sum} ", cases, flags=re.MULTILINE)
    page.fill("#id_cases", cases)
    accessible(page)
    page.get_by_role("button", name="保存规则").click()
    expect(page.get_by_text("规则已保存")).to_be_visible()
    while page.get_by_role("button", name="已写入规则").count():
        page.get_by_role("button", name="已写入规则").first.click()
        page.wait_for_load_state("load")
    page.goto(f"{site}{href}draft/")
    page.fill("input[name=title]", measure.title)
    page.select_option("select[name=kind]", "fund")
    page.fill("input[name=budget_line]", "示例纾困资金")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="审核确认").click()
    expect(page.get_by_text("须由另一人发布")).to_be_visible()
    assert version(measure.title).state == "reviewed"


def push(page: Page, site: str, town: Cast) -> None:
    """Choose all three, try, confirm."""
    choose_push(page, site, town)
    assert figures(page)["将告知"] == "3 家"
    assert figures(page)["钉钉"] == "1 条消息"
    assert not Notice.objects.exists()
    page.get_by_role("button", name="确认推送给 3 家").click()
    page.wait_for_url(re.compile(r"/policy/push/\d+/$"))
    expect(page.locator(".figure", has_text="覆盖企业").locator(".figure-value")).to_have_text("3家")


def try_again(page: Page, site: str, town: Cast) -> None:
    """The same push once more finds nobody new."""
    choose_push(page, site, town)
    expect(page.locator("#excluded tr", has_text="均已告知，不再推送").get_by_role("link")).to_have_text("3")
    assert page.get_by_role("button", name="确认推送").count() == 0


def choose_push(page: Page, site: str, town: Cast) -> None:
    page.goto(f"{site}/policy/push/new/")
    for measure in MEASURES:
        page.get_by_label(measure.title).check()
    page.select_option("select[name=area]", town.zone.area_path)
    page.check("input[value=inbox]")
    page.check("input[value=dingtalk]")
    page.get_by_role("button", name="试算").click()
    page.wait_for_load_state("load")


def see_why(page: Page, site: str) -> None:
    """是 with the sum worked out by hand (2万元 × 2 × 50%), 待核 with what is missing, 否 with what would turn it."""
    page.goto(f"{site}/firm/")
    expect(page.locator(".measure", has_text="国有房屋租金减半").first).to_contain_text("预计 2万元")
    expect(page.locator(".measure", has_text="稳岗补贴").first).to_contain_text("补 1 项即可判定：参保企业")
    for title, answer, reasons in (
        ("国有房屋租金减半", "是", ["承租国有房屋：是（2020年3月1日，税务申报）", "企业规模：小型（2020年3月1日，税务申报）"]),
        ("稳岗补贴", "待核", ["参保企业：— 缺失", "用工人数：60人（2020年3月1日，税务申报）"]),
        ("规模以上企业奖励", "否", ["规模以上：否（2020年3月1日，税务申报）", "规模以上：否 → 是"]),
    ):
        page.goto(f"{site}/firm/measures/{version(title).pk}/")
        expect(page.locator(".record-head .answer")).to_have_text(answer)
        for reason in reasons:
            expect(page.locator(".verdict")).to_contain_text(reason)


def open_link(page: Page, link: str) -> None:
    """The link of the message opens without an account; a changed one does not. Interest is kept."""
    page.context.clear_cookies()
    forged = page.goto(f"{link[:-3]}xx/")
    assert forged is not None
    assert forged.status == 404
    page.goto(link)
    expect(page.locator("article", has_text="国有房屋租金减半")).to_contain_text("承租国有房屋")
    page.get_by_role("button", name="感兴趣").click()
    expect(page.get_by_text("已收到您的意向")).to_be_visible()
    assert NoticeDelivery.objects.get(channel="dingtalk").state == "acted"


def accessible(page: Page) -> None:
    """Nothing for axe-core to complain of, once what fades in has come."""
    expect(page.locator(".htmx-request, .htmx-settling, .htmx-swapping, .behind")).to_have_count(0)
    fading = "document.getAnimations().filter((one) => one instanceof CSSTransition)"
    page.evaluate(f"Promise.all({fading}.map((one) => one.finished.catch(() => null)))")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def version(title: str) -> MeasureVersion:
    """The version called so."""
    return MeasureVersion.objects.get(title=title)


def figures(page: Page) -> dict[str, str]:
    """The figures of the dry run by their names."""
    pairs = page.locator("dl.pairs").first
    return dict(zip(pairs.locator("dt").all_inner_texts(), pairs.locator("dd").all_inner_texts(), strict=True))
