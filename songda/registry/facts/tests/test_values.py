from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from songda.engines.rules.catalogue import CodeList, FactKind, Kind
from songda.engines.rules.facts import Standing
from songda.kernel.errors import Invalid
from songda.registry.facts.rules import in_words, stored
from songda.registry.facts.rules.standing import Row, datum, in_force

INDUSTRY = CodeList("gb", {"C": "制造业", "37": "运输设备", "38": "其他", "39": "其他"}, {"C": None, "37": "C"})
day = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("kind", "unit", "text", "kept"),
    [
        (Kind.NUM, "元", "1,250.5万元", (1_250_500_000, None)),
        (Kind.NUM, "万元", "1250.5", (1_250_500_000, None)),
        (Kind.NUM, "元", "０．０１", (1, None)),
        (Kind.NUM, "元", "−3", (-300, None)),
        (Kind.NUM, "%", "5.5", (55_000, None)),
        (Kind.NUM, "%", "5.5%", (55_000, None)),
        (Kind.NUM, "人", "50人", (50, None)),
        (Kind.SERIES, "千瓦时", "1.5万千瓦时", (15_000, None)),
        (Kind.BOOL, "", "√", (1, None)),
        (Kind.LIST, "", "不在", (0, None)),
        (Kind.DATE, "", "2020/3/17", (18_338, None)),
        (Kind.DATE, "", "20200317", (18_338, None)),
        (Kind.CODE, "", "制造业", (None, "C")),
        (Kind.CODE, "", "37", (None, "37")),
        (Kind.EVENT, "", "2020年3月17日", (1, None)),
        (Kind.EVENT, "", "无", (0, None)),
    ],
)
def test_what_is_kept_of_what_is_written(kind, unit, text, kept):
    assert stored(kind, unit, text, INDUSTRY) == kept


@pytest.mark.parametrize(
    ("kind", "unit", "text", "word"),
    [
        (Kind.NUM, "元", "很多", "不是数值"), (Kind.NUM, "元", "50人", "单位应为元"), (Kind.NUM, "人", "1.5", "小数位过多"),
        (Kind.NUM, "元", "0.001", "小数位过多"), (Kind.NUM, "元", "1,25", "单位"), (Kind.BOOL, "", "也许", "“是”或“否”"),
        (Kind.DATE, "", "2020年3月", "不是日期"), (Kind.DATE, "", "2020-02-30", "不是日期"), (Kind.CODE, "", "火星业", "不在代码表"),
        (Kind.CODE, "", "其他", "38、39"), (Kind.EVENT, "", "去年", "发生日期"), (Kind.NUM, "元", "9" * 30, "数值过大"),
    ],
)  # fmt: skip
def test_refusals_say_what_was_expected(kind, unit, text, word):
    with pytest.raises(Invalid, match=word):
        stored(kind, unit, text, INDUSTRY)


@given(some.integers(-(10**15), 10**15), some.sampled_from(["元", "万元", "亿元", "%", "人", "元/人次"]))
def test_words_are_read_back_as_the_same_value(num, unit):
    words = in_words(Kind.NUM, unit, num, None)
    if "约" not in words:
        assert stored(Kind.NUM, unit, words) == (num, None)


def test_the_last_word_of_a_day_counts_and_a_withdrawn_day_does_not():
    rows = [Row(day("2020-01-01"), 1, None, "a"), Row(day("2020-02-01"), 2, None, "b"), Row(day("2020-01-01"), 3, None, "c")]
    assert [row.num for row in in_force(rows)] == [3, 2]
    withdrawn = [*rows, Row(day("2020-02-01"), None, None, "d", void=True)]
    assert [row.num for row in in_force(withdrawn)] == [3]


def fact(kind, unit=""):
    return FactKind("f", "事实", kind, unit)


def test_each_kind_has_its_value():
    row = Row(day("2020-03-01"), 250, None, "tax")
    assert datum(fact(Kind.NUM, "元"), [row]).value == Fraction(5, 2)
    assert datum(fact(Kind.BOOL), [row]).value is True
    assert datum(fact(Kind.CODE), [Row(row.day, None, "C", "s")]).value == "C"
    years = [Row(day("2018-01-01"), 100, None, "s"), Row(day("2019-01-01"), 300, None, "s")]
    assert datum(fact(Kind.SERIES, "元"), years).value == {2018: Fraction(1), 2019: Fraction(3)}
    assert datum(fact(Kind.SERIES, "元"), years).as_of == day("2019-12-31")
    assert datum(fact(Kind.EVENT), [Row(day("2019-01-01"), 0, None, "s")]).value == ()
    assert datum(fact(Kind.EVENT), [Row(day("2019-01-01"), 1, None, "s")]).value == (day("2019-01-01"),)
    assert datum(fact(Kind.NUM, "元"), []) is None


def test_a_list_answers_where_it_is_complete_or_where_it_names_the_subject():
    covered = [(day("2020-02-01"), None)]
    assert datum(fact(Kind.LIST), [], []) is None
    assert datum(fact(Kind.LIST), [], covered).value == Standing((), tuple(covered))
    on, off = Row(day("2020-02-10"), 1, None, "s"), Row(day("2020-03-01"), 0, None, "s")
    found = datum(fact(Kind.LIST), [on, off], covered).value
    assert found.member == ((day("2020-02-10"), day("2020-02-29")),)
    assert found.covered[-1] == (day("2020-03-01"), None)
