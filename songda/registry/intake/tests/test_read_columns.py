from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind
from songda.registry.intake.rules import columns, headings
from songda.registry.intake.rules.headings import Target
from songda.registry.intake.rules.table import text_of

MIDNIGHT = dt.datetime.combine(dt.date(2020, 1, 2), dt.time())  # as a day comes from a workbook
MONEY = FactKind("revenue", "营业收入", Kind.NUM, "元")
NAMES = Catalogue.of(
    [MONEY, FactKind("years", "历年营业收入", Kind.SERIES, "元"), FactKind("share", "研发占比", Kind.NUM, "%", aliases=("占比",))]
)


def read(cells, fact=MONEY, codes=None, **target):
    return columns.read(cells, fact, Target(fact.name, fact=fact.code, **target), 18_000, codes)


@given(some.integers(0, 10**12), some.sampled_from(["元", "万元", "亿元"]))
def test_a_number_of_excel_is_the_number_that_was_typed(fen, unit):
    """A float is read as the decimal a person typed, to the last fen: the quick way and the exact way agree."""
    scale = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}[unit]
    typed = float(Fraction(fen, scale))
    found = read([typed], unit=unit)
    if fen < 10**14 and abs(Fraction(repr(typed)) * scale - fen) == 0:
        assert not found.problems
        assert found.nums[0] == fen


def test_nothing_is_rounded_away():
    found = read([0.001, 1e-12, 12.345, 1250.5, "1,250.5万元", "", "—", 3])
    assert [row for row, _text in found.problems] == [0, 1, 2]
    assert found.present.tolist() == [False, False, False, True, True, False, False, True]
    assert found.nums.tolist()[3:5] == [125_050, 1_250_500_000]


def test_events_and_codes():
    event = read(["2019-05-01", "无", MIDNIGHT], FactKind("e", "事故", Kind.EVENT))
    assert event.nums.tolist() == [1, 0, 1]
    assert event.days.tolist() == [18_017, 18_000, 18_263]
    code = read(
        ["制造业", "C", 37.0], FactKind("i", "行业", Kind.CODE, code_list="gb"), CodeList("gb", {"C": "制造业", "37": "运输"})
    )
    assert code.texts == ["C", "C", "37"]


def test_headings_find_facts_units_and_years():
    found = headings.guess(["营业收入(万元)", "2019年营业收入（万元）", "营业收入2018", "占 比 *", "企业名称", "不认识"], NAMES)
    assert [(one.fact, one.unit, one.year, one.place) for one in found] == [
        ("revenue", "万元", None, ""), ("years", "万元", 2019, ""), ("years", "", 2018, ""), ("share", "", None, ""),
        ("", "", None, "name"), ("", "", None, ""),
    ]  # fmt: skip


def test_cells_as_text():
    assert [text_of(cell) for cell in (0.0, 1.0, 0.1 + 0.2, 1e16, True, MIDNIGHT, " 甲 ", None)] == [
        "0", "1", "0.3", "10000000000000000", "是", "2020-01-02", "甲", "",
    ]  # fmt: skip
