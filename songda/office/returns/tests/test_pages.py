"""Pages and workbooks of returns."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from songda.kernel import clock
from songda.kernel.errors import Conflict
from songda.office.returns import actions, queries
from songda.office.returns.actions import Said
from songda.office.returns.actions.take_workbook import take_workbook
from songda.office.returns.models import Return, Violation
from songda.office.returns.tests.ground import GOOD, MONDAY
from songda.registry.people.tests.cast import enter


@pytest.fixture
def at_ten(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def sheet_of(ground):
    """The form as downloaded: rows of cells."""
    stream = io.BytesIO()
    one = Return.objects.get(pk=ground.one.pk)
    actions.write_form(stream, one, queries.lines_of(one, queries.entries_of(one)))
    return CalamineWorkbook.from_filelike(io.BytesIO(stream.getvalue())).get_sheet_by_index(0).to_python(skip_empty_area=False)


def filled(rows, said, path):
    """The same table with numbers in its fifth column, as a file."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(line, column, said[cells[0]] if column == 5 and cells[0] in said else cell)
    return path


def test_a_workbook_goes_down_and_comes_back_filled(ground, tmp_path):
    rows = sheet_of(ground)
    assert rows[5][0] == f"R{ground.one.pk}-0-{ground.one.form_id}"
    assert ("甲区科工信局" in rows[1][2], "2020-03-09" in rows[2][2]) == (True, True)
    path = filled(rows, {"checked": 20, "sound": 18, "mending": "２", "due": "1,000", "present": "约0.09万"}, tmp_path / "a.xlsx")
    taken = take_workbook(ground.one.pk, path, by=ground.desk, now=MONDAY)
    assert not taken.refused
    lines = {line.place.code: line.shown for line in queries.lines_of(taken.version.of_return, list(taken.version.entries.all()))}
    assert (lines["mending"], lines["present"], lines["rate"]) == ("2", "约900", "约90")


def test_wrong_rows_come_back_and_nothing_is_half_written(ground, tmp_path):
    rows = sheet_of(ground)
    wrong = filled(rows, {"checked": "许多", "sound": 18}, tmp_path / "b.xlsx")
    taken = take_workbook(ground.one.pk, wrong, by=ground.desk, now=MONDAY)
    assert [(number, "许多" in why) for number, _cells, why in taken.refused] == [(7, True)]
    assert Return.objects.get(pk=ground.one.pk).number == 0
    strange = filled([*rows, ["alien", "", "", "", "", "5", ""]], {}, tmp_path / "c.xlsx")
    assert take_workbook(ground.one.pk, strange, by=ground.desk, now=MONDAY).refused


def test_a_workbook_of_another_version_is_refused(ground, tmp_path):
    path = filled(sheet_of(ground), {"checked": 1}, tmp_path / "d.xlsx")
    actions.save_draft(ground.one.pk, GOOD, by=ground.desk, now=MONDAY)
    with pytest.raises(Conflict):
        take_workbook(ground.one.pk, path, by=ground.desk, now=MONDAY)


def test_from_the_page_to_the_store(ground, client, at_ten):
    address = f"/returns/{ground.one.pk}/"
    desk = enter(client, ground.desk)
    assert "待报" in desk.get("/returns/").content.decode()
    wrong = desk.post(f"{address}fill/", {"n-checked": "很多"}).content.decode()
    assert "不是数" in wrong
    over = {"n-checked": "20", "n-sound": "18", "n-mending": "2", "n-due": "８０８４", "n-present": "1.7075万"}
    assert desk.post(f"{address}fill/", over, follow=True).status_code == 200
    page = desk.get(f"{address}fill/").content.decode()
    assert ("读作 17,075" in page, "211.22" in page, "超过100%" in page) == (True, True, True)
    desk.post(f"{address}fill/", {**over, "submit": "yes"})
    enter(client, ground.lead).post(f"{address}approve/")
    enter(client, ground.statistician).post(f"{address}accept/")
    assert Return.objects.get(pk=ground.one.pk).state == "accepted"
    shown = client.get(address).content.decode()
    assert ("已验收" in shown, "/figures/values/" in shown, "原填 1.7075万" in shown) == (True, True, True)
    assert "比率超过100%" in client.get("/returns/violations/?sort=over_100&state=open").content.decode()
    violation = Violation.objects.get()
    told = {"text": "分母过时", "cause": "denominator"}
    enter(client, ground.lead).post(f"/returns/violations/{violation.pk}/explain/", told)
    assert "分母过时" in client.get(f"/returns/violations/{violation.pk}/").content.decode()


def test_upload_answers_with_the_wrong_rows(ground, client, at_ten, tmp_path):
    desk = enter(client, ground.desk)
    path = filled(sheet_of(ground), {"checked": "许多"}, tmp_path / "e.xlsx")
    answer = desk.post(f"/returns/{ground.one.pk}/upload/", {"file": SimpleUploadedFile("e.xlsx", path.read_bytes())})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="refused.xlsx"'
    (row,) = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()[1:]
    assert "许多" in row[-2]
    good = filled(sheet_of(ground), {"checked": 20}, tmp_path / "f.xlsx")
    answer = desk.post(f"/returns/{ground.one.pk}/upload/", {"file": SimpleUploadedFile("f.xlsx", good.read_bytes())})
    assert (answer.status_code, answer.url) == (302, f"/returns/{ground.one.pk}/fill/")
    assert desk.get(f"/returns/{ground.one.pk}/workbook/").status_code == 200


def test_lists_and_the_matrix_cost_the_same_however_many(ground, client, at_ten, django_assert_max_num_queries):
    for one in Return.objects.order_by("last")[:2]:
        ground.fill(GOOD | {"present": Said("1")}, of=one)
    statistician = enter(client, ground.statistician)
    for address, most in (("/returns/?view=all", 12), ("/returns/board/", 12), ("/returns/violations/", 12)):
        with django_assert_max_num_queries(most):
            assert statistician.get(address).status_code == 200
    with django_assert_max_num_queries(20):
        statistician.get(f"/returns/{ground.one.pk}/")
    desk = enter(client, ground.desk)
    with django_assert_max_num_queries(20):
        desk.get(f"/returns/{ground.one.pk}/fill/")
    board = enter(client, ground.statistician).get("/returns/board/").content.decode()
    assert ("甲开发区 甲区科工信局" in board, "按时率" in board) == (True, True)
    assert client.get("/returns/board/table/?form=daily").status_code == 200
    assert client.get("/returns/board/table/?form=none").status_code == 404
