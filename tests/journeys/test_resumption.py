"""A street's clerk and two dispatchers: a day reported on the page and by workbook; a firm stopped, and let go by the other."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from songda.kernel import clock
from songda.office.resumption.models import Lamp, StopOrder
from songda.office.resumption.tests.ground import lay
from songda.registry.facts.queries import facts_of
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


def name_of(actor):
    return Account.objects.get(pk=actor.account_id).username


@pytest.mark.row("CMD-15")
@pytest.mark.row("CMD-29")
def test_a_day_is_reported_and_a_firm_stopped(page, live_server, sign_in, shot, tmp_path):
    cast = assemble()
    lay()
    other, today = hire(Role.DISPATCHER, at=cast.zone), clock.day_of(clock.now())
    key, home = cast.firm.pk, f"{live_server.url}/resumption/"
    sign_in(name_of(cast.street), PASSWORD)
    page.goto(f"{home}report/")
    look(page, "resumption-report", shot)
    page.select_option(f"select[name=state_{key}]", "resumed")
    page.fill(f"input[name=due_{key}]", "50")
    page.fill(f"input[name=present_{key}]", "60")
    page.get_by_role("button", name="提交日报").click()
    assert "多于应到岗" in page.locator("tr", has_text=cast.firm.name).inner_text()
    page.select_option(f"select[name=cause_{key}]", "hiring")
    page.fill(f"input[name=text_{key}]", "新开一条线")
    page.get_by_role("button", name="提交日报").click()
    page.get_by_text("已填报 1 户").wait_for()
    with page.expect_download() as got:
        page.get_by_role("link", name="导出日报表").click()
    got.value.save_as(tmp_path / "sheet.xlsx")
    page.get_by_role("link", name="导入日报表").click()
    page.set_input_files("input[name=file]", tmp_path / "sheet.xlsx")
    page.locator("main").get_by_role("button", name="导入").click()
    page.get_by_text("已填报").wait_for()
    page.goto(f"{home}quality/")
    assert "120%" in page.inner_text("main") and "扩产新招" in page.inner_text("main")
    sign_in(name_of(cast.dispatcher), PASSWORD)
    page.goto(f"{home}subjects/{key}/light/")
    page.select_option("select[name=light]", "red")
    page.fill("textarea[name=why]", "入厂未测温")
    page.locator("main").get_by_role("button", name="设定").click()
    page.wait_for_url(f"**/subjects/{key}/")
    assert facts_of(key, on=today)["resumption"].value == "halted"
    sign_in(name_of(other), PASSWORD)
    page.goto(f"{home}stops/{StopOrder.objects.get().pk}/lift/")
    page.fill("textarea[name=reason]", "复查合格")
    page.locator("main").get_by_role("button", name="解除").click()
    page.wait_for_url(f"**/subjects/{key}/")
    look(page, "resumption-subject", shot)
    assert Lamp.objects.get(until=None).light == "green"
    assert facts_of(key, on=today)["resumption"].value == "resumed"
    page.goto(f"{home}?on={today.isoformat()}")
    look(page, "resumption-board", shot)
    assert "120%" in page.inner_text("main")
