"""The tree refuses what cannot be printed; numbers begin anew below each heading."""

from __future__ import annotations

import pytest

from songda.engines.printing import Form, Heading, Paper, Paragraph, Table, chinese, number_of, numbered, paragraphs
from songda.engines.printing.paper import plain


@pytest.mark.parametrize(("number", "said"), [(1, "一"), (10, "十"), (13, "十三"), (20, "二十"), (99, "九十九"), (100, "一百"), (103, "一百零三"), (115, "一百一十五"), (143, "一百四十三"), (210, "二百一十")])  # fmt: skip
def test_chinese_numbers(number, said):
    assert chinese(number) == said


def test_numbers_of_headings():
    levels = [1, 2, 2, 3, 4, 4, 2, 1, 2]
    shown = [plain(one.text) for one in numbered([Heading("", level) for level in levels])]
    assert shown == ["一、", "（一）", "（二）", "1. ", "（1）", "（2）", "（三）", "二、", "（一）"]
    assert number_of(3, 12) == "12. "


@pytest.mark.parametrize("number", [0, 1000])
def test_numbers_that_have_no_mark(number):
    with pytest.raises(ValueError, match="1 至 999"):
        chinese(number)


def test_what_cannot_be_printed_is_refused():
    with pytest.raises(ValueError, match="级别"):
        Heading("五级", 5)
    with pytest.raises(ValueError, match="列数"):
        Table(("甲", "乙"), (("一",),))
    with pytest.raises(ValueError, match="列数"):
        Table((), ())
    with pytest.raises(ValueError, match="发文机关标志"):
        Paper("题", form=Form.DOCUMENT)


def test_lines_become_paragraphs():
    assert paragraphs(" 甲 \r\n\n　乙\x00") == (Paragraph("甲"), Paragraph("乙"))
