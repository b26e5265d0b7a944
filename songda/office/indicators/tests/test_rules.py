from __future__ import annotations

import pytest

from songda.office.indicators.rules.figure_files import faults_in, figure_of
from songda.office.indicators.rules.figures import Figure, as_of_words, in_words
from songda.office.indicators.rules.flags import Tried, raised
from songda.office.indicators.rules.lit_quote import lit
from songda.office.indicators.rules.printing import obstacles
from songda.office.indicators.tests.conftest import FILES, item


@pytest.mark.parametrize(
    ("code", "words"),
    [("sj-land-plan-4000", "约4,000亩"), ("sj-thermo-gun-80", "80余只"), ("hj-labour-100", "近100人"), ("hj-turnover-1yi", "超1亿元"),
     ("gx-boc-60", "不低于60亿元"), ("gx-bridge-62", "6.2亿余元"), ("hj-rate-21122", "211.22%"), ("gx-asof-0318", "2020年3月18日"),
     ("gx-april", "2020年4月"), ("gx-redeem-year", "2019年"), ("sj-build-deposit-4895", "48.95万元")],
)  # fmt: skip
def test_a_figure_is_said_with_its_bound_and_unit(code, words):
    assert in_words(figure_of(item(FILES, code))) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("2020", "2020年"),
        ("2020-03", "2020年3月"),
        ("2020-03-18", "2020年3月18日"),
        ("2020-03-23T17:00", "2020年3月23日17时"),
    ],
)
def test_the_time_of_a_figure_is_said_as_finely_as_it_is_known(text, words):
    assert as_of_words(text) == words


def test_the_number_is_lit_in_its_quote_and_items_where_none_is_written():
    assert lit("复工比例211.22%。", "211.22%") == [("复工比例", False), ("211.22%", True), ("。", False)]
    assert [text for text, on in lit("立案处罚、约谈问责以外", "", ("立案处罚", "约谈问责")) if on] == ["立案处罚", "约谈问责"]
    assert lit("没有", "9") == [("没有", False)]


def rate(value: int, code: str = "r", **more) -> Figure:
    return Figure(code, "示例率", more.pop("indicator", "rate"), "rate", value, "%", **more)


def kinds(figures: list[Figure], *tried: Tried) -> set[tuple[str, str]]:
    return {(one.code, str(one.kind)) for one in raised({one.code: one for one in figures}, tried)}


def test_rates_above_at_and_below_a_hundred():
    known = {"numerator": "a", "denominator": "b"}
    assert kinds([rate(211, **known)]) == {("r", "ratio_over_100")}
    assert kinds([rate(100, **known)]) == {("r", "full_100")}
    assert kinds([rate(99, **known)]) == set()
    assert kinds([rate(99)]) == {("r", "base")}


def test_a_part_above_its_whole_and_two_values_for_one_thing():
    assert kinds([], Tried("p", "p ≤ w", "no"), Tried("q", "q = w", "no"), Tried("s", "s ≤ w", "yes")) == {
        ("p", "part_over_whole")
    }
    one, other = (Figure(code, "示例", "same", "measure", value, "家", as_of="2020-03") for code, value in (("a", 8), ("b", 9)))
    assert kinds([one, other]) == {("a", "two_totals"), ("b", "two_totals")}
    elsewhere = Figure("b", "示例", "same", "measure", 9, "家", as_of="2020-03", place="别处")
    assert kinds([one, elsewhere]) == set()


def test_what_keeps_a_figure_from_print():
    whole = Figure("a", "示例", "a", "measure", 1, "家", as_of="2020-03", scope="全区")
    assert obstacles(whole, ()) == ()
    assert len(obstacles(Figure("a", "示例", "a", "measure", 1, "家"), ())) == 2
    over = rate(211, as_of="2020-03", scope="全区", numerator="a", denominator="b")
    assert obstacles(over, {"ratio_over_100"}) == ("比率超过100%，尚无说明。",)
    assert obstacles(Figure("a", "示例", "a", "rhetorical", 1, "米"), ()) == ("是修辞，不是数据。",)


def test_the_bundled_figures_fit_together():
    assert faults_in(FILES) == []


@pytest.mark.parametrize(
    ("code", "key", "name", "value", "said"),
    [("hj-rate-21122", "figures", "written", "211%", "原句里没有"), ("gx-gazelle-money-7140", "figures", "base_value", "7140", "不等于"),
     ("gx-asof-0318", "figures", "value", "20200231", "没有这一天"), ("hj-rate-21122", "figures", "unit", "倍", "比率的单位"),
     ("hj-rate-21122", "figures", "numerator", "nothing", "没有数 nothing"), ("hj-now-17075", "figures", "code", "hj-should-8084", "重复"),
     ("R02", "checks", "expression", "hj-now-17075 ÷", "第 "), ("R02", "checks", "expression", "nothing = 3", "没有数 nothing"),
     ("R02", "checks", "figure", "nothing", "没有数 nothing"), ("R02", "checks", "expected", "no", "应为 no 211.2197，实为 yes 211.2197"),
     ("hj-should-8084", "figures", "value", "8085", "核对 R02 应为 yes")],
)  # fmt: skip
def test_a_fault_is_told_where_it_is(files, code, key, name, value, said):
    item(files, code, key)[name] = value
    found = faults_in(files)
    assert any(said in one.message for one in found), found
    assert found[0].where[0] in ("figures", "checks")
