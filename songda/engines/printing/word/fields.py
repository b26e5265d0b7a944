"""Fields 域: page numbers and the table of contents, which Word keeps up to date itself."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from songda.engines.printing.layout import Layout


def begin_field(paragraph: WordParagraph, code: str, *, stale: bool = False) -> None:
    """Open a field; what follows up to `end_field` is its result until Word reckons it anew (at once, if `stale`)."""
    _mark(paragraph, "begin", stale=stale)
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run().element.append(instruction)
    _mark(paragraph, "separate")


def end_field(paragraph: WordParagraph) -> None:
    """Close the field."""
    _mark(paragraph, "end")


def number_pages(section: Section, layout: Layout) -> None:
    """Page numbers "— 1 —" at the outer side: right on odd pages, left on even ones (GB/T 9704-2012, 7.5). A cover has none."""
    section.different_first_page_header_footer = layout.cover
    footers = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in footers:
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(layout.number_size)
        paragraph.add_run("— ")
        begin_field(paragraph, "PAGE")
        paragraph.add_run("1")
        end_field(paragraph)
        paragraph.add_run(" —")
    if layout.cover:
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "0")
        section._sectPr.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")


def stamp_pages(section: Section, stamp: str) -> None:
    """The stamp at the head of every page."""
    for header in (section.header, section.even_page_header, section.first_page_header):
        header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        header.paragraphs[0].add_run(stamp)


def _mark(paragraph: WordParagraph, kind: str, *, stale: bool = False) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if stale:
        mark.set(qn("w:dirty"), "true")
    paragraph.add_run().element.append(mark)
