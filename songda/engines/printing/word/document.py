"""A paper as a Word file."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from songda.engines.printing.layout import OFFICIAL, Layout
from songda.engines.printing.paper import (
    Align,
    Attached,
    Block,
    Contents,
    Form,
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
    plain,
    runs,
)
from songda.engines.printing.word import styles
from songda.engines.printing.word.borders import ruled
from songda.engines.printing.word.fields import begin_field, end_field, number_pages, stamp_pages
from songda.engines.printing.word.tables import add_table

_SIDES: Mapping[Align, Any] = {Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER, Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT}


def to_docx(paper: Paper, *, layout: Layout = OFFICIAL) -> bytes:
    """The paper as .docx: real headings and styles, fields for contents and page numbers, the official fonts by name."""
    word = Document()
    styles.set_up(word, layout)
    properties = word.core_properties
    properties.title, properties.author, properties.comments = clean(paper.title)[:255], clean(paper.issuer)[:255], ""
    if paper.stamp:
        stamp_pages(word.sections[0], clean(paper.stamp))
    number_pages(word.sections[0], layout)
    writer = _Writer(word, layout, paper)
    writer.open()
    for block in paper.blocks:
        writer.write(block)
    held = io.BytesIO()
    word.save(held)
    return held.getvalue()


class _Writer:
    """Writes block after block; keeps the ids of styles at hand: python-docx walks all styles for each paragraph otherwise."""

    def __init__(self, word: WordDocument, layout: Layout, paper: Paper) -> None:
        self.word, self.layout, self.paper = word, layout, paper
        self.width = Mm(layout.width - layout.left - layout.right)
        self.styles = {style.name: style.style_id for style in word.styles}

    def open(self) -> None:
        """The head of the first page, or the cover."""
        paper = self.paper
        if self.layout.cover:
            self.line("", "Normal").paragraph_format.space_after = Mm(60)
            self.line(paper.title, styles.COVER)
            for said in (paper.number, paper.issuer, paper.date):
                self.line(said, styles.NUMBER).paragraph_format.space_before = Mm(15)
            self.break_page()
            return
        if paper.form is not Form.PLAIN:
            self.line(paper.masthead, styles.MASTHEAD).paragraph_format.space_before = Mm(
                35 if paper.form is Form.DOCUMENT else 0
            )
        if paper.number and paper.form is not Form.PLAIN:
            self.line(paper.number, styles.NUMBER)
        if paper.form is Form.BULLETIN:
            self.both_sides(paper.issuer, paper.date)
        if paper.form is not Form.PLAIN:
            ruled(self.line("", styles.UNINDENTED), "top", eighths=16, colour="FF0000")
        if paper.title:
            self.line(paper.title, "Title")
        if paper.number and paper.form is Form.PLAIN:
            self.line(paper.number, styles.NUMBER)

    def write(self, block: Block) -> None:
        """One block."""
        match block:
            case Heading():
                self.line(block.text, f"Heading {block.level}")
            case Paragraph():
                self.aside(self.line(block.text, "Normal" if block.indent else styles.UNINDENTED), block.align)
            case Table():
                add_table(self.word, block, self.width, self.line)
            case PageBreak():
                self.break_page()
            case Picture():
                self.picture(block)
            case Contents():
                self.contents(block)
            case Imprint():
                self.imprint(block)
            case _:
                for text, side in _closing(block):
                    self.aside(self.line(text, styles.UNINDENTED), side)

    def line(self, text: Text, style: str, under: WordParagraph | None = None) -> WordParagraph:
        """A paragraph of a style (`under`: an empty one that is there already, as in a cell)."""
        paragraph = under if under is not None else self.word.add_paragraph()
        paragraph._p.style = self.styles[style]
        for run in runs(text):
            set_run = paragraph.add_run(run.text)
            set_run.bold, set_run.font.superscript = run.strong or None, run.raised or None
        return paragraph

    def both_sides(self, left: str, right: str) -> WordParagraph:
        """A line with words at its left end and at its right."""
        line = self.line(left, styles.UNINDENTED)
        line.add_run().add_tab()
        line.add_run(clean(right))
        line.paragraph_format.tab_stops.add_tab_stop(self.width, WD_TAB_ALIGNMENT.RIGHT)
        return line

    def aside(self, paragraph: WordParagraph, align: Align) -> None:
        """Set a paragraph in the middle or right, if it is."""
        if align is not Align.LEFT:
            paragraph.alignment = _SIDES[align]

    def break_page(self) -> None:
        """What follows stands on a new page."""
        self.line("", styles.UNINDENTED).add_run().add_break(WD_BREAK.PAGE)

    def picture(self, block: Picture) -> None:
        """A picture in the middle, with its caption."""
        paragraph = self.line("", styles.CELL)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shown = paragraph.add_run().add_picture(io.BytesIO(block.data), width=Mm(block.width_mm))
        shown._inline.docPr.set("descr", clean(block.shows))
        if block.caption:
            self.line(block.caption, "Caption")

    def imprint(self, block: Imprint) -> None:
        """Thick lines above and below, a thin one between; by whom left, when right."""
        self.line("", styles.UNINDENTED)
        if block.copies_to:
            ruled(self.line(f"　抄送：{block.copies_to}", styles.UNINDENTED), "top")
        by = self.both_sides(f"　{block.printed_by}", f"{block.printed_on}印发　")
        ruled(by, "top", eighths=6 if block.copies_to else 8)
        ruled(by, "bottom")
        if block.copies:
            self.aside(self.line(f"{block.copies}　", styles.UNINDENTED), Align.RIGHT)

    def contents(self, block: Contents) -> None:
        """The field of the contents; until Word updates it, the headings without their pages."""
        self.line(block.title, "Title")
        listed = [one for one in self.paper.blocks if isinstance(one, Heading) and one.listed and one.level <= block.depth]
        opener = self.line("", styles.UNINDENTED)
        opener.paragraph_format.line_spacing = Pt(1)
        begin_field(opener, f'TOC \\o "1-{block.depth}" \\h \\z \\u', stale=True)
        last = opener
        for heading in listed:
            last = self.line(plain(heading.text), f"TOC {heading.level}")
        end_field(last)


def _closing(block: Block) -> Iterator[tuple[Text, Align]]:
    """Lines of lists, signatures, attachments and imprints."""
    match block:
        case Listing():
            for place, item in enumerate(block.items, 1):
                yield (f"　　{place}. " if block.numbered else "　　· ") + plain(item), Align.LEFT
        case Signed():
            yield "", Align.LEFT
            yield f"{block.issuer}　　", Align.RIGHT
            yield f"{block.date}　　", Align.RIGHT
        case Attached():
            yield "", Align.LEFT
            for place, name in enumerate(block.names, 1):
                mark = f"{place}．" if len(block.names) > 1 else ""
                yield f"　　{'附件：' if place == 1 else '　　　'}{mark}{name}", Align.LEFT
