"""A browser journey per role 岗位, at a desk and on a phone: each does its main work in the ledger through the real pages.

One server and one place serve the whole file; each journey has a firm and matters of its own, so that they run alone or in any order.
Every page on the way must answer, run its scripts, fit the screen and be accessible. Everything is invented.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.test import TransactionTestCase, override_settings
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from songda.deliveries.service.demands import actions
from songda.deliveries.service.demands.actions import Assignees, Opinion
from songda.deliveries.service.demands.tests.board import DAY, HOUR, fresh
from songda.deliveries.service.helping.actions import station_officer
from songda.deliveries.service.visits import actions as visits
from songda.deliveries.service.visits.models import Finding, Stop, Visit
from songda.deliveries.service.visits.tests.ground import Wanted, lay_ground
from songda.kernel import clock
from songda.ledger.cases.actions import sweep_clocks
from songda.ledger.cases.models import Alert, Case, CaseStep, Export, Party, Word
from songda.portal.context import menu
from songda.registry.people.rules.matrix import LEDGER, PERMISSIONS
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, assemble
from songda.registry.subjects.models import Subject
from tests.journeys.walking import SIZES, WORDS, Town, Walk, posts_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def file_and_rate(walk: Walk) -> None:
    """A firm: the former matter is offered before a second is filed; its clock explains itself; one result is accepted, one not."""
    own = Subject.objects.get(pk=walk.actor.subject_id)
    first, good, bad = walk.filed(of=own), walk.proposed("厂区断电", of=own), walk.proposed("贷款到期", of=own)
    mine = Case.objects.filter(subject=own, opened_by=walk.actor.account_id)
    former = list(mine.values_list("pk", flat=True))
    walk.open("/demands/own/new/")
    walk.page.get_by_label("一句话说明要解决什么").fill("急缺一线工人，两条线停工")
    walk.page.get_by_label("属于哪一类").select_option("用工")
    walk.press("提交")
    expect(walk.page.get_by_role("alert").get_by_role("link", name=first.number)).to_be_visible()
    assert not mine.exclude(pk__in=former).exists()
    walk.page.get_by_label("不是同一件事，仍要提交").check()
    walk.press("提交")
    walk.expect("已收到，编号")
    case = mine.exclude(pk__in=former).get()
    assert (case.state, case.origin, case.channel) == ("filed", "firm", "web")
    walk.follow("为什么是这一天", walk.page.locator("article", has_text=case.number))
    expect(walk.page.locator("details.clock[open]")).to_contain_text(re.compile("办结时限（一般）.*5 ?个工作日", re.DOTALL))
    for matter, way, text in ((good, "认可，给个评价", "来得快"), (bad, "还没有解决", "还差五十万元")):
        walk.open("/demands/own/")
        walk.follow(way, walk.page.locator("article", has_text=matter.number))
        walk.page.locator("#id_contacted").get_by_label("是", exact=True).check()
        walk.page.locator("#id_grade").get_by_label("满意" if matter is good else "不满意", exact=True).check()
        walk.page.fill("textarea[name=text]", text)
        walk.go(walk.page.locator("main form button[type=submit]"))
    words = Word.objects.filter(case__in=(good, bad)).order_by("case").values_list("answer", "grade", "text", "by")
    assert list(words) == [("yes", "4", "来得快", "firm"), ("no", "2", "还差五十万元", "firm")]
    assert (fresh(good).state, fresh(bad).state) == ("confirmed", "working")


def step_many(walk: Walk) -> None:
    """A street: the list by words and filters, kept in the address; one step for the two ticked, the third untouched."""
    own = walk.firm()
    done, left = (
        [walk.working(f"员工通勤{n}", of=own, street=True) for n in "一二"],
        walk.working("员工通勤三", of=own, street=True),
    )
    walk.open("/cases/")
    if walk.size == "phone":
        walk.page.get_by_text("更多筛选").click()
    with walk.page.expect_navigation(wait_until="load"):  # a choice filters at once
        walk.page.locator("select[name=kind]").select_option("企业诉求")
    walk.page.get_by_label("编号、事项或企业").fill(own.name)
    walk.press("查找")
    assert "kind=demand" in walk.page.url
    expect(walk.page.locator(".list tbody tr")).to_have_count(3)
    for case in done:
        walk.page.get_by_label(f"选择 {case.number}").check()
    walk.page.get_by_label("批量办理").select_option("告知企业")
    walk.page.locator("#batch input[name=told]").fill("通勤车已开行")
    walk.press("办理所选")
    walk.expect("办理 2 件，未办理 0 件")
    told = CaseStep.objects.filter(step="tell", told="通勤车已开行", account_id=walk.actor.account_id)
    assert set(told.filter(case__subject=own).values_list("case", flat=True)) == {case.pk for case in done}
    assert fresh(left).version == left.version


def solve_on_the_spot(walk: Walk) -> None:
    """The firm's officer: solved where it was raised, with the photograph that proves it."""
    case = walk.filed("门前道路积水")
    walk.open(f"/cases/{case.pk}/")
    walk.follow("当场解决")
    walk.page.get_by_label("告知企业的办理情况").fill("已现场疏通排水口。")
    walk.attach()
    walk.press("当场解决")
    walk.expect("“当场解决”已登记")
    case = fresh(case)
    assert (case.state, case.outcome, case.proposed_by, case.evidence.count()) == ("proposed", "solved", walk.actor.account_id, 1)


