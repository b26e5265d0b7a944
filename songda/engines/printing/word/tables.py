"""Tables of a Word file: the head repeated on every page, no row broken over two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Emu, Length

from songda.engines.printing.paper import Align, Table, Text
from songda.engines.printing.word import styles

_SIDES = {Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER, Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT}


def add_table(word: WordDocument, table: Table, width: Length, line: Callable[..., Any]) -> None:
    """A table of the style Table Grid; `width` over all; `line(text, style, under)` fills a cell."""
    if table.caption:
        line(table.caption, "Caption")
    shares = table.widths or (1,) * table.columns
    made = word.add_table(rows=0, cols=table.columns, style="Table Grid")
    made.autofit = False
    for column, share in zip(made.columns, shares, strict=True):
        column.width = Emu(width * share // sum(shares))
    if table.head:
        _row(made, table.head, (Align.CENTRE,) * table.columns, line)
        made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        _row(made, row, table.aligns or (Align.LEFT,) * table.columns, line)


def _row(made: Any, texts: tuple[Text, ...], aligns: tuple[Align, ...], line: Callable[..., Any]) -> None:
    row = made.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, align in zip(row.cells, texts, aligns, strict=True):
        paragraph = line(text, styles.CELL, cell.paragraphs[0])
        if align is not Align.LEFT:
            paragraph.alignment = _SIDES[align]
