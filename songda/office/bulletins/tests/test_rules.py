"""Places, wording, punctuation, what is typed by hand, templates: without a database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from songda.office.bulletins.rules.places import Place, PlaceError, for_editing, kept, pieces, places_in
from songda.office.bulletins.rules.punctuation import tidied
from songda.office.bulletins.rules.rendering import Part
from songda.office.bulletins.rules.templates import TemplateFaultError, faults_of, numbered, template_of
from songda.office.bulletins.rules.told_numbers import ToldError, ToldNumber, told_numbers
from songda.office.bulletins.rules.unbound import unbound_in
from songda.office.bulletins.rules.wording import moment_said, said
from songda.office.indicators.rules.shown import Shown

PLACE = dt.timezone(dt.timedelta(hours=8))
SHOWN = Shown(
    "x", "甲", Fraction(1), "家", "firms", "甲区", "", dt.datetime(2020, 3, 18, tzinfo=PLACE), None, "returned", "甲局", ""
)


def test_a_place_is_parsed_strictly():
    text = "共{firms@410172 since=2020-02-10 as_of=2020-03-17T17：19595家}，{时点}。"
    assert list(pieces(text))[1] == Place("firms", "410172", since="2020-02-10", as_of="2020-03-17T17")
    assert [one.token for one in places_in(text)] == ["firms@410172 since=2020-02-10 as_of=2020-03-17T17"]
    assert places_in(text)[0].moment(SHOWN.as_of, PLACE) == dt.datetime(2020, 3, 17, 17, tzinfo=PLACE)
    for wrong in (
        "{",
        "a}",
        "{}",
        "{a b}",
        "{a nope=1}",
        "{a as_of=3月}",
        "{a since=2020-02-30}",
        "{a since=1 since=2}",
        "{时点@x}",
        "{a{b}}",
    ):
        with pytest.raises(PlaceError):
            list(pieces(wrong))


def test_a_text_goes_to_its_writer_and_back():
    text = "累计{firms since=2020-02-10}，{时点}。"
    shown = for_editing(text, {"firms": "企业数"}, {"firms since=2020-02-10": "5家"})
    assert shown == "累计{企业数 since=2020-02-10：5家}，{时点}。"
    assert kept(shown, {"企业数": "firms"}) == text


@pytest.mark.parametrize(
    ("number", "unit", "precision", "expected"),
    [
        ("19595", "家", "exact", "19595家"), ("100", "人", "less_than", "近100人"), ("6000", "只", "approx", "约6000只"),
        ("80", "只", "at_least", "80余只"), ("700000", "只", "at_least", "70余万只"), ("32000", "万元", "exact", "3.2亿元"),
        ("7140", "万元", "exact", "7140万元"), ("71400000", "元", "exact", "7140万元"), ("62000", "万元", "at_least", "不低于6.2亿元"),
        ("48.95", "万元", "exact", "48.95万元"), ("40000", "公斤", "at_least", "40余吨"), ("1500.5", "公斤", "exact", "1500.5公斤"),
    ],
)  # fmt: skip
def test_numbers_read_as_in_such_texts(number, unit, precision, expected):
    decimals = 2 if "元" in unit else 1 if "." in number else 0
    assert said(replace(SHOWN, number=Fraction(number), unit=unit, precision=precision, decimals=decimals)) == expected


def test_rates_and_moments_read_as_in_such_texts():
    assert said(replace(SHOWN, number=Fraction("211.22"), unit="%", decimals=2)) == "211.22%"
    assert said(replace(SHOWN, number=Fraction(100), unit="%", decimals=2)) == "100%"
    assert moment_said(dt.datetime(2020, 3, 23, 17, tzinfo=PLACE), PLACE) == "3月23日17时"
    assert moment_said(dt.datetime(2020, 3, 18, 23, 59, tzinfo=PLACE), PLACE, year=True) == "2020年3月18日"
    assert moment_said(dt.datetime(2020, 3, 19, tzinfo=PLACE), PLACE) == "3月18日"


def test_marks_are_set_full_width_and_numbers_left_alone():
    assert (
        tidied('一是送政策,共{firms：1,000.5家}, 占3.5%;说"好".\n\n  二是(略) ')
        == "一是送政策，共{firms：1,000.5家}，占3.5%；说“好”。\n二是（略）"
    )
    assert tidied("http://a.b/c?d=1,2") == "http://a.b/c?d=1,2"


def test_what_is_typed_by_hand_is_found_days_and_bound_numbers_are_not():
    line = (
        Part("截至"),
        Part("3月18日", word=True),
        Part("，企业"),
        Part("19595家", "firms"),
        Part("，另有三十余家和5号楼，3月20日再报。"),
    )
    assert [one.quote for one in unbound_in([line])] == ["三十余家", "5"]


def test_a_template_that_does_not_hold_together_is_told_so():
    good = {
        "code": "a", "label": "甲", "sort": "bulletin", "kind": "daily", "title": "{单位}日报", "masthead": "日报", "number": "（{cn}）",
        "sections": [{"heading": "", "text": "复工{firms}。", "unit": "u"}],
    }  # fmt: skip
    assert list(faults_of(good, {"firms"}, {"u"})) == []
    assert numbered(template_of(good), 12, 2020) == "（十二）"
    assert list(faults_of(good, set(), set())) == ["没有指标 firms", "没有机构 u"]
    typed = {**good, "sections": [{"heading": "", "text": "复工99家。"}]}
    assert "写死的数" in next(faults_of(typed, set(), set()))
    assert "花括号" in next(faults_of({**good, "title": "{坏"}, set(), set()))
    for wrong in ({"number": "第期"}, {"masthead": ""}, {"number": "{n}{cn}"}, {"sort": "news"}):
        with pytest.raises(TemplateFaultError):
            template_of({**good, **wrong})


def test_numbers_of_a_submission_are_read_line_by_line():
    codes = {"企业": "firms", "firms": "firms"}
    told = told_numbers("企业 约6,000\nfirms 3200余 2020-01-25\n\n企业 48.5", codes)
    assert told == [
        ToldNumber("firms", "6000", "approx"),
        ToldNumber("firms", "3200", "at_least", "2020-01-25"),
        ToldNumber("firms", "48.5"),
    ]
    assert told[1].first_day == dt.date(2020, 1, 25)
    assert told[2].exact == Fraction("48.5")
    for wrong in ("企业", "别的 3", "企业 三"):
        with pytest.raises(ToldError):
            told_numbers(wrong, codes)
