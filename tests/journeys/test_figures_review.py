"""The statistician and a bulletin: handed in as Word, doubted where it is wrong, taken figure by figure with a word to each doubt."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from songda.office.indicators.models import Observation, Reading
from songda.office.indicators.tests.test_readings import TEXT, docx
from songda.registry.people.models import Account
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import PASSWORD, assemble, hire

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def look(page, name, shot):
    page.wait_for_load_state("networkidle")
    shot(name)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.row("SUP-10", "SUP-20")
def test_a_bulletin_is_handed_in_and_judged(page, live_server, sign_in, shot, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cast = assemble()
    statistician = hire(Role.STATISTICIAN, at=cast.zone)
    file = tmp_path / "简报.docx"
    file.write_bytes(docx(TEXT).read())
    sign_in(Account.objects.get(pk=statistician.account_id).username, PASSWORD)
    page.goto(f"{live_server.url}/figures/readings/")
    look(page, "readings-none", shot)
    page.get_by_role("link", name="上传简报").click()
    look(page, "reading-new", shot)
    page.set_input_files("input[name=file]", file)
    page.select_option("select[name=organisation]", str(cast.zone.pk))
    page.fill("input[name=issued_on]", "2020-03-17")
    page.get_by_role("button", name="读取").click()
    page.wait_for_url("**/figures/readings/*/")
    look(page, "reading", shot)
    relations = page.locator(".relations li")
    assert "687份 + 560份 + 226份 + 538份 = 2011份" in relations.first.inner_text() and "不成立" in relations.first.inner_text()
    row = page.locator(".read-row", has=page.locator(".read-value", has_text="211.22%"))
    assert "超过100%" in row.inner_text()
    row.get_by_role("link", name="采用", exact=True).click()
    look(page, "reading-accept", shot)
    page.fill("input[name=scope]", "全区建设工程")
    page.fill("textarea[name=note]", "已核实：应复工人数为节前数，未含新进场工人。")
    page.locator("main").get_by_role("button", name="采用").click()
    page.wait_for_url("**/figures/readings/*/*")
    assert "已采用" in row.inner_text()
    people = page.locator(".read-row", has_text="百人")
    people.get_by_role("checkbox").check()
    page.get_by_role("button", name="不采用所选").click()
    page.select_option("select[name=reason]", "rhetorical")
    page.locator("main").get_by_role("button", name="不采用").click()
    page.wait_for_url("**/figures/readings/*/*")
    seen = Observation.objects.get()
    assert (seen.value, seen.scope, seen.as_of) == (21122, "全区建设工程", "2020-03-16")
    states = dict(Reading.objects.get().figures.values_list("value", "state"))
    assert (states["211.22"], states["100"], states["2100"]) == ("accepted", "rejected", "open")
    page.set_viewport_size({"width": 390, "height": 800})
    look(page, "reading-phone", shot)