def take_refuse_and_report(walk: Walk) -> None:
    """A department's desk: refuses what is not its own once and no more; takes on, asks for more time, reports with proof."""
    cast = walk.town.ground.cast
    alien, case = walk.filed("出口退税"), walk.filed("缺三十名操作工")
    for one in (alien, case):
        actions.assign_demand(one.pk, Assignees(cast.bureau.pk), by=cast.dispatcher, now=NOW)
    walk.open(f"/demands/{alien.pk}/dispute/")
    walk.page.get_by_label("退单依据").fill("退税由税务局负责")
    walk.press("退单")
    assert fresh(alien).state == "disputed"
    actions.decide_demand(alien.pk, cast.bureau.pk, WORDS, by=cast.dispatcher, now=NOW)
    walk.open(f"/demands/{alien.pk}/dispute/")
    walk.page.get_by_label("退单依据").fill("还是不归我们")
    walk.press("退单")
    walk.expect("权属已经裁定，不能再次退单")
    assert (fresh(alien).state, fresh(alien).bounced) == ("assigned", 1)
    walk.open("/demands/mine/")
    walk.follow("接单", walk.page.locator("article", has_text=case.number))
    walk.press("接单")
    walk.open(f"/cases/{case.pk}/")
    walk.follow("申请延期")
    walk.page.get_by_label("延长几个工作日").fill("2")
    walk.page.get_by_label("延期理由").fill("专场招聘定于周六")
    walk.press("申请延期")
    asked = CaseStep.objects.get(case=case, step="ask_extension")
    assert (asked.used["days"], asked.note) == (2, "专场招聘定于周六")
    walk.open(f"/demands/{case.pk}/propose/")
    walk.page.get_by_label("告知企业的办理情况").fill("到岗三十人。")
    walk.attach()
    walk.press("报结")
    assert (fresh(case).state, fresh(case).holder_id, case.evidence.count()) == ("proposed", walk.actor.post_id, 1)


def close_as_second(walk: Walk) -> None:
    """A department's head: what the desk reported and the firm accepted is written off by another person; one goes back."""
    good, bad = walk.proposed("厂区断电"), walk.proposed("员工宿舍")
    for case in (good, bad):
        actions.revisit_firm(case.pk, Opinion(True, True, "5"), accepted=True, by=walk.town.ground.board.inspector, now=NOW)
    walk.open(f"/cases/{good.pk}/")
    walk.follow("销号")
    walk.page.get_by_label("复核意见").fill("已核对回执")
    walk.press("销号")
    walk.open(f"/demands/{bad.pk}/send_back/")
    walk.page.get_by_label("还缺什么").fill("缺租房合同")
    walk.press("退回补办")
    assert (fresh(good).state, fresh(good).open, fresh(bad).state) == ("closed", False, "working")
    assert good.proposed_by != CaseStep.objects.get(case=good, step="close").account_id == walk.actor.account_id


