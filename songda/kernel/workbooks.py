"""Workbooks 工作簿 that we give out: text stays text, whatever it begins with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Any, Final

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _
from xlsxwriter.exceptions import FileCreateError

from songda.kernel import clock

PLAIN: Final[Mapping[str, Any]] = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of every workbook: nothing in a file of ours is ever taken for a formula, a link or a number."""
STREAMED: Final[Mapping[str, Any]] = {**PLAIN, "constant_memory": True}
"""The same for long tables, written row by row."""
HEAD: Final[Mapping[str, Any]] = {"bold": True, "bg_color": "#E8EEF7"}
"""How a row of headings looks."""


STAMP: Final = {
    "width": 240,
    "height": 34,
    "object_position": 3,
    "font": {"bold": True, "size": 14, "color": "#C92A2A"},
    "line": {"color": "#C92A2A", "width": 1.5},
    "align": {"vertical": "middle", "horizontal": "center"},
}


@contextmanager
def workbook(target: IO[bytes] | str, options: Mapping[str, Any]) -> Iterator[xlsxwriter.Workbook]:
    """A workbook to be written: every one of ours begins here. In a demonstration each sheet bears a stamp, beside the cells, so that
    what reads them again is not disturbed, and at the head of each printed page.
    """
    try:
        with xlsxwriter.Workbook(target, dict(options)) as book:
            yield book
            if settings.DEMONSTRATION:
                for sheet in book.worksheets():
                    stamp(sheet)
    except FileCreateError as error:
        raise error.args[0] from error  # what the disk said: a full one is told from other faults


def stamp(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    """演示数据 on a sheet, right of its last column."""
    sheet.set_tab_color("#C92A2A")
    sheet.set_header("&C&14&KC92A2A" + _("示例／演示数据"))
    sheet.insert_textbox(0, (sheet.dim_colmax or 0) + 1, _("示例／演示数据"), dict(STAMP))


def write_refused(stream: IO[bytes], headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str], str]]) -> None:
    """Rows of a file that were refused: (number in the file, cells, why), under the file's own headings, to be mended and sent again."""
    with workbook(stream, STREAMED) as book:
        sheet, red = book.add_worksheet(_("退回")), book.add_format({"font_color": "#C92A2A"})
        for column, title in enumerate([*headings, _("错误说明"), _("原行号")]):
            sheet.write_string(0, column, title)
        for line, (number, cells, why) in enumerate(rows, 1):
            for column in range(len(headings)):
                sheet.write_string(line, column, cells[column] if column < len(cells) else "")
            sheet.write_string(line, len(headings), why, red)
            sheet.write_number(line, len(headings) + 1, number)


def moment(at: dt.datetime | None) -> str:
    """A local moment to the minute; empty for none."""
    return at.astimezone(clock.place()).strftime("%Y-%m-%d %H:%M") if at else ""
