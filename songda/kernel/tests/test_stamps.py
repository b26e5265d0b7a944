"""In a demonstration whatever leaves the house says so, on every sheet and page; in a real house nothing does."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest

from songda.engines.printing import PageBreak, Paper, Paragraph
from songda.kernel.prints import to_docx, to_html, to_pdf
from songda.kernel.workbooks import PLAIN, STREAMED, workbook, write_refused

MARK = "演示数据"
PAPER = Paper(title="示例通知", blocks=(Paragraph("第一页"), PageBreak(), Paragraph("第二页")))
SONGDA = Path(__file__).resolve().parents[2]


def book(options) -> bytes:
    stream = io.BytesIO()
    with workbook(stream, {**options, "in_memory": True}) as made:
        for name in ("甲", "乙"):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ["企业", "金额"])
            sheet.write_row(1, 0, ["示例企业", 5])
    return stream.getvalue()


def marks_in(data: bytes) -> int:
    """How many sheets bear the mark beside their cells and at the head of their printed pages."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        drawn = [name for name in archive.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
        shown = sum(MARK in archive.read(name).decode() for name in drawn)
    headed = sum(MARK in (sheet.oddHeader.center.text or "") for sheet in openpyxl.load_workbook(io.BytesIO(data)))
    assert shown == headed
    return shown


def pages_of(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


@pytest.mark.parametrize("options", [PLAIN, STREAMED])
@pytest.mark.parametrize(("demonstration", "marked"), [(True, 2), (False, 0)])
def test_every_sheet_of_a_workbook_is_marked_beside_its_cells(settings, options, demonstration, marked):
    settings.DEMONSTRATION = demonstration
    data = book(options)
    assert marks_in(data) == marked
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["企业", "金额"], ["示例企业", 5]]


def test_returned_rows_are_marked_too(settings):
    settings.DEMONSTRATION = True
    stream = io.BytesIO()
    write_refused(stream, ["姓名"], [(2, ["甲"], "缺少登录名")])
    assert marks_in(stream.getvalue()) == 1


@pytest.mark.parametrize("demonstration", [True, False])
def test_every_page_of_a_paper_is_marked(settings, demonstration):
    settings.DEMONSTRATION = demonstration
    pages = pages_of(to_pdf(PAPER))
    assert len(pages) == 2 and all((MARK in re.sub(r"\s", "", page)) is demonstration for page in pages)
    header = "".join(one.text for one in docx.Document(io.BytesIO(to_docx(PAPER))).sections[0].header.paragraphs)
    assert (MARK in header) is demonstration
    assert (MARK in to_html(PAPER)) is demonstration


def test_a_stamp_that_is_there_stays(settings):
    settings.DEMONSTRATION = True
    assert "作废 演示数据" in to_html(Paper(title="甲", stamp="作废"))
    assert to_html(Paper(title="甲", stamp=MARK)).count(f"{MARK}</p>") == 1


def test_nobody_goes_past_the_stamp():
    """Workbooks are begun, and papers printed, in one place each."""
    past = [
        str(file.relative_to(SONGDA))
        for file in SONGDA.rglob("*.py")
        if "tests" not in file.parts and "engines" not in file.relative_to(SONGDA).parts
        and re.search(r"xlsxwriter\.Workbook\(|engines\.printing import [^\n]*\bto_(pdf|docx|html)\b", file.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert past == ["kernel/workbooks.py"]