def route_decide_and_supervise(walk: Walk) -> None:
    """The dispatcher: lead, holder and helpers; the final word on a refusal; a supervision sheet, printed."""
    cast, case, refused, late = walk.town.ground.cast, walk.filed("跨省运输受阻"), walk.disputed(), walk.working("久拖不决")
    walk.open("/demands/pool/")
    walk.follow("另选单位", walk.page.locator("article", has_text=case.number))
    with walk.page.expect_response("**/demands/holders/**"):
        walk.page.get_by_label("牵头单位").select_option(str(cast.bureau.pk))
    expect(walk.page.locator(".htmx-request, .htmx-settling, .htmx-swapping")).to_have_count(0)
    walk.page.get_by_label("经办人").select_option(str(cast.desk.post_id))
    walk.page.get_by_label("协办单位").select_option(str(cast.street_office.pk))
    walk.press("分办")
    case = fresh(case)
    assert (case.state, case.lead, case.holder_id) == ("assigned", cast.bureau, cast.desk.post_id)
    assert Party.objects.filter(case=case, role="support", organisation=cast.street_office, answer="asked").exists()
    walk.follow("裁定", walk.page.locator("#disputed article", has_text=refused.number))
    walk.page.get_by_label("由谁承办").select_option(str(cast.street_office.pk))
    walk.page.get_by_label("裁定理由").fill("属地先办")
    walk.press("裁定")
    assert Party.objects.get(case=refused, role="lead", ended_at=None).final
    assert (fresh(refused).state, fresh(refused).lead) == ("assigned", cast.street_office)
    walk.open(f"/sheets/new/?number={late.number}")
    walk.page.get_by_label("发往单位").select_option(str(cast.bureau.pk))
    walk.page.get_by_label("督办要求").fill("三日内书面答复。")
    walk.press("签发")
    sheet = Alert.objects.get(case=late)
    assert (sheet.act, sheet.organisation) == ("supervise", cast.bureau)
    walk.expect(sheet.sheet)
    walk.expect("三日内书面答复。")


def ask_the_firm(walk: Walk) -> None:
    """The inspector: asks the firm whose result waits, keeps what it said in its words; a firm not reached stays unanswered."""
    case, missed = walk.proposed("厂区断电"), walk.proposed("员工宿舍")
    walk.open("/demands/revisits/")
    walk.follow("企业认可", walk.page.locator("article", has_text=case.number))
    for name in ("contacted", "useful"):
        walk.page.locator(f"#id_{name}").get_by_label("是", exact=True).check()
    walk.page.locator("#id_grade").get_by_label("非常满意").check()
    walk.page.get_by_label("企业原话").fill("电当天就通了")
    walk.press("回访确认")
    walk.follow("没有联系上", walk.page.locator("article", has_text=missed.number))
    walk.page.get_by_label("联系经过").fill("两个号码均无人接听")
    walk.press("回访未联系上")
    word = Word.objects.get(case=case)
    assert (word.by, word.answer, word.grade, word.text) == ("visit", "yes", "5", "电当天就通了")
    assert (fresh(case).state, fresh(missed).state, Word.objects.filter(case=missed).exists()) == ("confirmed", "proposed", False)


