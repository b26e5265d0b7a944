"""Reading .docx 读取 Word 文档: paragraphs with their automatic numbers, tables, text boxes and notes, in order.

The parts are read as they are (lxml), so that tracked insertions, hyperlinks, fields and content controls are not lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from songda.engines.reading.errors import ReadingError
from songda.engines.reading.files.cells import row_lines
from songda.engines.reading.files.package import Package, child, local, value
from songda.engines.reading.files.word_numbering import Numbering, numbering_of

_USUAL = "word/document.xml"
# Deleted or moved away, properties, instructions of fields, phonetic guides, copies for old readers.
_UNREAD = frozenset(
    ("del", "moveFrom", "rPr", "pPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr", "delText", "rt", "Fallback", "annotation")
)
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_UNPRINTED = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|TOC)\b", re.IGNORECASE)
_PARTS_LOST = {"altChunk": "嵌入的其他文件", "object": "嵌入的对象"}


def main_part(package: Package) -> str | None:
    """The name of the main part of a Word document, None where the package is another thing."""
    named = package.related("", "officeDocument", _USUAL) if "_rels/.rels" in package.names else _USUAL
    if named in package.names and not named.startswith(("xl/", "ppt/")):
        return named
    return _USUAL if _USUAL in package.names else None


def word_text(package: Package) -> tuple[str, tuple[str, ...]]:
    """The text of a Word document, a paragraph a line, rows of tables as lines; and what a person should know of it."""
    name = main_part(package) or _USUAL
    root = package.xml(name)
    body = child(root, "body")
    if body is None:
        raise ReadingError(
            "damaged", "文档没有正文部分，无法读取。", "请在 Word 或 WPS 中打开原文件，另存为新的 .docx 后再读入。"
        )
    numbers = package.xml(package.related(name, "numbering", "word/numbering.xml"))
    styles = package.xml(package.related(name, "styles", "word/styles.xml")) if numbers is not None else None
    walk = _Walk(numbering_of(numbers, styles))
    lines = list(walk.blocks(body))
    notes = [f"文中有{said}，未读出，请核对原文件。" for said in sorted(walk.lost)]
    for kind, called in (("footnotes", "脚注"), ("endnotes", "尾注")):
        found = _notes_of(package.xml(package.related(name, kind, f"word/{kind}.xml")), walk, walk.cited[kind])
        lines += found
        notes += [f"{called} {len(found)} 处，列在正文之后。"] * bool(found)
    return "\n".join(lines), tuple(notes)


def _notes_of(root: Any | None, walk: _Walk, cited: list[str]) -> list[str]:
    bodies = {value(note, "id"): note for note in root} if root is not None else {}
    said = [" ".join(" ".join(walk.blocks(bodies[one])).split()) for one in cited if one in bodies]
    return [f"注{number}：{text}" for number, text in enumerate(said, start=1) if text]


class _Walk:
    """One pass through the body; counters of lists and open fields go along."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.cited: dict[str, list[str]] = {"footnotes": [], "endnotes": []}
        self.lost: set[str] = set()
        self._fields: list[list[str | bool]] = []  # instruction, whether its result is running
        self._boxes: list[Any] = []

    def blocks(self, holder: Any) -> Iterator[str]:
        """The lines of paragraphs and tables under `holder`, through content controls and tracked insertions."""
        carried = ""  # text of paragraphs whose end was deleted: it runs on into the next
        for element in holder:
            name = local(element)
            if name == "p":
                text = self._paragraph(element)
                if child(element, "pPr", "rPr", "del") is not None:
                    carried += text
                    continue
                yield carried + text
                carried = ""
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    yield from self.blocks(box)
            elif name == "tbl":
                yield from self._table(element)
            elif name in _PARTS_LOST:
                self.lost.add(_PARTS_LOST[name])
            elif name not in _UNREAD and not _is_contents(element):
                yield from self.blocks(element)
        if carried:
            yield carried

    def _table(self, table: Any) -> Iterator[str]:
        for row in _rows(table, "tr"):
            if child(row, "trPr", "del") is None:
                yield from row_lines([list(self.blocks(cell)) for cell in _rows(row, "tc") if not _continued(cell)])

    def _paragraph(self, paragraph: Any) -> str:
        properties = child(paragraph, "pPr")
        text = "".join(self._runs(paragraph)).strip(" ")
        self._fields = [one for one in self._fields if one[1]]  # an instruction that never ended hides no more than its paragraph
        kept = child(properties, "rPr", "del") is None
        label = self.numbering.label(properties) if text or kept else ""
        return label + text if text.strip() else ""

    def _runs(self, holder: Any) -> Iterator[str]:
        for element in holder:
            name = local(element)
            if name in _UNREAD or (name == "r" and _hidden(element)):
                continue
            if name == "txbxContent":
                self._boxes.append(element)
            elif name in ("fldChar", "instrText", "fldSimple"):
                yield from self._field(element, name)
            elif name == "t":
                yield "" if self._silent() else element.text or ""
            else:
                yield "" if self._silent() else self._sign(element, name)
                yield from self._runs(element)

    def _sign(self, element: Any, name: str) -> str:
        if name in _NOTES:
            self.cited[_NOTES[name]].append(value(element, "id"))
        elif name in _PARTS_LOST:
            self.lost.add(_PARTS_LOST[name])
        return _SIGNS.get(name, "") if name != "br" or value(element, "type") in ("", "textWrapping") else ""

    def _field(self, element: Any, name: str) -> Iterator[str]:
        if name == "fldSimple":
            if not _UNPRINTED.match(value(element, "instr")):
                yield from self._runs(element)
        elif name == "instrText":
            if self._fields:
                self._fields[-1][0] = f"{self._fields[-1][0]}{element.text or ''}"
        elif value(element, "fldCharType") == "begin":
            self._fields.append(["", False])
        elif value(element, "fldCharType") == "separate" and self._fields:
            self._fields[-1][1] = True
        elif value(element, "fldCharType") == "end" and self._fields:
            self._fields.pop()

    def _silent(self) -> bool:
        """Inside the instruction of a field, or the result of one that only counts pages or lists contents."""
        return any(not running or _UNPRINTED.match(str(said)) for said, running in self._fields)


def _rows(holder: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, through content controls and insertions."""
    for element in holder:
        if local(element) == name:
            yield element
        elif local(element) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _rows(element, name)


def _continued(cell: Any) -> bool:
    """Is this cell the lower part of one that was begun in a row above?"""
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and value(merge) in ("", "continue")


def _hidden(run: Any) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and value(vanish) not in ("0", "false")


def _is_contents(control: Any) -> bool:
    gallery = child(control, "sdtPr", "docPartObj", "docPartGallery") if local(control) == "sdt" else None
    return gallery is not None and value(gallery) == "Table of Contents"
