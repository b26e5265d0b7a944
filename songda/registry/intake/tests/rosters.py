"""Rosters to take in: a good workbook, and files that are wrong in one way each."""

from __future__ import annotations

import csv
import datetime as dt
import random
from pathlib import Path

import xlsxwriter

from songda.registry.subjects.rules import uscc

AS_OF = dt.date(2020, 3, 1)
HEADINGS = ["统一社会信用代码", "企业名称", "所属街道", "注册地址", "行业", "用工人数（人）", "营业收入（万元）", "2019年历年营业收入", "成立日期",
            "规模以上", "重点保障企业", "安全生产事故", "奇怪的列"]  # fmt: skip


def code(n: int) -> str:
    """The n-th invented code (99 0100: no real registration area)."""
    return uscc.complete(f"91990100MA{n:06d}")


def row(n: int, **changes) -> list[object]:
    cells = {
        "code": code(n), "name": f"示例{n}号机械有限公司", "home": "", "address": f"示例路{n}号", "industry": "3711", "staff": 30.0 + n,
        "revenue": 1250.5, "year": 500.0, "founded": dt.datetime.combine(dt.date(2010, 5, 1), dt.time()), "above": "是", "list": "", "event": "", "odd": "x",
    }  # fmt: skip
    return list({**cells, **changes}.values())


def workbook(path: Path, rows, headings=HEADINGS, *, above=0, sheet="名册") -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet(sheet)
        page.write_row(above, 0, headings)
        for line, cells in enumerate(rows, above + 1):
            page.write_row(line, 0, cells)
    return path


def csv_file(path: Path, rows, encoding="utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEADINGS, *([text(cell) for cell in cells] for cells in rows)])
    return path


def text(cell: object) -> object:
    return f"{cell:%Y/%m/%d}" if isinstance(cell, dt.date) else cell


def large(path: Path, rows: int, facts: list[str], seed: int = 1) -> Path:
    """`rows` firms with these numeric facts, as a desk would send them."""
    numbers = random.Random(seed)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("名册")
        page.write_row(0, 0, ["统一社会信用代码", "企业名称", *facts])
        for line in range(1, rows + 1):
            page.write_row(line, 0, [code(line), f"示例{line}号机械有限公司", *(numbers.randrange(10**6) / 100 for _ in facts)])
    return path
