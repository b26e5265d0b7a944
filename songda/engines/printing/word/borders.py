"""Lines 分隔线 above and below paragraphs of a Word file: the red one under a head, those of the imprint."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

SIDES = ("top", "left", "bottom", "right")  # the schema's order
AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")


def ruled(paragraph: WordParagraph, side: str, *, eighths: int = 8, colour: str = "000000") -> None:
    """A line on one side of a paragraph, `eighths` of a point thick."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, *AFTER_BORDERS)
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "1"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    later = [borders.find(qn(f"w:{one}")) for one in SIDES[SIDES.index(side) + 1 :]]
    before = next((one for one in later if one is not None), None)
    if before is None:
        borders.append(line)
    else:
        before.addprevious(line)