def answer_the_ladder(walk: Walk) -> None:
    """A leader: the ladder's special report and circular reach the desk and are answered; a refusal is decided."""
    case, refused = walk.working("久拖不决", at=NOW - 20 * DAY), walk.disputed()
    while sweep_clocks(now=NOW + HOUR).looked:
        pass
    alerts = {one.act: one for one in Alert.objects.filter(case=case, post_id=walk.actor.post_id)}
    walk.open("/cases/alerts/")
    for act, title in (("leader", "专报"), ("circular", "通报")):
        walk.open(f"/cases/alerts/{alerts[act].pk}/sheet/")
        expect(walk.page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    walk.open(f"/cases/{case.pk}/")
    walk.page.get_by_label("答复", exact=True).fill("周五前到企业现场办公")
    walk.press("签收")
    answered = Alert.objects.filter(case=case, post_id=walk.actor.post_id).exclude(seen_at=None)
    assert {one.answer for one in answered} == {"周五前到企业现场办公"}
    walk.open(f"/demands/{refused.pk}/decide/")
    walk.page.get_by_label("由谁承办").select_option(str(walk.town.ground.cast.bureau.pk))
    walk.page.get_by_label("裁定理由").fill("按三定方案")
    walk.press("裁定")
    assert (fresh(refused).state, fresh(refused).lead) == ("assigned", walk.town.ground.cast.bureau)


def read_and_export(walk: Walk) -> None:
    """Who audits or counts: reads the course of a matter, may step nothing, takes the rows of a filter out as a workbook."""
    own = walk.firm()
    cases = [walk.working("厂区断电", of=own), walk.proposed("员工宿舍", of=own)]
    walk.open(f"/cases/{cases[0].pk}/")
    walk.expect("您现在没有要办的步骤")
    expect(walk.page.locator("ol.course > li")).to_have_count(CaseStep.objects.filter(case=cases[0]).count())
    walk.open("/cases/figures/")
    walk.open("/cases/")
    walk.page.get_by_label("编号、事项或企业").fill(own.name)
    walk.press("查找")
    with walk.page.expect_download() as taken:
        walk.page.get_by_role("button", name="导出").click()
    made = Export.objects.filter(post_id=walk.actor.post_id).latest("pk")
    sheet = load_workbook(BytesIO(Path(taken.value.path()).read_bytes()), read_only=True).active
    rows = [" ".join(str(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]
    assert (made.rows, made.made_at is not None) == (2, True)
    assert all(any(case.number in row for row in rows) for case in cases)
    assert sum(own.name in row for row in rows) == 2


def plan_a_visit(walk: Walk) -> None:
    """The market team: a visit planned from the list, offered to the firm, its yes by telephone kept with who gave it."""
    own = walk.firm()
    walk.open(f"/visits/?q={own.local_number}")
    walk.page.get_by_label(f"选择{own.name}").check()
    walk.press("安排走访")
    walk.page.get_by_label("目的").fill("摊位疏导")
    walk.press("保存计划")
    walk.press("向企业预约")
    walk.page.get_by_text("登记企业的电话答复").click()
    walk.page.get_by_label("企业答复人").fill("示例市场经理")
    walk.press("登记")
    stop = Stop.objects.get(subject=own)
    assert (stop.reply, stop.visit.state, stop.visit.purpose) == ("accepted", "accepted", "摊位疏导")
    assert "示例市场经理" in stop.answer_note + stop.answered_name


def guide_and_record(walk: Walk) -> None:
    """A talent officer or party guide: what was done where it is stationed; the visit it goes along on, with the problem found."""
    own, cast = walk.firm(), walk.town.ground.cast
    station = station_officer(own.pk, walk.actor.post_id, by=cast.dispatcher, now=NOW)
    walk.open(f"/helping/stations/{station.pk}/")
    walk.follow("记录指导")
    walk.page.locator("[name=text]").fill("辅导申报职称")
    walk.press("记录")
    assert (station.guidance.get().text, station.guidance.get().name) == ("辅导申报职称", walk.actor.name)
    visit = walk.town.ground.plan(by=cast.desk, stops=(Wanted(own.pk),), attendees=(walk.actor.post_id,))
    visits.offer_slot(visit.pk, by=cast.desk, now=NOW)
    visits.answer_visit(visit.stops.get().pk, visits.Answer("accepted", spoken_by="示例厂长"), by=cast.desk, now=NOW)
    walk.open("/visits/phone/")
    walk.page.locator("#phone[data-ready]").wait_for()
    walk.page.get_by_role("button", name=own.name).click()
    walk.page.get_by_label("会见人").fill("示例厂长")
    walk.page.get_by_label("走访记录", exact=True).fill("缺两名数控技师。")
    walk.page.get_by_role("button", name="添加一条").click()
    walk.page.get_by_label("种类").select_option(label="问题")
    walk.page.get_by_label("内容").fill("数控技师招不到")
    walk.look()
    walk.page.get_by_role("button", name="完成并发送").click()
    expect(walk.page.locator("#send-state")).to_contain_text("已送达")
    found = Finding.objects.get(stop__visit=visit)
    assert Visit.objects.get(pk=visit.pk).state == "recorded"
    assert (found.case, bool(found.refusal)) == (None, True)  # the firm itself is out of its sight: the visit's owner files it
    case = visits.refile_finding(found.pk, by=cast.desk, now=NOW + HOUR).case
    assert (case.origin, case.subject, case.state) == ("officer", own, "filed")


def file_what_was_found(walk: Walk) -> None:
    """A law enforcer: the firm by part of its name, the matter already open offered before another is entered."""
    own = walk.firm()
    former = walk.filed("消防通道堵塞", of=own)
    walk.open("/demands/new/")
    walk.page.locator("#firm").press_sequentially(own.name[:-1])
    walk.page.get_by_role("button", name=own.name).click()
    expect(walk.page.locator("#chosen")).to_contain_text("在办 1 件")
    walk.page.get_by_label("要解决什么").press_sequentially("消防通道堵塞待清理")
    expect(walk.page.locator("#alike")).to_contain_text(former.number)
    walk.look()
    walk.page.get_by_label("要解决什么").fill("危化品仓库缺标识")
    walk.page.get_by_label("干部发现").check()
    walk.press("登记")
    case = Case.objects.filter(subject=own).latest("pk")
    assert (case.title, case.state, case.origin, case.opened_by) == (
        "危化品仓库缺标识",
        "filed",
        "officer",
        walk.actor.account_id,
    )
    walk.expect(case.number)


JOURNEYS: dict[Role, Callable[[Walk], None]] = {
    Role.ENTERPRISE_CLERK: file_and_rate,
    Role.SUPPLIER: file_and_rate,
    Role.STREET_CLERK: step_many,
    Role.SERVICE_OFFICER: solve_on_the_spot,
    Role.DEPARTMENT_DESK: take_refuse_and_report,
    Role.DEPARTMENT_LEAD: close_as_second,
    Role.DISPATCHER: route_decide_and_supervise,
    Role.INSPECTOR: ask_the_firm,
    Role.LEADER: answer_the_ladder,
    Role.STATISTICIAN: read_and_export,
    Role.AUDITOR: read_and_export,
    Role.MARKET_TEAM: plan_a_visit,
    Role.TALENT_OFFICER: guide_and_record,
    Role.PARTY_GUIDE: guide_and_record,
    Role.LAW_ENFORCER: file_what_was_found,
}


def without_a_journey(walked: Collection[Role]) -> set[Role]:
    """Roles that may do anything in the ledger, or act there for a firm, and walk nowhere in this file."""
    working = set(LEDGER) | {role for role, held in PERMISSIONS.items() if "firm.act" in held}
    return {Role(role) for role in working} - set(walked)


@pytest.fixture(scope="module")
def town(django_db_setup, live_server, django_db_blocker, tmp_path_factory) -> Iterator[Town]:
    """One place on 10 March 2020 for all journeys: the tables are emptied after the last, not after each."""
    media, empty = tmp_path_factory.mktemp("roles"), TransactionTestCase._fixture_teardown
    with django_db_blocker.unblock(), override_settings(CLOCK_SHIFT=NOW - clock.now(), MEDIA_ROOT=media):
        TransactionTestCase._fixture_teardown = lambda case: None
        ground = lay_ground(assemble())
        yield Town(ground, posts_of(ground, JOURNEYS), live_server.url)
        TransactionTestCase._fixture_teardown = empty
        TransactionTestCase("run")._fixture_teardown()


@pytest.fixture
def enter(page: Page, town: Town, shot) -> Iterator[Callable[[Role, str], Walk]]:
    """Sign a role in, through the page the first time. No script may fail and no page break on the way."""
    page.set_default_timeout(25_000)
    expect.set_options(timeout=15_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 500 else None)

    def as_role(role: Role, size: str) -> Walk:
        page.set_viewport_size(SIZES[size])
        page.context.clear_cookies()
        walk = Walk(town, town.posts[role], page, size, shot)
        if role not in town.cookies:
            walk.sign_in()
            town.cookies[role] = page.context.cookies()
        page.context.add_cookies(town.cookies[role])
        return walk

    yield as_role
    assert faults == []


# Who is walked each time: the main parts at their desks, who is on the way on the phone. The long run walks every role on both.
EACH_TIME = {
    "phone": {Role.ENTERPRISE_CLERK, Role.SERVICE_OFFICER, Role.STREET_CLERK, Role.TALENT_OFFICER},
    "desk": {Role.ENTERPRISE_CLERK, Role.STREET_CLERK, Role.DEPARTMENT_DESK, Role.DEPARTMENT_LEAD, Role.DISPATCHER, Role.INSPECTOR, Role.LEADER},
}  # fmt: skip


@pytest.mark.row("SVC-06", "SVC-07")
@pytest.mark.parametrize(
    ("size", "role"),
    [
        pytest.param(size, role, id=f"{size}-{role.value}", marks=() if role in EACH_TIME[size] else pytest.mark.long)
        for size in SIZES
        for role in JOURNEYS
    ],
)
def test_a_role_does_its_work(enter, size, role):
    walk = enter(role, size)
    walk.open("/firm/" if walk.actor.subject_id else "/")
    JOURNEYS[role](walk)


def test_every_entry_of_the_menu_is_in_reach_on_the_phone(enter, town):
    """In the bar at the bottom or under its 更多, for every menu there is; nothing lies over an entry, and the last one leads where it says."""
    menus = {tuple(menu(actor, "/").items): role for role, actor in town.posts.items()}  # roles with the same menu: one of them
    for entries, role in menus.items():
        walk = enter(role, "phone")
        walk.page.goto(f"{town.site}/")
        bar = walk.page.get_by_role("navigation", name="底部导航")
        if (more := bar.get_by_text("更多", exact=True)).count():
            more.click()
        for entry in entries:
            bar.locator(f"a[href='{entry.address}']").last.click(trial=True)
        walk.look()
        bar.locator(f"a[href='{entries[-1].address}']").last.click()
        expect(walk.page).to_have_url(town.site + entries[-1].address)


def test_every_role_of_the_ledger_walks():
    assert without_a_journey(JOURNEYS) == set()
    assert without_a_journey(set(JOURNEYS) - {Role.INSPECTOR}) == {Role.INSPECTOR}
