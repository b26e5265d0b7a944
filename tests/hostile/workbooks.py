"""Hostile tables: workbooks by their parts, and CSV. Every function takes its chance and returns the bytes of a file."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache

import xlsxwriter

# The headings of every table that the house reads, by the door it is sent to, so that hostile cells get past the first look.
HEADINGS: dict[str, tuple[str, ...]] = {
    "intake/new/": ("统一社会信用代码", "本地编号", "企业名称", "所属街道", "注册地址", "从业人员（人）"),
    "cases/import/": ("企业名称", "事项", "内容", "登记日期", "办结日期"),
    "policy/receipts/<int:handout_id>/import/": ("编号", "名称", "统一社会信用代码", "签收日期", "签收人职务", "送达方式"),
    "helping/hotlines/import/": ("热线号码", "来电时间", "主叫号码", "结果", "时长"),
    "policy/briefings/<int:briefing_id>/attendance/": ("统一社会信用代码", "企业名称", "到场时间", "离场时间", "人数"),
    "economy/targets/import/": ("指标", "单位代码", "年度", "全年目标", "计量单位", "进度算法", "依据文件", "调整原因"),
    "policy/plans/<int:policy_plan_id>/fill/": (
        "序号",
        "举措",
        "牵头单位",
        "配合单位",
        "完成期限",
        "追加配比",
        "本地参数",
        "本地措施代码",
        "不适用的理由",
    ),
    "resumption/report/import/": ("编号", "名称", "辖区", "复工状态", "应到岗", "到岗", "在册返岗", "超基数原因", "说明"),
}
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", '=HYPERLINK("http://x")', "\t=1", "\r=1", "＝1+1", "=1+1\n")
WORDS = (
    *FORMULAS, "", " ", "\x00", "a\x00b", "\x01\x0b", "示例" * 40_000, "\u202efdp.exe", "😀" * 300, "\ud83d", "'; DROP TABLE x;--", "<script>alert(1)</script>",
    "%s%n%d", "{{ 1 }}", "../../etc/passwd", "1e309", "-1e309", "nan", "inf", "٣٤٥", "²", "①", "１２", "9" * 400, "0x10", "1_000", "2020-02-30",
    "0000-00-00", "9999-12-31", "10000-01-01", "2020-03-10 25:61", "24:00", "-1", "1,000,000,000,000,000,000,000", "true", "#REF!", "　",
    "91410100MA00000000", "D0001", "是", "城市", "\u202e", "\ufeff", "\u2028", "Ⅷ", "零", "〇〇〇〇年〇月〇日",
)  # fmt: skip
NUMBERS = (0, -1, 1e308, -1e308, 5e-324, 2_958_466, -657_435, 2.5e15, 1e22, 43_900.5, 0.1 + 0.2, 2**63, -(2**63) - 1, 2**53 + 1)
Make = Callable[[random.Random], bytes]


def cell(chance: random.Random) -> object:
    """Something for a cell."""
    return chance.choice(WORDS) if chance.random() < 0.75 else chance.choice(NUMBERS)


def headings_for(chance: random.Random, door: str) -> tuple[str, ...]:
    """What a door wants, or what any wants."""
    return HEADINGS.get(door) or chance.choice(list(HEADINGS.values()))


def table(chance: random.Random, door: str = "") -> list[list[object]]:
    """Known headings over hostile rows."""
    headings = list(headings_for(chance, door))
    if chance.random() < 0.2:
        chance.shuffle(headings)
    if chance.random() < 0.1:
        headings.append(headings[0])
    ragged = chance.random() < 0.3
    rows = [
        [cell(chance) for _ in range(chance.randrange(12) if ragged else len(headings))] for _ in range(chance.randrange(1, 30))
    ]
    return [*([["题"]] if chance.random() < 0.2 else []), list(headings), *rows]


def workbook(chance: random.Random, door: str = "") -> bytes:
    """A workbook that can be read, with cells that cannot be believed."""
    return _written(table(chance, door))


def _written(rows: list[list[object]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(y, x, value.encode("utf-8", "replace").decode()[:32_000])
                else:
                    sheet.write_number(y, x, value)
    return stream.getvalue()


@cache
def _parts() -> dict[str, bytes]:
    plain = _written([list(HEADINGS["intake/new/"]), ["", "D0001", "示例精密机械有限公司", "甲一街道", "", 3]])
    with zipfile.ZipFile(io.BytesIO(plain)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (str(n - 1).encode() if n > 1 else b"") * 10) for n in range(1, 10))
    + b"]>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://127.0.0.1:9/">]>'


def sheet_of(body: bytes, head: bytes = HEAD) -> bytes:
    """A workbook whose sheet is this."""
    return packed({**_parts(), SHEET: head + body + b"</worksheet>"})


def endless_rows(chance: random.Random) -> bytes:
    """A million empty rows, or rows far away."""
    if chance.random() < 0.5:
        return sheet_of(
            b"<sheetData>" + b"".join(b'<row r="%d"/>' % n for n in range(1, 1_000_001, chance.choice((1, 7)))) + b"</sheetData>"
        )
    return sheet_of(b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def huge_extent(chance: random.Random) -> bytes:
    """A dimension that is not true, or cells without places."""
    said = chance.choice((b"A1:XFD1048576", b"A1:A99999999999", b"A1:ZZZZZZ9", b"B2:A1", b"", b"A0:A0", b"1:1", b"A1:XFD5"))
    place = chance.choice((b"XFD300001", b"A0", b"", b"A99999999999999999999", b"ZZZZ1", b"C3"))
    return sheet_of(b'<dimension ref="%s"/><sheetData><row r="3"><c r="%s"><v>1</v></c></row></sheetData>' % (said, place))


def unplaced_cells(_chance: random.Random) -> bytes:
    """Many cells that do not say where they stand: nothing declares how many there are."""
    return sheet_of(b"<sheetData>" + b"<row>" + b"<c/>" * 400_000 + b"</row></sheetData>")


def entities(chance: random.Random) -> bytes:
    """Entities that grow, or look outside, in one of the parts."""
    name = chance.choice((SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml", "docProps/core.xml"))
    doctype, said = chance.choice(((BOMB, b"&a9;"), (OUTSIDE, b"&x;"), (OUTSIDE, b"&y;")))
    body = _parts().get(name, b"<r/>").partition(b"?>")[2].replace(b"</", said + b"</", 1)
    return packed({**_parts(), name: doctype + body})


def odd_parts(chance: random.Random) -> bytes:
    """Parts missing, doubled, misnamed, or pointing nowhere and everywhere."""
    parts = dict(_parts())
    for name in chance.sample(sorted(parts), chance.randrange(1, 4)):
        act = chance.randrange(4)
        data = parts.pop(name)
        if act == 1:
            parts[name] = b""
        elif act == 2:
            parts[chance.choice(("../../" + name, "/etc/passwd", "C:\\x", name.upper(), "a\x00b", "x" * 5_000))] = data
        elif act == 3:
            parts[name] = data[: chance.randrange(len(data))]
    return packed(parts)


def formula_cells(chance: random.Random) -> bytes:
    """Formulas, links outside, macros and objects."""
    extra = {
        "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns:r="r"><externalBook r:id="rId1"/></externalLink>',
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + chance.randbytes(200),
        "xl/embeddings/oleObject1.bin": chance.randbytes(300),
    }
    formula = chance.choice((b"<f>1+1</f>", b"<f>cmd|'/C calc'!A0</f><v>1</v>", b'<f t="shared" ref="A1:A9" si="0"/>', b"<f/>"))
    body = b'<sheetData><row r="1"><c r="A1">%s</c></row></sheetData>' % formula
    return packed({**_parts(), **dict([chance.choice(list(extra.items()))]), SHEET: HEAD + body + b"</worksheet>"})


def odd_cells(chance: random.Random, door: str = "") -> bytes:
    """Cells whose kind and value do not fit: strings that are not there, days that are none, errors."""
    kinds = (b"s", b"str", b"b", b"e", b"d", b"n", b"inlineStr", b"x", b"")
    values = (
        b"999999999",
        b"-1",
        b"1e999",
        b"abc",
        b"",
        b"2958466",
        b"-9e9",
        b"2020-13-45",
        b"NaN",
        b"\xff\xfe",
        b"9" * 300,
        b"&#0;",
        b"&#1;",
    )
    cells = b"".join(
        b'<c r="%s%d" t="%s" s="%d"><v>%s</v></c>' % (letter, row, chance.choice(kinds), chance.choice((0, 0, 1, 99)), chance.choice(values))
        for row in range(2, 12) for letter in (b"A", b"B", b"C", b"D", b"E", b"F")
    )  # fmt: skip
    names = b"".join(
        b'<c r="%c1" t="str"><v>%s</v></c>' % (65 + at, one.encode()) for at, one in enumerate(headings_for(chance, door))
    )
    return sheet_of(b'<sheetData><row r="1">%s</row>%s</sheetData>' % (names, cells))


def encrypted(chance: random.Random) -> bytes:
    """What office programs write for a file with a password, and other files of that family."""
    name = "EncryptedPackage".encode("utf-16-le") if chance.random() < 0.5 else b""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + chance.randbytes(500) + name + chance.randbytes(500)


def comma_table(chance: random.Random, door: str = "") -> bytes:
    """CSV in any coding, quoted wrongly or not at all."""
    coding = chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32", "big5", "shift_jis", "latin-1"))
    mark, separator = chance.choice(('"', "", "'")), chance.choice((",", ",", ";", "\t", "|"))
    lines = [separator.join(f"{mark}{value}{mark}" for value in row) for row in table(chance, door)]
    data = chance.choice(("\n", "\r\n", "\r")).join(lines).encode(coding, "replace")
    if chance.random() < 0.2:
        at = chance.randrange(len(data))
        data = data[:at] + chance.choice((b"\x00", b"\xff\xfe", b'"', b"\x1a")) + data[at:]
    return data


def one_long_line(chance: random.Random) -> bytes:
    """One line without an end, one field without an end, or nothing but separators. (At most 60 MB are taken.)"""
    head = ",".join(chance.choice(list(HEADINGS.values()))).encode() + b"\n"
    size = chance.choice((2, 5, 20)) << 20
    return head + chance.choice(
        (b"a" * size, b'"' + b"a" * size, b"," * size, b"\n" * size, b'""' * (size // 2), b"a,b\n" * 30_000)
    )


MADE: dict[str, Make] = {
    one.__name__: one
    for one in (
        workbook, endless_rows, huge_extent, unplaced_cells, entities, odd_parts, formula_cells, odd_cells, encrypted, comma_table,
        one_long_line,
    )
}  # fmt: skip
OF_A_TABLE = {"workbook": workbook, "comma_table": comma_table, "odd_cells": odd_cells}
