"""Styles and page of a Word file, from the layout. Families are the official ones: the reader's machine has them."""

from __future__ import annotations

from math import floor
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from songda.engines.printing.fonts import WORD_FAMILIES
from songda.engines.printing.layout import Face, HeadingStyle, Layout

AFTER_UPDATE = (
    "w:hdrShapeDefaults",
    "w:footnotePr",
    "w:endnotePr",
    "w:compat",
    "w:docVars",
    "w:rsids",
    "m:mathPr",
    "w:themeFontLang",
)
"""What follows w:updateFields in the settings of a Word file: the order is the schema's (ISO/IEC 29500-1, CT_Settings)."""
AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:shd", "w:vertAlign", "w:lang")
"""What follows w:spacing among the properties of characters (CT_RPr)."""
BLACK, RED = RGBColor(0, 0, 0), RGBColor(255, 0, 0)
UNINDENTED, CELL, MASTHEAD, COVER, NUMBER = "顶格正文", "表格文字", "版头", "封面标题", "文号"
"""Paragraph styles of ours, besides Word's own Normal, Title, Heading, TOC, List, Header and Footer."""


def set_up(word: WordDocument, layout: Layout) -> None:
    """Page, grid and styles of a new Word file."""
    _page(word, layout)
    _styles(word, layout)
    word.settings.odd_and_even_pages_header_footer = True
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    word.settings.element.insert_element_before(update, *AFTER_UPDATE)


def _page(word: WordDocument, layout: Layout) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(layout.width), Mm(layout.height)
    section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
    section.left_margin, section.right_margin = Mm(layout.left), Mm(layout.right)
    section.footer_distance = Mm(max(layout.bottom - 7, 5) - layout.number_size / 72 * 25.4)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")  # a grid of characters narrower than their size is spread over two cells by LibreOffice
    grid.set(qn("w:linePitch"), str(int(layout.pitch * 20)))
    section._sectPr.append(grid)


def _styles(word: WordDocument, layout: Layout) -> None:
    body = HeadingStyle(Face.FANG, layout.size)
    _style(word, "Normal", body, layout)
    for level, style in enumerate(layout.headings, 1):
        _style(word, f"Heading {level}", style, layout).paragraph_format.keep_with_next = True
    _style(word, "Title", HeadingStyle(Face.TITLE, layout.title_size, 0, centred=True), layout)
    _style(word, "List Paragraph", body, layout)
    _style(word, "Header", HeadingStyle(Face.HEI, 10.5, 0), layout)
    _style(word, "Footer", HeadingStyle(Face.SONG, layout.number_size, 0), layout)
    _style(word, "Caption", HeadingStyle(Face.HEI, layout.table_size, 0, centred=True), layout)
    for level in range(1, 5):
        entry = HeadingStyle(Face.HEI if level == 1 else Face.FANG, layout.size, 2 * (level - 1))
        _style(word, f"TOC {level}", entry, layout)
    _style(word, UNINDENTED, HeadingStyle(Face.FANG, layout.size, 0), layout)
    _style(word, NUMBER, HeadingStyle(Face.FANG, layout.size, 0, centred=True), layout)
    _style(word, CELL, HeadingStyle(Face.FANG, layout.table_size, 0), layout).paragraph_format.line_spacing = 1.2
    for name, size, face in ((MASTHEAD, 40, Face.TITLE), (COVER, 36, Face.TITLE)):
        _style(word, name, HeadingStyle(face, size, 0, centred=True), layout).paragraph_format.line_spacing = 1.2
    word.styles[MASTHEAD].font.color.rgb = RED


def _style(word: WordDocument, name: str, look: HeadingStyle, layout: Layout) -> Any:
    known = {style.name for style in word.styles}
    style = word.styles[name] if name in known else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size, style.font.bold, style.font.italic, style.font.color.rgb = Pt(look.size), False, False, BLACK
    _family(style, WORD_FAMILIES[look.face])
    if look.size == layout.size:
        _close_up(style, layout)
    laid = style.paragraph_format
    laid.space_before = laid.space_after = Pt(0)
    laid.line_spacing_rule, laid.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.pitch)
    laid.left_indent = Pt(0)
    laid.first_line_indent = Pt(0 if look.centred else look.indent * layout.advance)
    laid.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.centred else None
    for border in style.element.findall(f".//{qn('w:pBdr')}"):  # Word's own Title is underlined
        border.getparent().remove(border)
    return style


def _family(style: Any, family: str) -> None:
    """Latin letters and Han characters of one family; what the template says of themes would win over it and is taken out."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), family)


def _close_up(style: Any, layout: Layout) -> None:
    """Set characters so close that the line holds as many as the layout says (28 of 16 points on 156 mm), in twentieths of a point."""
    close = OxmlElement("w:spacing")
    close.set(qn("w:val"), str(floor((layout.advance - layout.size) * 20)))
    style.element.get_or_add_rPr().insert_element_before(close, *AFTER_SPACING)
