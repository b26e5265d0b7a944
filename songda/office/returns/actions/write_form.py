"""The form as a workbook 填报表格: unit, period and version locked in it, only the cells to fill are open; the matrix as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from songda.kernel.workbooks import HEAD, PLAIN, STREAMED, moment, workbook
from songda.office.returns.models import Return
from songda.office.returns.queries.filling import Line
from songda.office.returns.queries.listing import Board
from songda.office.returns.states import RETURN

NUMBER, WHY = 5, 6  # columns of the number and of its explanation
WIDE = {"bg_color": "#FFF9E6", "locked": False, "border": 1, "border_color": "#D9D9D9"}


def headings() -> tuple[str, ...]:
    """The columns behind the first, which bears the return's mark and the key of each line."""
    return _("分类"), _("指标"), _("计量单位"), _("上期"), _("本期"), _("说明")


def mark_of(return_: Return) -> str:
    """Which return, version and declaration a workbook was made for: R12-1-5."""
    return f"R{return_.pk}-{return_.number}-{return_.form_id}"


def write_form(stream: IO[bytes], return_: Return, lines: Sequence[Line]) -> None:
    """The form of a return, with what is there already; a rate that is worked out is greyed and stays closed."""
    with workbook(stream, {**PLAIN, "in_memory": True}) as book:
        sheet, head = book.add_worksheet(_("填报")), book.add_format(dict(HEAD))
        title, still = book.add_format({"bold": True, "font_size": 14}), book.add_format({"font_color": "#666666"})
        sheet.write_string(0, 1, return_.form.label, title)
        facts = (
            (_("填报单位"), return_.organisation.name),
            (_("报告期"), _period(return_)),
            (_("截报时间"), moment(return_.due_at)),
        )
        for row, (name, words) in enumerate(facts, 1):
            sheet.write_string(row, 1, name, still)
            sheet.write_string(row, 2, words)
        sheet.write_string(4, 1, _("只填黄色格；可写 1,234、1.2万、约300。灰色的自动计算。不要增删行列。"), still)
        for column, name in enumerate((mark_of(return_), *headings())):
            sheet.write_string(5, column, name, head)
        _write_lines(book, sheet, lines)
        sheet.set_column(0, 0, None, None, {"hidden": True})
        for column, width in ((1, 12), (2, 30), (3, 10), (4, 14), (NUMBER, 16), (WHY, 40)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(6, 0)
        sheet.protect("", {"format_columns": True})


def _write_lines(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, lines: Sequence[Line]) -> None:
    open_, grey = book.add_format(WIDE), book.add_format({"bg_color": "#EEEEEE"})
    rule = {
        "validate": "decimal", "criteria": ">=", "value": 0, "error_type": "warning", "ignore_blank": True,
        "error_title": _("不是纯数字"), "error_message": _("带“万”“约”等字样的也可以上传，请确认写对。"),
    }  # fmt: skip
    for row, line in enumerate(lines, 6):
        label = f"{line.label}{'*' if line.required else ''}"
        for column, words in enumerate((line.place.key, line.section, label, line.unit, line.shown_before)):
            sheet.write_string(row, column, words)
        sheet.write_string(row, NUMBER, "" if line.derived else line.typed, grey if line.derived else open_)
        sheet.write_string(row, WHY, line.explanation, open_)
        if not line.derived:
            sheet.data_validation(row, NUMBER, row, NUMBER, rule)


def _period(return_: Return) -> str:
    return str(return_.last) if return_.first == return_.last else f"{return_.first} – {return_.last}"


def write_board(stream: IO[bytes], board: Board) -> None:
    """The matrix as shown: a unit a row, a period a column, then expected, on time, late, missing."""
    with workbook(stream, STREAMED) as book:
        sheet, head = book.add_worksheet(_("报送情况")), book.add_format(dict(HEAD))
        tail = (_("应报"), _("按时"), _("迟报"), _("未报"))
        for column, words in enumerate((_("填报单位"), *map(str, board.periods), *tail)):
            sheet.write_string(0, column, words, head)
        for line, row in enumerate(board.rows, 1):
            sheet.write_string(line, 0, row.unit)
            for column, square in enumerate(row.squares, 1):
                late = _("（迟）") if square and square.late else ""
                sheet.write_string(line, column, f"{RETURN.states[square.state]}{late}" if square else "")
            rate = row.rate
            for column, number in enumerate((rate.expected, rate.on_time, rate.late, rate.missing), len(board.periods) + 1):
                sheet.write_number(line, column, number)
