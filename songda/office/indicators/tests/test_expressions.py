from __future__ import annotations

from fractions import Fraction

import pytest

from songda.office.indicators.rules.arithmetic import UnknownValueError, worked_out
from songda.office.indicators.rules.checks import agrees, find
from songda.office.indicators.rules.expressions import Alike, ExpressionError, names_in, parse
from songda.office.indicators.rules.figures import Figure
from songda.office.indicators.rules.spelling import Named, spelled
from songda.office.indicators.states import Outcome


def figure(code: str, value: int, unit: str = "家", **more) -> Figure:
    return Figure(code, f"示例{code}", more.pop("indicator", code), more.pop("kind", "measure"), value, unit, **more)


FIGURES = {
    one.code: one
    for one in (
        figure("firms", 100),
        figure("projects", 40, "个"),
        figure("people", 211, "人"),
        figure("some", 70, precision="at_least", precision_word="余"),
        figure("few", 90, precision="less_than", precision_word="近"),
        figure("about", 50, precision="approx", precision_word="约"),
        figure("rate", 3333, "%", scale=2, kind="rate"),
        figure("money", 321, "亿元", scale=2, base_value=321_000_000, base_unit="元"),
        figure("part", 7140, "万元", base_value=71_400_000, base_unit="元"),
        figure("none", 0),
        figure("idiom", 120, "典故", kind="rhetorical"),
        figure("listed", 3, "类", items=("甲", "乙", "丙")),
        figure("first", 20200313, "日期", kind="date"),
        figure("last", 20200316, "日期", kind="date"),
    )
}


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 + 2 × 3", 7), ("(1 + 2) × 3", 9), ("8 − 3 − 2", 3), ("1 ÷ 3 × 3", 1), ("0.5 + 0.25", Fraction(3, 4)),
     ("last − first", 3), ("项数(listed)", 3), ("money", 321_000_000)],
)  # fmt: skip
def test_terms_are_worked_out_exactly(text, value):
    assert worked_out(parse(text).left, FIGURES).value == value


@pytest.mark.parametrize(
    ("text", "said"),
    [("firms +", "第 8 字：应为数的代码"), ("(firms", "第 7 字：应为“)”"), ("firms - people", "第 7 字：不认识“-”；减号写作 −"), ("firms firms", "多出"),
     ("", "第 1 字"), ("firms = people = some", "多出“=”"), ("项数(firms, people)", "只问一个"), ("同口径(firms)", "至少要两个"),
     ("__import__('os')", "不认识"), ("= 3", "应为数的代码")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_place(text, said):
    with pytest.raises(ExpressionError) as error:
        parse(text)
    assert said in str(error.value)


def test_names_come_in_order_and_spell_the_figures():
    text = "firms ÷ (people + some) = rate"
    assert list(names_in(parse(text))) == ["firms", "people", "some", "rate"]
    assert parse("同口径(firms, people)") == Alike(("firms", "people"))
    named = {code: Named(code, f"示例{code}", words) for code, words in (("firms", "100家"), ("rate", "33.33%"))}
    pieces = spelled(text, named)
    assert "".join(piece.text for piece in pieces) == "100家 ÷ (people + some) = 33.33%"
    assert [piece.figure.code for piece in pieces if piece.figure] == ["firms", "rate"]
    assert "".join(piece.text for piece in spelled("同口径(firms, rate)", named)) == "口径相同(示例firms 100家, 示例rate 33.33%)"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("firms ÷ (firms × 3) × 100 = rate", "yes"), ("firms ÷ (firms × 3.1) × 100 = rate", "no"), ("firms = 100", "yes"), ("part ≤ money", "yes"), ("firms ≤ some", "unknown"),
     ("some ≤ firms", "unknown"), ("firms ≤ few", "no"), ("firms ≥ few", "yes"), ("about ≤ firms", "yes"), ("some = 70", "unknown"),
     ("firms", "unknown"), ("firms + projects = 140", "unknown"), ("firms ≤ people", "unknown"), ("idiom ≤ firms", "unknown"),
     ("firms ÷ none = 1", "unknown"), ("stranger = 1", "unknown"), ("1 + 1 > 2", "no"), ("1 < 2", "yes"),
     ("同口径(firms, some)", "no"), ("同口径(firms, firms)", "yes"), ("同口径(firms, idiom)", "unknown"), ("项数(listed) = listed", "yes")],
)  # fmt: skip
def test_a_check_comes_out(text, outcome):
    found = find(text, FIGURES)
    assert found.outcome == outcome, found
    assert outcome != "unknown" or found.reason


def test_an_unsaid_premise_leaves_a_check_open_but_worked_out():
    found = find("projects ≤ projects", FIGURES, premise="总体未载")
    assert (found.outcome, found.reason, found.text()) == (Outcome.OPEN, "总体未载", "100")


def test_firms_and_projects_are_never_added():
    with pytest.raises(UnknownValueError, match="计量单位不同"):
        worked_out(parse("firms + projects").left, FIGURES)
    assert find("people ÷ firms", FIGURES).unit == "人/家"


@pytest.mark.parametrize(
    ("text", "precision"),
    [("some + firms", "at_least"), ("some + about", "at_least"), ("some + few", "approx"), ("firms ÷ some", "less_than"),
     ("some ÷ firms", "at_least"), ("firms − some", "less_than"), ("some ÷ few", "at_least"), ("about × 2", "approx"), ("firms × 2", "exact")],
)  # fmt: skip
def test_bounds_carry_through(text, precision):
    assert find(text, FIGURES).precision == precision


def test_an_expected_value_is_compared_to_its_own_decimals():
    found = find("money ÷ firms", FIGURES, unit="万元/家")
    assert (found.text(), found.unit) == ("321", "万元/家")
    third = find("firms ÷ 3", FIGURES)
    assert agrees(third, "unknown", "33.33") and not agrees(third, "unknown", "33.34") and not agrees(third, "yes")
