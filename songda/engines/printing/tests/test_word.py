"""The Word file has real headings, fields, grid and margins."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from songda.engines.printing import BOOK, Attached, Form, Imprint, Listing, Paper, Paragraph, Run, Signed, to_docx
from songda.engines.printing.tests.papers import NASTY, official, sample


def word(paper, **given):
    return Document(io.BytesIO(to_docx(paper, **given)))


def codes(element) -> list[str]:
    return [one.text.strip() for one in element.iter(qn("w:instrText"))]


def test_page_and_grid_are_official():
    made = word(sample())
    section = made.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert int(grid.get(qn("w:linePitch"))) == pytest.approx(579, abs=1)
    close = int(made.styles["Normal"].element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (16 + close) <= 156 * 72 / 25.4 < 29 * (16 + close), "28 characters a line"
    assert 22 * int(grid.get(qn("w:linePitch"))) / 20 <= 225 * 72 / 25.4


def test_headings_are_headings_in_their_faces():
    made = word(sample())
    levels = [(one.style.name, one.text) for one in made.paragraphs if one.style.name.startswith("Heading")]
    assert levels == [
        ("Heading 1", "一、总体要求"),
        ("Heading 2", "（一）基本原则"),
        ("Heading 3", "1. 工作安排"),
        ("Heading 4", "（1）时间节点"),
    ]
    faces = [made.styles[f"Heading {level}"].element.rPr.rFonts.get(qn("w:eastAsia")) for level in range(1, 5)]
    assert faces == ["黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"]
    assert made.styles["Normal"].font.size.pt == 16
    assert made.styles["Title"].font.size.pt == 22


def test_contents_and_page_numbers_are_fields():
    made = word(sample())
    assert any(code.startswith('TOC \\o "1-4"') for code in codes(made.element))
    assert [one.text for one in made.paragraphs if one.style.name == "TOC 1"] == ["一、总体要求"]
    for footer in (made.sections[0].footer, made.sections[0].even_page_footer):
        assert codes(footer._element) == ["PAGE"]
        assert footer.paragraphs[0].text == "— 1 —"
    assert made.settings.element.find(qn("w:evenAndOddHeaders")) is not None


def test_text_is_text():
    made = word(official())
    assert NASTY in [one.text for one in made.paragraphs]
    assert made.tables[0].rows[1].cells[0].text == f"{NASTY}0"
    assert made.sections[0].header.paragraphs[0].text == "演示数据"
    kept = word(Paper("题", (Paragraph("甲\x00\ud800乙\n丙"), Paragraph((Run("重", strong=True), Run("轻"))))))
    assert "甲乙\n丙" in [one.text for one in kept.paragraphs]
    assert [run.bold for run in kept.paragraphs[-1].runs] == [True, None]


def test_the_head_of_a_table_repeats():
    table = word(sample()).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert sum(column.width for column in table.columns) == pytest.approx(Mm(156), abs=200)


def test_a_book_has_a_cover():
    made = word(sample(), layout=BOOK)
    assert made.sections[0].different_first_page_header_footer
    assert made.paragraphs[1].text == "示例市支持企业若干措施"


def test_what_closes_a_document():
    blocks = (
        Listing(("甲", "乙"), numbered=True),
        Attached(("清单",)),
        Signed("示例市人民政府", "2020年3月18日"),
        Imprint("办公室", "3月18日"),
    )
    shown = [one.text.strip("　") for one in word(Paper("题", blocks)).paragraphs]
    assert [one for one in shown if one] == [
        "题",
        "1. 甲",
        "2. 乙",
        "附件：清单",
        "示例市人民政府",
        "2020年3月18日",
        "办公室\t3月18日印发",
    ]


SETTINGS = (
    "zoom",
    "proofState",
    "defaultTabStop",
    "evenAndOddHeaders",
    "drawingGridHorizontalSpacing",
    "characterSpacingControl",
)
SETTINGS += ("updateFields", "hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "rsids", "mathPr", "themeFontLang")
SECTION = ("headerReference", "footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid")
PARAGRAPH = ("pStyle", "keepNext", "pBdr", "tabs", "spacing", "ind", "jc", "rPr")
RUN = ("rStyle", "rFonts", "b", "i", "color", "sz", "szCs", "vertAlign")


def in_order(element, order: tuple[str, ...]) -> bool:
    """Whether the children known to `order` stand in the order of the schema (ISO/IEC 29500-1)."""
    found = [order.index(name) for name in (child.tag.rpartition("}")[2] for child in element) if name in order]
    return found == sorted(found)


@pytest.mark.parametrize("layout", [BOOK, None])
def test_parts_stand_in_the_order_of_the_schema(layout):
    closing = (Paragraph((Run("数"), Run("1", raised=True))), Imprint("办公室", "3月18日", "各单位", "共印30份"))
    paper = sample(form=Form.BULLETIN, masthead="工作日报", blocks=closing)
    made = word(paper, **({"layout": layout} if layout else {}))
    assert in_order(made.settings.element, SETTINGS)
    assert in_order(made.sections[0]._sectPr, SECTION)
    assert all(in_order(one, PARAGRAPH) for one in made.element.iter(qn("w:pPr")))
    assert all(in_order(one, RUN) for one in made.element.iter(qn("w:rPr")))


def test_a_bulletin_has_a_red_line_and_an_imprint_between_lines():
    closing = (Paragraph((Run("数"), Run("1", raised=True))), Imprint("办公室", "3月18日", "各单位", "共印30份"))
    made = word(sample(form=Form.BULLETIN, masthead="工作日报", blocks=closing))
    lines = [
        (border.get(qn("w:color")), one.text)
        for one in made.paragraphs
        for border in one._p.iter(qn("w:top"))
        if one._p.pPr is not None
    ]
    assert ("FF0000", "") in lines
    assert ("000000", "　抄送：各单位") in lines
    raised = [run.text for one in made.paragraphs for run in one.runs if run.font.superscript]
    assert raised == ["1"]
    assert "示例市人民政府\t2020年3月18日" in [one.text for one in made.paragraphs]
