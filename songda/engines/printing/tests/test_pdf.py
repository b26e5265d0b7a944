"""The PDF keeps GB/T 9704-2012: measured on the pages themselves."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from songda.engines.printing import BOOK, Form, Imprint, Paper, Paragraph, Picture, Run, to_pdf
from songda.engines.printing.fonts import families
from songda.engines.printing.tests.papers import LONG, NASTY, letters, lines, official, opened, said, sample

MM = 72 / 25.4


def flat() -> Paper:
    return Paper("", (Paragraph(LONG, indent=False),))


def test_a_page_holds_22_lines_of_28_characters_of_16_points():
    document = opened(to_pdf(flat()))
    counts = [[len(line) for line in lines(page, of="国")] for page in document]
    assert counts == [[28] * 22, [28] * 22, [28] * 6]
    assert {round(letter.size, 1) for letter in letters(document[0]) if letter.text == "国"} == {16.0}


def test_margins_are_37_35_28_26():
    page = opened(to_pdf(flat()))[0]
    width, height = page.get_size()
    body = [letter for letter in letters(page) if letter.text == "国"]
    assert (round(width / MM), round(height / MM)) == (210, 297)
    assert min(letter.left for letter in body) / MM == pytest.approx(28, abs=0.5)
    assert (width - max(letter.right for letter in body)) / MM == pytest.approx(26, abs=0.5)
    grid = lines(page, of="国")
    pitch = (grid[0][0].bottom - grid[-1][0].bottom) / 21
    assert pitch / MM == pytest.approx(225 / 22, abs=0.02)
    assert (height - max(letter.top for letter in body)) / MM == pytest.approx(37, abs=1.5)


def test_page_numbers_stand_outside_between_dashes_below_the_text():
    document = opened(to_pdf(flat()))
    for number, page in enumerate(document, 1):
        dashes = [letter for letter in letters(page) if letter.text == "—"]
        figure = next(letter for letter in letters(page) if letter.text == str(number))
        assert len(dashes) == 2
        assert dashes[0].left < figure.left < dashes[1].left
        assert (figure.left > page.get_size()[0] / 2) == (number % 2 == 1)
        assert 35 - 7 > figure.bottom / MM > 20
        assert figure.size == pytest.approx(14)


def test_each_level_of_heading_has_its_face():
    pages = opened(to_pdf(sample()))
    fonts = {letter.text: letter.font for letter in letters(pages[1])}
    assert "Sans" in fonts["总"]  # 黑体
    assert "Serif" in fonts["为"]
    assert said(to_pdf(sample())).count("（一）基本原则") == 2  # in the contents and over the text
    assert "1.工作安排" in said(to_pdf(sample()))


def test_official_fonts_are_taken_when_there():
    at_hand = families(None)
    assert at_hand["hei"] == ["Noto Sans SC"]
    assert at_hand["kai"] == at_hand["fang"] == ["Noto Serif SC"]
    system = Path("/usr/share/fonts/opentype/noto")
    if not system.exists():
        pytest.skip("no other font on this machine")
    assert to_pdf(flat(), fonts=system)


def test_no_text_is_read_as_markup():
    pdf = to_pdf(official())
    assert NASTY.replace(" ", "") in said(pdf)
    assert to_pdf(Paper("题", (Paragraph((Run(NASTY, strong=True), Run(NASTY))),), issuer=NASTY, number=NASTY, stamp=NASTY))


def test_control_characters_are_left_out():
    assert "甲乙丙" in said(to_pdf(Paper("题", (Paragraph("甲\x00\x08乙\ud800丙\ufffe"),))))


def test_a_head_of_a_table_is_on_every_page_of_it():
    pages = [page.get_textpage().get_text_range() for page in opened(to_pdf(sample()))]
    holding = [page for page in pages if "1,000.00" in page]
    assert len(holding) > 1
    assert all("金额（万元）" in page for page in holding)


def test_the_contents_name_the_page_of_each_heading():
    document = opened(to_pdf(official()))
    first = document[0].get_textpage().get_text_range().replace(" ", "")
    assert any(line.startswith("一、总体要求") and line.strip().endswith("2") for line in first.splitlines())
    assert [item.get_title() for item in document.get_toc()][:2] == ["一、总体要求", "（一）基本原则"]


def test_the_masthead_is_red_35_mm_below_the_top_of_the_text():
    page = opened(to_pdf(official()))[0]
    head = [letter for letter in letters(page) if letter.text == "府"][:1]
    assert (page.get_size()[1] - head[0].top) / MM == pytest.approx(37 + 35, abs=3)
    colours = page.render(scale=1).to_pil().convert("RGB").getcolors(1_000_000)
    assert any(red > 200 and green < 80 and blue < 80 for _, (red, green, blue) in colours)


def test_the_stamp_is_on_every_page():
    pages = [page.get_textpage().get_text_range() for page in opened(to_pdf(official()))]
    assert len(pages) > 2
    assert all("演示数据" in "".join(page.split()) for page in pages)


def test_a_book_has_a_cover_without_a_number_and_counts_from_the_next():
    document = opened(to_pdf(sample(), layout=BOOK))
    assert "—" not in document[0].get_textpage().get_text_range()
    assert "— 1 —" in document[1].get_textpage().get_text_range()


def test_a_bulletin_and_its_imprint():
    paper = sample(
        form=Form.BULLETIN, masthead="工作日报", blocks=(Paragraph("内容"), Imprint("示例办公室", "2020年3月18日", "各单位"))
    )
    shown = said(to_pdf(paper))
    assert "工作日报示例政〔2020〕1号示例市人民政府2020年3月18日" in shown
    assert "抄送：各单位示例办公室2020年3月18日印发" in shown


def test_the_mark_of_a_note_is_small_and_raised_and_keeps_the_grid():
    line = (Run("国" * 20), Run("1", raised=True), Run("国" * 40))
    page = opened(to_pdf(Paper("", (Paragraph(line, indent=False), *flat().blocks))))[0]
    mark = next(letter for letter in letters(page) if letter.text == "1")
    beside = lines(page, of="国")[0][0]
    assert mark.size < 10
    assert mark.bottom > beside.bottom
    assert len(lines(page, of="国")) == 22


def test_a_picture_is_set():
    held = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(held, "PNG")
    page = opened(to_pdf(Paper("题", (Picture(held.getvalue(), 60, "一个点", "图1"),))))[0]
    assert any(found.type == 3 for found in page.get_objects())


def test_the_same_paper_gives_the_same_bytes():
    assert to_pdf(official()) == to_pdf(official())
