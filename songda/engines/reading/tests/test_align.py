from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songda.engines.reading.align import Carried, Piece, align, carry, difference, likeness

RENT = Piece("1", "减免房租", "减免房租。对承租国有房屋的小微企业，免收2个月房租。")
LOAN = Piece("2", "加大信贷支持", "加大信贷支持。对新增贷款按实际利率给予50%贴息，最高20万元。")
STAFF = Piece("3", "稳定用工", "稳定用工。对不裁员的企业，返还上年度失业保险费的50%。")


def kinds(former, latter):
    return [(pair.former, pair.latter, pair.kind) for pair in align(former, latter)]


def test_equal_bodies_are_the_same_whatever_their_number():
    later = [Piece("1", "", "新增条款，支持企业参加展会。"), Piece("2", RENT.title, RENT.body.replace("。对", "。\n　　对"))]
    assert kinds([RENT], later) == [(None, 0, "new"), (0, 1, "same")]


def test_a_heading_kept_makes_the_article_the_same_one_changed():
    later = Piece("1", RENT.title, "减免房租。凡受影响的商户，由区里另行给予支持。")
    assert kinds([RENT, LOAN], [later, LOAN]) == [(0, 0, "changed"), (1, 1, "same")]


def test_words_kept_under_another_heading_are_found_by_likeness():
    later = Piece("9", "金融扶持", LOAN.body.replace("加大信贷支持", "金融扶持").replace("20万元", "30万元"))
    (changed, gone) = sorted(align([RENT, LOAN], [later]), key=lambda pair: pair.kind)
    assert (changed.former, changed.latter, changed.kind) == (1, 0, "changed")
    assert 0.5 < changed.likeness < 1
    assert (gone.former, gone.kind) == (0, "gone")


def test_unlike_articles_are_not_forced_together():
    assert kinds([RENT], [Piece("1", "", "各部门要加强宣传，营造氛围。")]) == [(None, 0, "new"), (0, None, "gone")]


def test_an_article_in_another_order_is_told_as_moved():
    found = align([RENT, LOAN, STAFF], [STAFF, RENT, LOAN])
    assert [(pair.former, pair.moved) for pair in found] == [(2, True), (0, False), (1, False)]


def test_equal_bodies_are_paired_in_order():
    assert kinds([RENT, RENT], [RENT, RENT, RENT]) == [(0, 0, "same"), (1, 1, "same"), (None, 2, "new")]


words = st.text(alphabet="企业给予补贴最高不超过万元3。，", max_size=30)
pieces = st.lists(st.builds(Piece, st.sampled_from("123"), st.sampled_from(["", "甲", "乙"]), words), max_size=8)


@settings(max_examples=80, deadline=None)
@given(pieces, pieces)
def test_each_piece_stands_in_one_pair(former, latter):
    found = align(former, latter)
    assert sorted(pair.former for pair in found if pair.former is not None) == list(range(len(former)))
    assert [pair.latter for pair in found if pair.latter is not None] == list(range(len(latter)))
    for pair in found:
        assert (pair.kind == "gone") == (pair.latter is None)
        assert (pair.kind == "new") == (pair.former is None)


@settings(max_examples=80, deadline=None)
@given(words, words)
def test_a_difference_holds_both_texts(former, latter):
    pieces = difference(former, latter)
    assert "".join(text for op, text in pieces if op != "new") == former
    assert "".join(text for op, text in pieces if op != "gone") == latter
    assert 0 <= likeness(former, latter) <= 1


def test_numbers_are_not_cut_in_two():
    assert difference("补贴30万元", "补贴35万元") == (("same", "补贴"), ("gone", "30"), ("new", "35"), ("same", "万元"))


@pytest.fixture
def texts():
    former = "一、减免房租。免收2个月房租。\n二、贴息。对新增贷款按实际利率给予50%贴息，最高20万元。\n"
    latter = "一、贴息。对当年新增贷款按实际利率给予50%贴息，最高20万元。\n二、其他。免收2个月房租。\n"
    return former, latter


def span_of(text, words):
    start = text.index(words)
    return start, start + len(words)


def test_the_same_words_are_carried_exactly(texts):
    former, latter = texts
    span, around = span_of(former, "最高20万元"), span_of(former, former.split("\n")[1])
    place = carry(span, former, latter, around=around, within=(0, latter.index("\n")))
    assert place == Carried(*span_of(latter, "最高20万元"), exact=True)


def test_changed_words_are_carried_by_what_is_left_of_them(texts):
    former, latter = texts
    span, around = span_of(former, "对新增贷款按实际利率给予50%贴息"), span_of(former, former.split("\n")[1])
    place = carry(span, former, latter, around=around, within=(0, latter.index("\n")))
    assert latter[place.start : place.end] == "对当年新增贷款按实际利率给予50%贴息"
    assert not place.exact


def test_telling_words_are_found_outside_their_article_and_short_ones_are_not(texts):
    former, latter = texts
    around = span_of(former, former.split("\n")[0])
    told = carry(span_of(former, "免收2个月房租。"), former, latter, around=around, within=None)
    assert latter[told.start : told.end] == "免收2个月房租。"
    assert carry(span_of(former, "房租。"), former, latter, around=around, within=None) is None


def test_words_mostly_gone_are_lost():
    former, latter = "一、对小微企业给予一次性补助。", "一、对个体工商户减税。"
    assert carry((2, 14), former, latter, around=(0, len(former)), within=(0, len(latter))) is None


def test_of_equal_words_the_ones_in_the_same_surroundings_are_meant():
    former = "甲类补助3万元，乙类补助3万元。"
    latter = "甲类补助3万元，丙类补助3万元，乙类补助3万元。"
    whole = {"around": (0, len(former)), "within": (0, len(latter))}
    place = carry(span_of(former, "补助3万元。"[:-1]), former, latter, **whole)
    assert place.start == 2
    second = former.rindex("补助3万元")
    assert carry((second, second + 5), former, latter, **whole).start == latter.rindex("补助3万元")


def test_five_hundred_changed_articles_take_a_moment():
    chance = random.Random(7)

    def body(size):
        return "".join(chance.choice("企业给予补贴最高不超过万元对符合条件的小微型按照标准用工社保") for _ in range(size))

    former = [Piece(str(at), "", body(300)) for at in range(500)]
    latter = [Piece(one.number, "", one.body[:150] + body(40) + one.body[190:]) for one in former]
    begun = time.perf_counter()
    found = align(former, latter)
    assert time.perf_counter() - begun < 5
    assert all(pair.former == pair.latter and pair.kind == "changed" for pair in found)


def test_a_long_text_is_compared_by_sentences():
    former = "对企业给予补贴。" * 20_000
    begun = time.perf_counter()
    pieces = difference(former, former + "新增一句。")
    assert time.perf_counter() - begun < 5
    assert pieces == (("same", former), ("new", "新增一句。"))
