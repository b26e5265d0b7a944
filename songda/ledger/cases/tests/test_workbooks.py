"""Excel out and in: the classic table, nothing taken for a formula; an old ledger goes in whole or comes back."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from songda.kernel import clock
from songda.kernel.errors import NotFound, NotPermitted, TooMany
from songda.ledger.cases import actions, jobs
from songda.ledger.cases.actions import export_ledger
from songda.ledger.cases.models import Case, Export
from songda.ledger.cases.queries import Wanted
from songda.ledger.cases.rules.columns import OUT
from songda.ledger.cases.tests.ground import demand, lay, walk
from songda.registry.people.tests.cast import NOW, enter

HEADINGS = ("序号", "企业名称", "存在问题", "登记时间", "来源", "原编号")


@pytest.fixture
def home(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def sheet(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def old_ledger(path: Path, rows: list[tuple[object, ...]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        page = book.add_worksheet("台账")
        page.write_string(0, 0, "三送一强台账")
        for line, row in enumerate([HEADINGS, *rows], 1):
            for column, cell in enumerate(row):
                page.write_string(line, column, str(cell))
    return path


@pytest.mark.row("SVC-06")
def test_the_classic_table_comes_out_and_a_formula_stays_text(cast, home):
    lay()
    walk(demand(cast, title='=HYPERLINK("http://x")', text="+1-2"), "assign", "take", "progress")
    demand(cast, title="第二件")
    made, small = actions.ask_export("", Wanted(), by=cast.dispatcher, now=NOW)
    assert small
    actions.write_export(made, Wanted(), by=cast.dispatcher, now=NOW)
    rows = sheet(actions.exported_file(made.pk, by=cast.dispatcher))
    assert tuple(rows[0]) == OUT
    assert {row[OUT.index("事项")] for row in rows[1:]} == {'=HYPERLINK("http://x")', "第二件"}
    assert rows[1][OUT.index("企业名称")] == cast.firm.name
    with ZipFile(actions.exported_file(made.pk, by=cast.dispatcher)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    with pytest.raises(NotFound):
        actions.exported_file(made.pk, by=cast.leader)


def test_an_export_holds_what_its_post_sees_and_large_ones_wait_for_the_job(cast, home, monkeypatch):
    lay()
    demand(cast)
    monkeypatch.setattr(export_ledger, "AT_ONCE", 0)
    made, small = actions.ask_export("", Wanted(), by=cast.dispatcher, now=NOW)
    assert not small
    assert jobs.write_exports.func() == 1
    assert jobs.write_exports.func() == 0
    made.refresh_from_db()
    assert (made.rows, bool(made.file)) == (1, True)
    monkeypatch.setattr(export_ledger, "MOST", 0)
    with pytest.raises(TooMany):
        actions.ask_export("", Wanted(), by=cast.dispatcher, now=NOW)
    with pytest.raises(NotPermitted):
        actions.ask_export("", Wanted(), by=cast.street, now=NOW)
    assert Export.objects.count() == 1


def test_an_old_ledger_goes_in_once(cast, home):
    lay()
    rows = [(1, cast.firm.name, "缺口罩", "2020-02-20", "企业提出", "旧-7"), (2, cast.neighbour.name, "缺工人", "", "", "")]
    path = old_ledger(home / "a.xlsx", rows)
    found = actions.import_ledger(path, "demand", by=cast.street, now=NOW)
    assert (found.kept, found.known, found.refused) == (2, 0, [])
    case = Case.objects.get(title="缺口罩")
    assert (case.extra, case.channel, case.origin) == ({"old_number": "旧-7", "old_on": "2020-02-20"}, "ledger", "firm")
    again = actions.import_ledger(path, "demand", by=cast.street, now=NOW)
    assert (again.kept, again.known, Case.objects.count()) == (0, 2, 2)


def test_one_wrong_row_and_nothing_is_written_and_the_workbook_says_why(cast, home, client, settings):
    settings.CLOCK_SHIFT += NOW - clock.now()
    lay()
    rows = [
        (1, cast.firm.name, "缺口罩", "", "", ""),
        (2, cast.other_firm.name, "越区", "", "", ""),
        (3, cast.firm.name, "", "", "天上", ""),
    ]
    path = old_ledger(home / "a.xlsx", rows)
    enter(client, cast.street)
    with path.open("rb") as file:
        answer = client.post("/cases/import/", {"file": file, "kind": "demand"})
    assert (answer.status_code, Case.objects.count()) == (422, 0)
    back = home / "back.xlsx"
    back.write_bytes(b"".join(answer.streaming_content))
    given = sheet(back)
    assert [row[-2] for row in given[1:]] == [
        f"您的范围内没有企业“{cast.other_firm.name}”。请核对名称，或先登记主体。",
        "“事项”为空。",
    ]
    assert [row[-1] for row in given[1:]] == [4, 5]


def test_a_workbook_without_the_headings_is_refused(cast, home, client):
    lay()
    path = home / "b.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    enter(client, cast.street)
    with path.open("rb") as file:
        answer = client.post("/cases/import/", {"file": file, "kind": "demand"})
    assert "企业名称" in answer.content.decode()
    assert Case.objects.count() == 0
