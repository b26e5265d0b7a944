"""A desk and a statistician: the form goes down as Excel, comes back wrong, then right; three persons bring its figures into the store."""

from __future__ import annotations

import pytest
import xlsxwriter
from axe_playwright_python.sync_playwright import Axe
from python_calamine import CalamineWorkbook

from songda.kernel import clock
from songda.office.returns import actions
from songda.office.returns.models import Return
from songda.office.returns.tests.ground import INDICATORS, MONDAY, form, indicator
from songda.registry.people.models import Account
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import PASSWORD, assemble, hire

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def look(page, name, shot):
    page.wait_for_load_state("load")
    shot(name)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def filled(source, said, path):
    """The downloaded form with numbers in its yellow cells."""
    rows = CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(line, column, said.get(cells[0], cell) if column == 5 else cell)
    return path


@pytest.mark.row("CMD-13")
def test_a_form_goes_down_and_its_figures_come_into_the_store(page, live_server, sign_in, shot, settings, tmp_path):
    settings.CLOCK_SHIFT = MONDAY - clock.now()
    cast = assemble()
    for row in INDICATORS:
        indicator(*row)
    form()
    actions.expect_returns(now=MONDAY)
    one = Return.objects.get(last="2020-03-09")
    people = {"desk": cast.desk, "lead": cast.lead, "statistician": hire(Role.STATISTICIAN, at=cast.zone)}

    def enter(part, address=f"/returns/{one.pk}/"):
        sign_in(Account.objects.get(pk=people[part].account_id).username, PASSWORD)
        page.goto(f"{live_server.url}{address}")

    enter("desk", "/returns/")
    look(page, "returns-mine", shot)
    page.goto(f"{live_server.url}/returns/{one.pk}/upload/")
    with page.expect_download() as down:
        page.get_by_role("link", name="下载表格").click()
    down.value.save_as(tmp_path / "form.xlsx")
    right = {"checked": 20, "sound": 18, "mending": 2, "due": "８０８４", "present": "1.7075万"}
    page.set_input_files("input[name=file]", filled(tmp_path / "form.xlsx", right | {"sound": "十八户"}, tmp_path / "wrong.xlsx"))
    with page.expect_download() as back:
        page.get_by_role("button", name="上传").click()
    back.value.save_as(tmp_path / "back.xlsx")
    assert "十八户" in str(CalamineWorkbook.from_path(str(tmp_path / "back.xlsx")).get_sheet_by_index(0).to_python())
    page.goto(f"{live_server.url}/returns/{one.pk}/upload/")
    page.set_input_files("input[name=file]", filled(tmp_path / "form.xlsx", right, tmp_path / "right.xlsx"))
    page.get_by_role("button", name="上传").click()
    page.wait_for_url("**/fill/")
    assert "读作 17,075 人" in page.inner_text("main") and "超过100%" in page.inner_text("main")
    look(page, "return-fill", shot)
    page.fill("[name=w-rate]", "应到人数为停工前在册数")
    page.get_by_role("button", name="保存并提交").click()
    page.wait_for_url(f"**/returns/{one.pk}/")

    enter("lead")
    page.get_by_role("button", name="审核通过").click()
    page.wait_for_load_state("load")
    enter("statistician")
    page.get_by_role("button", name="验收入库").click()
    page.get_by_text("已验收，数已入库").wait_for()
    look(page, "return-accepted", shot)
    page.get_by_role("link", name="211.22 %").click()
    page.wait_for_url("**/figures/values/*/")
    assert "应到人数为停工前在册数" in page.inner_text("main")
    page.goto(f"{live_server.url}/returns/board/")
    look(page, "returns-board", shot)
    page.set_viewport_size({"width": 390, "height": 800})
    look(page, "returns-board-phone", shot)
