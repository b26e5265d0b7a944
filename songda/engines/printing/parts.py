"""A paper as plain data, as the template of the PDF takes it: one object a block, texts as pairs of words and whether strong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import singledispatch

from songda.engines.printing.layout import Layout
from songda.engines.printing.paper import (
    Attached,
    Block,
    Contents,
    Heading,
    Imprint,
    Listing,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Signed,
    Table,
    Text,
    clean,
    runs,
)

Json = Mapping[str, object]


def head_parts(paper: Paper) -> Json:
    """What stands over the text."""
    words = ("title", "issuer", "number", "date", "masthead", "stamp")
    return {word: clean(getattr(paper, word)) for word in words} | {"form": paper.form.value}


def layout_parts(layout: Layout) -> Json:
    """The measures of a page; `pitch` and `advance` in points."""
    styles = [asdict(style) | {"face": style.face.value} for style in layout.headings]
    return asdict(layout) | {"headings": styles, "pitch": layout.pitch, "advance": layout.advance}


def block_parts(block: Block) -> Json:
    """One block."""
    return {"kind": type(block).__name__.lower(), **_parts(block)}


@singledispatch
def _parts(_block: Block) -> Json:
    return {}


@_parts.register
def _heading(block: Heading) -> Json:
    return {"text": _text(block.text), "level": block.level, "listed": block.listed}


@_parts.register
def _paragraph(block: Paragraph) -> Json:
    return {"text": _text(block.text), "indent": block.indent, "align": block.align.value}


@_parts.register
def _listing(block: Listing) -> Json:
    return {"items": [_text(item) for item in block.items], "numbered": block.numbered}


@_parts.register
def _table(table: Table) -> Json:
    return {
        "head": [_text(cell) for cell in table.head],
        "rows": [[_text(cell) for cell in row] for row in table.rows],
        "widths": list(table.widths) or [1] * table.columns,
        "aligns": [align.value for align in table.aligns] or ["left"] * table.columns,
        "caption": clean(table.caption),
    }


@_parts.register
def _picture(block: Picture) -> Json:
    return {"data": list(block.data), "width": block.width_mm, "shows": clean(block.shows), "caption": clean(block.caption)}


@_parts.register
def _contents(block: Contents) -> Json:
    return {"depth": block.depth, "title": clean(block.title)}


@_parts.register
def _signed(block: Signed) -> Json:
    return {"issuer": clean(block.issuer), "date": clean(block.date)}


@_parts.register
def _attached(block: Attached) -> Json:
    return {"names": [clean(name) for name in block.names]}


@_parts.register
def _imprint(block: Imprint) -> Json:
    words = {"copies": block.copies_to, "by": block.printed_by, "on": block.printed_on, "printed": block.copies}
    return {name: clean(word) for name, word in words.items()}


@_parts.register
def _page_break(_block: PageBreak) -> Json:
    return {}


def _text(text: Text) -> list[tuple[str, bool, bool]]:
    return [(run.text, run.strong, run.raised) for run in runs(text)]
