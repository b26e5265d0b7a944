from __future__ import annotations

from songda.deliveries.policy.library.rules.claims import Claim, claim_of
from songda.deliveries.policy.library.rules.lit_text import Home, Span, lit_lines, pieces_of
from songda.deliveries.policy.library.rules.standing import closes_circle, may_implement

TEXT = "甲乙丙丁戊己庚辛"


def test_overlapping_spans_share_pieces():
    found = pieces_of(TEXT, 0, [Span("a", 1, 5, "source"), Span("b", 3, 7, "open"), Span("place", 3, 4)])
    assert [(one.text, one.at, one.keys, one.sorts, tuple(span.key for span in one.begins)) for one in found] == [
        ("甲", 0, (), (), ()),
        ("乙丙", 1, ("a",), ("source",), ("a",)),
        ("丁", 3, ("a", "b"), ("source", "open"), ("b", "place")),
        ("戊", 4, ("a", "b"), ("source", "open"), ()),
        ("己庚", 5, ("b",), ("open",), ()),
        ("辛", 7, (), (), ()),
    ]


def test_nothing_of_the_text_is_lost_over_lines_and_places_are_those_of_the_text():
    text = "第一行\n\n  第二行很长\n末"
    lines = lit_lines(text, [Span("x", 1, 9, "source"), Span("y", 0, len(text), "open"), Span("empty", 2, 2)])
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == ["第一行", "  第二行很长", "末"]
    assert all(text[one.at : one.at + len(one.text)] == one.text for line in lines for one in line.pieces)
    assert [line.indented for line in lines] == [False, True, False]


def test_lines_know_their_article_and_the_title():
    text = "示例市关于支持\n示例企业的措施\n各单位：\n  一、减租。\n  继续。\n二、贷款。\n落款"
    first, second = text.index("一、"), text.index("二、")
    lines = lit_lines(
        text,
        [],
        [Home(7, first, second - 1, "一、"), Home(8, second, text.index("落款") - 1, "二、")],
        "示例市关于支持示例企业的措施",
    )
    assert [line.heading for line in lines] == [True, True, False, False, False, False, False]
    assert [(line.article, line.label) for line in lines] == [
        (None, ""), (None, ""), (None, ""), (7, "一、"), (7, ""), (8, "二、"), (None, "")
    ]  # fmt: skip


def test_what_a_package_says_of_its_size():
    assert claim_of("关于示例的若干措施", "制定本措施，简称“示例八条”，共8条30项举措。") == Claim(8, 30, "示例八条")
    assert claim_of("关于支持示例企业十二条措施的通知") == Claim(12, None)
    assert claim_of("示例市科技创新二十条") == Claim(20, None)
    assert claim_of("关于贯彻示例条例第八条的通知") == Claim(None, None)


def test_circles_are_seen_through_any_number_of_steps():
    pairs = [(1, 2), (2, 3), (3, 4)]
    assert closes_circle(4, 1, pairs)
    assert closes_circle(7, 7, pairs)
    assert not closes_circle(1, 4, pairs)
    assert may_implement("district", "city")
    assert not may_implement("city", "park")
