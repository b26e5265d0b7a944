"""A demand from the firm's telephone to the second person's desk, in a real browser. Everything is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from songda.deliveries.service.demands.tests.board import HOUR, lay
from songda.kernel import clock
from songda.ledger.cases.models import Case, CaseStep, Word
from songda.ledger.evidence.tests.samples import photo
from songda.ledger.notices.models import Notice
from songda.registry.people.models import Account
from songda.registry.people.tests.cast import NOW, assemble
from tests.journeys.test_walk import accessible

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1360, "height": 900}


@pytest.fixture
def board(settings, tmp_path):
    settings.CLOCK_SHIFT = NOW + HOUR - clock.now()
    settings.MEDIA_ROOT = tmp_path
    return lay(assemble())


@pytest.fixture
def enter(board, sign_in, live_server, page: Page) -> Callable[..., str]:
    def as_part(part: str, size: dict[str, int] = DESK) -> str:
        page.set_viewport_size(size)
        sign_in(Account.objects.get(pk=getattr(board.cast, part).account_id).username)
        return live_server.url

    return as_part


@pytest.mark.row("SVC-06", "SVC-07")
def test_from_the_firms_telephone_to_the_second_persons_desk(page: Page, board, enter, shot, tmp_path):
    page.set_default_timeout(8000)
    picture = tmp_path / "到岗.jpg"
    picture.write_bytes(photo())

    file_on_the_phone(page, enter("clerk", PHONE), shot)
    case = Case.objects.get()
    assert (case.state, case.origin, case.channel) == ("filed", "firm", "web")

    page.goto(f"{enter('dispatcher')}/demands/pool/")
    expect(page.get_by_text("按规则第 1 条：用工诉求由区科工信局牵头")).to_be_visible()
    accessible(page)
    shot("demand-pool")
    page.get_by_role("button", name="分办给甲区科工信局").click()
    expect(page.get_by_text("没有等待分办的诉求")).to_be_visible()

    site = enter("desk", PHONE)
    page.goto(f"{site}/demands/mine/")
    page.get_by_role("link", name="接单").click()
    page.get_by_role("button", name="接单").click()
    page.get_by_role("link", name="登记进展").click()
    page.fill("textarea[name=note]", "已与区人才市场约定周六专场招聘")
    page.get_by_role("button", name="登记进展").click()
    accessible(page)
    shot("demand-mine")
    propose(page, "专场招聘到岗 12 人。", picture)

    answer(page, enter("clerk", PHONE), "还没有解决", text="还缺 18 人")
    assert Case.objects.get().state == "working"

    page.goto(f"{enter('desk', PHONE)}/demands/mine/")
    propose(page, "第二场招聘补足 18 人，全部到岗。")
    expect(page.get_by_role("link", name="提醒企业确认")).to_be_visible()

    answer(page, enter("clerk", PHONE), "认可，给个评价", contacted="是", useful="是", grade="非常满意")
    shot("demand-own")

    page.goto(f"{enter('dispatcher')}/demands/pool/#close")
    page.get_by_role("link", name="销号", exact=True).click()
    shot("demand-close")
    page.get_by_role("button", name="销号").click()
    expect(page.get_by_text("“销号”已登记")).to_be_visible()
    case.refresh_from_db()
    assert (case.state, case.open, case.outcome, case.evidence.count()) == ("closed", False, "solved", 1)
    assert list(CaseStep.objects.filter(case=case).order_by("seq").values_list("step", flat=True)) == [
        "file", "assign", "take", "progress", "propose", "object", "propose", "confirm", "close",
    ]  # fmt: skip
    assert list(Word.objects.order_by("cycle").values_list("answer", "grade")) == [("no", ""), ("yes", "5")]
    assert Notice.objects.exclude(subject=None).count() == 5  # assigned, taken, two results, written off


def file_on_the_phone(page: Page, site: str, shot) -> None:
    """The firm finds the button, says what is wrong, and sees it received."""
    page.goto(f"{site}/demands/own/")
    page.get_by_role("link", name="我要提诉求").click()
    page.get_by_label("一句话说明要解决什么").fill("节后返岗不足，缺 30 名操作工")
    page.get_by_label("具体情况").fill("两条生产线停开一条。")
    page.get_by_label("属于哪一类").select_option("用工")
    page.get_by_label("联系电话").fill("13800000000")
    accessible(page)
    shot("demand-new-phone")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已收到，编号")).to_be_visible()
    expect(page.locator(".stages .here")).to_have_text("收到")
    accessible(page)


def propose(page: Page, told: str, picture=None) -> None:
    """Report a result, with a photograph."""
    page.get_by_role("link", name="报结").click()
    page.get_by_label("已解决").check()
    page.get_by_label("告知企业的办理情况").fill(told)
    if picture is not None:
        page.set_input_files("input[name=attached]", picture)
        accessible(page)
    page.get_by_role("button", name="报结").click()
    expect(page.get_by_text("“报结”已登记")).to_be_visible()


def answer(page: Page, site: str, way: str, *, text: str = "", **facts: str) -> None:
    """The firm's word: facts first, then a grade."""
    page.goto(f"{site}/demands/own/")
    page.get_by_role("link", name=way).click()
    for name, label in facts.items():
        page.locator(f"#id_{name}").get_by_label(label, exact=True).check()
    if text:
        page.fill("textarea[name=text]", text)
    accessible(page)
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("已登记")).to_be_visible()
