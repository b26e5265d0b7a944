"""Reading a table: the first sheet that has the wanted headings, from the row they stand in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from songda.kernel.errors import Invalid
from songda.kernel.words import gettext as _
from songda.registry.intake.rules import guard, headings

Cell = object  # str, float, bool, date, datetime or time, as calamine gives them; '' where there is nothing
LONGEST_LINE = 1 << 20  # characters of a line of CSV
SEARCHED = 10  # rows at the top in which the headings may stand


@dataclass(frozen=True)
class Table:
    """Headings, the rows below them, and the number of the first of these rows as the file counts."""

    sheet: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    first_row: int


@dataclass
class Imported:
    """What a table came to: rows kept, rows known before, rows refused with their number, their cells and why."""

    headings: Sequence[str]
    kept: int = 0
    known: int = 0
    refused: list[tuple[int, Sequence[str], str]] = field(default_factory=list)


def read(path: Path, wanted: Callable[[Sequence[str]], bool] = headings.identify, hint: str = "") -> Table:
    """The roster in a file, or the table whose headings `wanted` knows (`hint` says which they are). Refusals: see `guard`, and
    Invalid where no sheet has the headings wanted.
    """
    kind = guard.checked(path)
    sheets = _csv(path) if kind.suffix == ".csv" else _workbook(path)
    seen = []
    for name, rows in sheets:
        seen.append(name)
        for place, row in enumerate(rows[:SEARCHED]):
            titles = tuple(text_of(cell) for cell in row)
            if wanted(titles):
                return Table(name, titles, rows[place + 1 :], place + 2)
    raise Invalid(
        _("没有找到名册表头（工作表：%(seen)s）。") % {"seen": "、".join(seen) or _("无")},
        advice=hint or _("前十行内应有一行表头，至少含“统一社会信用代码”（或“本地编号”）和“企业名称”；可下载模板填写。"),
    )


def text_of(cell: Cell) -> str:
    """A cell as text: numbers without a needless .0 and with the fifteen digits that Excel itself keeps, days as 2020-03-17."""
    if isinstance(cell, str):
        return cell.replace("\0", "").strip()  # a workbook may spell it out; no database keeps it
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{cell:.15g}" if abs(cell) < 1e15 else f"{cell:.0f}"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def _workbook(path: Path) -> Iterable[tuple[str, Sequence[Sequence[Cell]]]]:
    broken = Invalid(_("文件已损坏，无法读取。"), advice=_("请用表格软件打开并重新保存后上传。"))
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OverflowError) as cause:
        raise broken from cause
    except BaseException as cause:
        if type(cause).__name__ == "PanicException":  # the reader is written in Rust: where it gives up, it is no Exception
            raise broken from cause
        raise


def _csv(path: Path) -> Iterable[tuple[str, Sequence[Sequence[Cell]]]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield "CSV", list(_rows(text))
        return
    raise Invalid(_("文件编码无法识别。"), advice=_("请另存为 UTF-8 或 GB18030 编码的 CSV，或上传 .xlsx。"))


def _rows(text: str) -> Iterator[list[str]]:
    """The rows of a CSV, any line ends; TooMany as soon as a row or their number is beyond what a workbook may have."""
    lines = csv.reader(_lines(io.StringIO(text, newline=None)))
    try:
        for number, row in enumerate(lines, start=1):
            guard.check_extent(len(row), number)
            yield row
    except csv.Error as cause:
        place = {"n": lines.line_num}
        raise Invalid(_("第%(n)d行附近读不出表格。") % place, advice=_("请检查该行的引号，或另存为 .xlsx 后上传。")) from cause


def _lines(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            raise Invalid(_("第%(n)d行过长，不是表格。") % {"n": number}, advice=_("请用表格软件打开核对，另存为 .xlsx 后上传。"))
        yield line
