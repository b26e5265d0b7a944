"""Pages open to whom they are for, in a fixed number of queries, and do what their forms say."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from songda.kernel import clock
from songda.ledger.cases.models import Case
from songda.ledger.cases.tests.ground import read
from songda.office.economy import actions
from songda.office.economy.actions import NewEntry
from songda.office.economy.models import Target
from songda.office.economy.rules.target_table import HEADINGS
from songda.office.economy.tests.ground import OUTPUT, PAPER, prove_all, target, value
from songda.registry.actors import system
from songda.registry.codes import packs as codes
from songda.registry.people.tests.cast import NOW, enter


@pytest.fixture(autouse=True)
def today(settings):
    settings.CLOCK_SHIFT += NOW - clock.now()


@pytest.fixture
def six(db):
    codes.load([read("dictionaries/six-stabilities.yaml")], by=system(), now=NOW)


@pytest.mark.row("CNF-05")
def test_the_year_and_a_target_show_every_number_and_what_is_late(cast, statistician, client):
    one = target(cast.zone, "1200", statistician)
    first = value(cast.zone, OUTPUT, dt.date(2020, 1, 31), "180.5", statistician, since=dt.date(2020, 1, 1))
    page = enter(client, statistician).get("/economy/").text
    assert all(text in page for text in ("规上工业总产值", "1,200.0", "180.5", "15.04%", "1月数据迟报", "进度正常"))
    page = client.get(f"/economy/targets/{one.pk}/").text
    assert all(text in page for text in ("落后线", "31 ÷ 366", "× 0.95", f"/figures/values/{first.pk}/", PAPER, "调整目标"))
    page = enter(client, cast.leader).get(f"/economy/targets/{one.pk}/").text
    assert "调整目标" not in page


def test_targets_are_set_changed_and_taken_in_on_pages(cast, statistician, client):
    enter(client, statistician)
    told = {
        "code": OUTPUT,
        "organisation": cast.zone.pk,
        "year": 2020,
        "number": "1,200",
        "source": PAPER,
        "pace": "",
        "reason": "",
    }
    assert client.post("/economy/targets/new/", told).status_code == 302
    one = Target.objects.get()
    change = {"number": "1100", "source": PAPER, "reason": "调整计划"}
    assert client.post(f"/economy/targets/{one.pk}/change/", change).status_code == 302
    assert "第2版" in client.get(f"/economy/targets/{Target.objects.get(version=2).pk}/").text
    assert "请写明原因" in client.post("/economy/targets/new/", {**told, "number": "9"}).text
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/economy/targets/template/").content))
    assert tuple(sheet.get_sheet_by_index(0).to_python()[0]) == HEADINGS
    rows = [",".join(HEADINGS), f"进出口总额,zone-a,2020,12,万元,,{PAPER},", f"没有的,zone-a,2020,12,,,{PAPER},"]
    for upto, status, text in ((2, 200, "登记 1 个目标"), (3, 400, "")):
        file = SimpleUploadedFile("目标.csv", "\n".join(rows[:upto]).encode())
        answer = client.post("/economy/targets/import/", {"file": file})
        assert (answer.status_code, text in (answer.text if status == 200 else "")) == (status, True)


@pytest.mark.row("CMD-32")
def test_the_six_are_all_on_the_board_and_numbers_open(cast, statistician, six, client):
    one = value(cast.zone, "insured-headcount", dt.date(2020, 3, 1), "900", statistician)
    page = enter(client, cast.leader).get("/economy/six/?unit=zone-a").text
    assert all(name in page for name in ("稳就业", "稳金融", "稳外贸", "稳外资", "稳投资", "稳预期"))
    assert f"/figures/values/{one.pk}/" in page
    assert page.count("暂无数据") >= 5
    assert enter(client, statistician).get("/economy/six/").status_code == 200


@pytest.mark.row("CMD-25")
def test_an_entry_goes_from_the_list_to_the_register_on_pages(cast, statistician, project, client):
    enter(client, cast.street)
    assert client.get("/economy/register/waiting/").status_code == 200
    assert client.post("/economy/register/new/", {"subject": "P0001", "text": "已开工"}).status_code == 302
    case = Case.objects.get()
    page = client.get(f"/economy/register/{case.pk}/").text
    assert all(text in page for text in ("开工证明", "还没有材料", "补材料", "完成投资凭据"))
    file = SimpleUploadedFile("permit.txt", "施工许可证".encode(), "text/plain")
    told = {"condition": "permit", "attached": file, "evidence_kind": "record", "evidence_key": "k1", "note": "", "amount": ""}
    assert client.post(f"/economy/register/{case.pk}/prove/", told).status_code == 302
    assert "入库条件未落实" in client.post(f"/economy/register/{case.pk}/report/", {"note": "申报"}).text
    prove_all(case, cast.street, leave_out=("permit",))
    assert client.post(f"/economy/register/{case.pk}/report/", {"note": "申报"}).status_code == 302
    enter(client, cast.dispatcher)
    assert "核准入库" in client.get(f"/economy/register/{case.pk}/").text
    accept = f"/economy/register/{case.pk}/accept/"
    assert "不能晚于本月" in client.post(accept, {"month": "2020-05", "note": "核准"}).text
    assert client.post(accept, {"month": "2020-03", "note": "核准"}).status_code == 302
    assert "2020-03" in client.get("/economy/register/?state=verified").text


def test_strangers_are_refused_and_lists_cost_the_same_with_many_rows(cast, statistician, project, client):
    one, case = target(cast.zone, "12", statistician), actions.apply_for_entry(NewEntry(project.pk), by=cast.street, now=NOW)
    enter(client, cast.stranger)
    assert [client.get(f"/economy/{path}").status_code for path in ("", f"targets/{one.pk}/", f"register/{case.pk}/")] == [
        403,
        403,
        404,
    ]
    enter(client, statistician).get("/economy/")  # puts the session off, once a minute
    before = [queries_of(client, path) for path in ("/economy/", "/economy/register/")]
    for code in ("investment-completed", "foreign-trade-volume"):
        target(cast.street_office, "7", statistician, code=code)
    actions.apply_for_entry(NewEntry(cast.firm.pk), by=cast.street, now=NOW)
    assert [queries_of(client, path) for path in ("/economy/", "/economy/register/")] == before
    assert max(before) <= 14


def queries_of(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
