"""Which files are refused before anything is parsed: broken, encrypted, old, too large when unpacked, or with formulas.

Sizes are checked where the file declares them, then while it is unpacked: a file that lies is a broken file to `zipfile`.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from songda.kernel.errors import Invalid, TooMany
from songda.kernel.words import gettext as _

LARGEST_FILE = 60 * 1024 * 1024
LARGEST_UNPACKED = 600 * 1024 * 1024
MOST_CELLS = 10_000_000
MOST_COLUMNS = 300
MOST_ROWS = 300_000
BLOCK = 1 << 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TAG = re.compile(rb"<(?:[\w.-]+:)?(dimension|row|c)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_PLACE = re.compile(rb"\b(?:r|ref)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ONE_PLACE = re.compile(rb"([A-Z]{0,4})([1-9]\d{0,8})?")
_FORMULA = re.compile(rb'(?:\br="([A-Z]+\d+)"[^>]*>\s*)?<(?:[\w.-]+:)?f[\s>/]')
_OVERLAP = 400  # bytes kept before the last mark of a block, so that a cell cut in two is still seen


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of table a file holds."""

    suffix: str


def checked(path: Path) -> Kind:
    """The kind of a file that may be read; Invalid or TooMany, with what to do, for one that may not."""
    if path.stat().st_size > LARGEST_FILE:
        raise TooMany(_("文件超过%(n)dMB。") % {"n": LARGEST_FILE >> 20}, advice=_("请按街道拆分后分别上传。"))
    head = path.read_bytes()[:8]
    if head == OLE:
        raise _refused_ole(path)
    if head[:2] == b"PK":
        _check_workbook(path)
        return Kind(".xlsx")
    if not head or b"\0" in path.read_bytes():
        raise Invalid(_("文件为空或已损坏，无法读取。"), advice=_("请上传 .xlsx 或 .csv 文件。"))
    return Kind(".csv")


def _refused_ole(path: Path) -> Invalid:
    if ENCRYPTED in path.read_bytes():
        return Invalid(_("文件已加密，无法读取。"), advice=_("请取消打开密码后重新保存上传。"))
    return Invalid(_("这是旧版 .xls 或其他格式的文件。"), advice=_("请另存为 .xlsx 后上传。"))


def _check_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            if unpacked > LARGEST_UNPACKED:
                raise TooMany(
                    _("文件解压后达%(n)dMB，超过上限。") % {"n": unpacked >> 20}, advice=_("请删除空白区域和图片，或拆分后上传。")
                )
            sheets = [part for part in parts.infolist() if _is_sheet(parts, part)]
            if not sheets:
                raise Invalid(_("压缩包内没有工作表，不是 Excel 工作簿。"), advice=_("请上传 .xlsx 或 .csv 文件。"))
            for sheet in sheets:
                _check_sheet(parts, sheet)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as cause:
        raise Invalid(_("文件已损坏，无法读取。"), advice=_("请用表格软件打开并重新保存后上传。")) from cause


def _is_sheet(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part is a sheet by its place, or by what is in it: a workbook may keep its sheets anywhere."""
    if part.filename.lower().startswith("xl/worksheets/sheet"):
        return True
    return any(b"sheetData" in block for block in _blocks(parts, part))


def _check_sheet(parts: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> None:
    """The declared extent, the true one and the formulas, block by block. What is not written as office programs write it is refused:
    readers reserve memory by what these marks say.
    """
    cells = 0
    for block in _blocks(parts, sheet):
        for name, inside in _TAG.findall(block):
            cells += name == b"c"
            _check_place(name, inside)
        if cells > MOST_CELLS:
            check_extent(1, cells)
        formula = _FORMULA.search(block)
        if formula:
            raise Invalid(
                _("单元格 %(cell)s 含有公式。") % {"cell": (formula.group(1) or b"").decode()},
                advice=_("请全选复制，以“选择性粘贴—数值”粘贴后再上传。"),
            )


def _check_place(name: bytes, inside: bytes) -> None:
    """Where a cell, a row or the whole table says it lies."""
    said = _PLACE.search(inside)
    if said is None:
        return
    ends = (said.group(1) or said.group(2) or b"").split(b":")
    found = [_ONE_PLACE.fullmatch(end) for end in ends]
    whole = [(_column(one.group(1)), int(one.group(2) or 0)) for one in found if one and one.group(2)]
    if len(whole) != len(ends) or len(ends) > 2 or (name != b"row" and not all(column for column, _row in whole)):
        raise Invalid(_("文件已损坏，无法读取。"), advice=_("请用表格软件打开并重新保存后上传。"))
    if whole[0][0] > whole[-1][0] or whole[0][1] > whole[-1][1]:
        raise Invalid(_("文件已损坏，无法读取。"), advice=_("请用表格软件打开并重新保存后上传。"))
    check_extent(*whole[-1])


def check_extent(columns: int, rows: int) -> None:
    """TooMany for a table beyond these limits."""
    if columns > MOST_COLUMNS or rows > MOST_ROWS or columns * rows > MOST_CELLS:
        raise TooMany(
            _("工作表范围达%(rows)d行%(columns)d列，超过上限（%(most_rows)d行、%(most_columns)d列、一千万单元格）。")
            % {"rows": rows, "columns": columns, "most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS},
            advice=_("请删除数据以外的空白行列后重新保存，或拆分上传。"),
        )


def _blocks(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part piece by piece; a mark that is cut in two stands whole in the next piece."""
    kept = b""
    with parts.open(part) as stream:
        while block := stream.read(BLOCK):
            piece = kept + block
            yield piece
            kept = piece[max(0, piece.rfind(b"<") - _OVERLAP) :]
            if len(kept) > BLOCK:
                raise Invalid(_("文件已损坏，无法读取。"), advice=_("请用表格软件打开并重新保存后上传。"))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
