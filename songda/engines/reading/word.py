"""Reading .docx 读取 Word 文档: paragraphs and table cells in order, with a guard against zip bombs before parsing."""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from songda.engines.reading.errors import ReadingError

MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
MOST_PARTS = 5000
_BODY = "word/document.xml"
_RESAVE = "请在 Word 或 WPS 中打开原文件，另存为新的 .docx 后再读入。"


def is_docx(data: bytes) -> bool:
    """Is this zip a Word document?"""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return _BODY in parts.namelist()
    except zipfile.BadZipFile as trouble:
        raise ReadingError("damaged", "文档已损坏，无法打开。", _RESAVE) from trouble


def word_text(data: bytes) -> str:
    """The paragraphs of a Word document, one a line, table rows as lines of cells parted by blanks."""
    _guard(data)
    # Imported only when a Word file is read: python-docx and lxml cost half a second.
    docx = importlib.import_module("docx")
    lxml = importlib.import_module("lxml.etree")
    try:
        document = docx.Document(io.BytesIO(data))
        return "\n".join(_lines(document))
    except (KeyError, ValueError, zipfile.BadZipFile, lxml.XMLSyntaxError, docx.exceptions.PythonDocxError) as trouble:
        raise ReadingError("damaged", "文档结构不完整，无法读取。", _RESAVE) from trouble


def _guard(data: bytes) -> None:
    # Sizes as the archive declares them: nothing is unpacked before this has passed.
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        entries = parts.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReadingError("encrypted", "文档已加密。", "请取消密码后另存，再读入。")
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(data), 1024):
        raise ReadingError("bomb", "文档解压后异常庞大，疑似恶意文件，已拒绝读取。", _RESAVE)


def _lines(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield " ".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
        else:
            yield block.text
