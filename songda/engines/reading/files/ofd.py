"""Reading OFD 读取版式文件 (GB/T 33190): text objects with their places, in the order of the pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from songda.engines.reading.errors import ReadingError
from songda.engines.reading.files.package import Package, child, local, value
from songda.engines.reading.files.page_lines import Piece, printed_lines
from songda.engines.reading.files.paragraphs import paragraphs
from songda.engines.reading.files.running_heads import PageSize
from songda.engines.reading.limits import MOST_PAGES

_A4 = PageSize(210.0, 297.0)  # millimetres
_RESAVE = "请在版式阅读器中另存为 .docx 或文本文件后再读入。"


def ofd_text(package: Package) -> tuple[str, tuple[str, ...]]:
    """The paragraphs of an OFD file, one a line; and which pages have no text."""
    pages: list[list[Piece]] = []
    sizes: list[PageSize] = []
    for name, size in _pages(package):
        root = package.xml(name)
        sizes.append(_size(child(root, "Area")) or size)
        pages.append(list(_pieces(root, len(pages))) if root is not None else [])
    if not any(pages):
        raise ReadingError("scan", "版式文件中没有文字，可能是扫描图片。", "请先做文字识别（OCR）并人工核对，再读入文字。")
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page]
    notes = (f"第 {'、'.join(empty)} 页没有文字，未读出，请核对原文件。",) if empty else ()
    return "\n".join(paragraphs([printed_lines(page) for page in pages], sizes)), notes


def _pages(package: Package) -> Iterator[tuple[str, PageSize]]:
    """The content part of each page and the size of the document's pages."""
    body = child(package.xml("OFD.xml"), "DocBody", "DocRoot")
    start = (body.text or "").strip().lstrip("/") if body is not None else ""
    root = package.xml(start)
    listed = child(root, "Pages")
    if listed is None:
        raise ReadingError("damaged", "版式文件结构不完整，无法读取。", _RESAVE)
    if len(listed) > MOST_PAGES:
        raise ReadingError("too_long", f"版式文件有 {len(listed)} 页，超过 {MOST_PAGES} 页上限。", "请拆分后再读入。")
    size = _size(child(root, "CommonData", "PageArea")) or _A4
    for page in listed:
        place = value(page, "BaseLoc")
        yield (
            place.lstrip("/") if place.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(start), place)),
            size,
        )


def _pieces(root: Any, page: int) -> Iterator[Piece]:
    for text in root.iter():
        if not isinstance(text.tag, str) or local(text) != "TextObject":
            continue
        left, top, _width, _height = _numbers(value(text, "Boundary"), 4)
        (size,) = _numbers(value(text, "Size"), 1)
        for code in text:
            said = (code.text or "").strip("\r\n") if local(code) == "TextCode" else ""
            if said.strip():
                across, down = _numbers(value(code, "X"), 1)[0], _numbers(value(code, "Y"), 1)[0]
                yield _piece(page, left + across, top + down, size, said)


def _piece(page: int, left: float, down: float, size: float, said: str) -> Piece:
    width = sum(0.5 if sign.isascii() else 1.0 for sign in said) * size
    return Piece(page, left, left + width, down, max(size, 0.1), said)


def _size(area: Any | None) -> PageSize | None:
    box = child(area, "PhysicalBox")
    if box is None or not box.text:
        return None
    _left, _top, width, height = _numbers(box.text, 4)
    return PageSize(width, height) if width > 0 and height > 0 else None


def _numbers(said: str, count: int) -> tuple[float, ...]:
    """The first `count` numbers of an attribute, nought where one is missing or none."""
    found: list[float] = []
    for word in said.split()[:count]:
        try:
            found.append(max(-1e6, min(1e6, float(word))))
        except ValueError:
            found.append(0.0)
    return (*found, *[0.0] * (count - len(found)))
