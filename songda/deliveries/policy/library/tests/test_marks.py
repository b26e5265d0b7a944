from __future__ import annotations

from songda.deliveries.policy.library.rules.claims import Claim, claim_of
from songda.deliveries.policy.library.rules.marks import Span, paragraphs, pieces
from songda.deliveries.policy.library.rules.standing import closes_circle, may_implement

TEXT = "甲乙丙丁戊己庚辛"


def test_overlapping_spans_share_pieces():
    found = pieces(TEXT, 0, 8, [Span("a", 1, 5), Span("b", 3, 7, doubt=True)])
    assert [(one.text, one.keys, one.doubt, one.begins) for one in found] == [
        ("甲", (), False, ()),
        ("乙丙", ("a",), False, ("a",)),
        ("丁戊", ("a", "b"), True, ("b",)),
        ("己庚", ("b",), True, ()),
        ("辛", (), False, ()),
    ]


def test_nothing_of_the_text_is_lost_over_lines():
    text = "第一行\n\n  第二行很长\n末"
    spans = [Span("x", 1, 9), Span("y", 0, len(text)), Span("empty", 2, 2)]
    lines = paragraphs(text, spans)
    assert ["".join(piece.text for piece in line) for line in lines] == ["第一行", "  第二行很长", "末"]


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
