"""A bulletin on paper: measured on the PDF, and the Word file in the order of its schema."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from songda.engines.printing.tests.papers import letters, lines, opened, said
from songda.engines.printing.tests.test_word import PARAGRAPH, SECTION, SETTINGS, in_order
from songda.office.bulletins import actions
from songda.office.bulletins.rules.rendering import Section
from songda.office.bulletins.tests.ground import NOW

MM = 72 / 25.4
LONG = "国" * 28


def long_piece(ground):
    """A published bulletin of several pages, with two headed sections."""
    piece = ground.draft()
    text = f"截至{{时点}}，帮扶企业{{firms-helped-cumulative}}。\n{LONG * 60}"
    told = [
        Section("复工进度", text, "hj-construction"),
        Section("帮扶情况", "帮助企业用工{workers-helped}。", "hj-construction"),
    ]
    actions.write_piece(piece.pk, "惠济区建设工程复工情况", told, by=ground.writer, now=NOW)
    return actions.publish_piece(piece.pk, by=ground.leader, now=NOW)


@pytest.mark.row("CNF-06")
def test_the_pdf_keeps_the_official_measures(ground):
    piece = long_piece(ground)
    pages = opened(actions.print_piece(piece.pk, "pdf", by=ground.leader, now=NOW)[1])
    full = pages[1]
    width, height = full.get_size()
    assert [len(line) for line in lines(full, of="国")][1:] == [28] * 21  # the first line ends the paragraph's own indent
    assert len(lines(full, of="国")) == 22
    body = [letter for letter in letters(full) if letter.text == "国"]
    assert min(letter.left for letter in body) / MM == pytest.approx(28, abs=0.5)
    assert (width - max(letter.right for letter in body)) / MM == pytest.approx(26, abs=0.5)
    assert (height - max(letter.top for letter in body)) / MM == pytest.approx(37, abs=1.5)
    assert {round(letter.size) for letter in body} == {16}
    for number, page in enumerate(pages, 1):
        assert f"—{number}—" in "".join(page.get_textpage().get_text_range().split())
    first = letters(pages[0])
    faces = {letter.text: letter.font for letter in first}
    assert "Sans" in faces["度"]  # 一、复工进度, level 1 in 黑体
    assert "Serif" in faces["截"]
    colours = pages[0].render(scale=1).to_pil().convert("RGB").getcolors(1_000_000)
    assert any(red > 200 and green < 80 and blue < 80 for _, (red, green, blue) in colours)


@pytest.mark.row("CNF-06")
def test_the_print_has_head_marks_notes_and_imprint(ground):
    piece = long_piece(ground)
    shown = said(actions.print_piece(piece.pk, "pdf", by=ground.leader, now=NOW)[1])
    assert "建设工程复工专报第1期惠济区建设工程“三送一强”领导小组2020年3月17日" in shown
    assert "一、复工进度" in shown
    assert "二、帮扶情况" in shown
    assert "帮扶企业24家[1]" in shown
    assert "数据来源与口径" in shown
    assert "[2]帮助企业用工近100人申报口径：全区建设工程" in shown
    assert "抄送：市城乡建设局" in shown
    assert "印发" in shown


@pytest.mark.row("CNF-06")
def test_the_word_file_has_headings_marks_and_the_order_of_its_schema(ground):
    piece = long_piece(ground)
    made = Document(io.BytesIO(actions.print_piece(piece.pk, "docx", by=ground.leader, now=NOW)[1]))
    heads = [one.text for one in made.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert heads == ["一、复工进度", "二、帮扶情况", "数据来源与口径"]
    section = made.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins if one is not None] == [37, 35, 28, 26]
    assert [run.text for one in made.paragraphs for run in one.runs if run.font.superscript] == ["[1]", "[2]"]
    assert in_order(made.settings.element, SETTINGS)
    assert in_order(section._sectPr, SECTION)
    assert all(in_order(one, PARAGRAPH) for one in made.element.iter(qn("w:pPr")))
