"""Papers to print, and what a PDF says of itself."""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from songda.engines.printing import Contents, Form, Heading, PageBreak, Paper, Paragraph, Table, numbered

NASTY = '#import "x"; #read("/etc/passwd") *粗* _斜_ `码` $x^2$ <b>标签</b> & "引号" @引用 \\ // 注 [块] = 题 - 项 + 项 ~ #{1+1}'
LONG = "国" * (28 * 50)


def sample(**given: object) -> Paper:
    """A document of every level, with text that would be markup if anything were."""
    blocks = numbered(
        [
            Contents(depth=4),
            PageBreak(),
            Heading("总体要求", 1),
            Paragraph("为支持企业有序复工复产，制定本措施。"),
            Heading("基本原则", 2),
            Paragraph(NASTY),
            Heading("工作安排", 3),
            Heading("时间节点", 4),
            Table(("项目", "金额（万元）"), tuple((f"{NASTY}{n}", "1,000.00") for n in range(40)), caption="表1　资金安排"),
        ]
    )
    head: dict = {
        "title": "示例市支持企业若干措施",
        "issuer": "示例市人民政府",
        "number": "示例政〔2020〕1号",
        "date": "2020年3月18日",
    }
    return Paper(**(head | {"blocks": tuple(blocks)} | given))


def official(**given: object) -> Paper:
    """The sample with a red masthead and a stamp."""
    return sample(form=Form.DOCUMENT, masthead="示例市人民政府文件", stamp="演示数据", **given)


@dataclass(frozen=True)
class Letter:
    """A character with its box in points from the lower left corner, and its font."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    font: str
    size: float


def letters(page: pypdfium2.PdfPage) -> list[Letter]:
    """The characters of a page that show (the loose box: the whole cell of the letter)."""
    text, found = page.get_textpage(), []
    for index in range(text.count_chars()):
        shown = text.get_text_range(index, 1)
        if shown.strip():
            name = (ctypes.c_char * 200)()
            raw.FPDFText_GetFontInfo(text, index, name, 200, None)
            font = bytes(name).split(b"\0")[0].decode("utf-8", "replace")
            found.append(Letter(shown, *text.get_charbox(index, loose=True), font, raw.FPDFText_GetFontSize(text, index)))
    return found


def lines(page: pypdfium2.PdfPage, *, of: str = "") -> list[list[Letter]]:
    """The characters by line from above, each from the left (`of`: only these characters)."""
    rows: dict[int, list[Letter]] = defaultdict(list)
    for letter in letters(page):
        if not of or letter.text in of:
            rows[round(letter.bottom)].append(letter)
    return [sorted(rows[height], key=lambda one: one.left) for height in sorted(rows, reverse=True)]


def opened(pdf: bytes) -> pypdfium2.PdfDocument:
    """A PDF to be looked at."""
    return pypdfium2.PdfDocument(pdf)


def said(pdf: bytes) -> str:
    """All text of a PDF without blanks."""
    document = opened(pdf)
    return re.sub(r"\s+", "", "".join(page.get_textpage().get_text_range() for page in document))
