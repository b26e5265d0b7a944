"""Approximate numbers: their bounds in arithmetic, and the reading of every numeral of the pack's figures in the words it stands in."""

from __future__ import annotations

from fractions import Fraction

import pytest

from songda.engines.figures.reader import read_figures
from songda.office.indicators.rules.bounds import Bounded, added
from songda.office.indicators.tests.conftest import FILES

ITEMS = [item for file in FILES for item in file["figures"]]
COUNTED = ("measure", "money", "rate", "target", "document")
ALONE = {"eq-thanks-one"}  # 一封感谢信: a single 一 is never read as a number


def told(number: str, precision: str = "exact") -> Bounded:
    return Bounded(Fraction(number), precision)


@pytest.mark.row("SUP-09")
def test_sums_keep_the_weakest_bound():
    """700000+ and 60000 are at least 760000 (the mission's own example)."""
    total = told("700000", "at_least") + told("60000")
    assert (total.number, total.relation, total.lower, total.upper) == (760_000, "≥", 760_000, None)
    assert not total.may_be(Fraction(750_000)) and total.may_be(Fraction(900_000))
    assert added([told("1"), told("2", "approx"), told("3", "at_least")]).precision == "at_least"
    assert added([told("100", "less_than"), told("80", "at_least")]).precision == "approx"  # opposite bounds: about
    assert added([]) == told("0")


@pytest.mark.row("SUP-09")
def test_what_is_taken_away_or_divided_by_turns_its_bound():
    near, over = told("100", "less_than"), told("80", "at_least")
    assert (near.lower, near.upper, near.relation) == (0, 100, "<") and not near.may_be(Fraction(100))
    assert (told("500") - over).relation == "<" and (told("500") / over).precision == "less_than"
    assert (over * told("3")).lower == 240 and told("5", "approx").may_be(Fraction(4)) and told("5", "approx").upper is None


@pytest.mark.row("SUP-09")
@pytest.mark.parametrize(
    "item", [one for one in ITEMS if one["kind"] in COUNTED and one.get("written")], ids=lambda one: one["code"]
)
def test_every_numeral_of_the_texts_is_read_with_its_bound(item):
    """万, 亿, 余, 近, 不低于, 百余: 282 printed figures, those that count something."""
    quote, written = item["quote"], item["written"]
    at = quote.find(written)
    near = [one for one in read_figures(quote).figures if one.span[0] < at + len(written) and at < one.span[1]]
    wanted = {Fraction(item["value"]), Fraction(item.get("base_value", item["value"]))}
    seen = [one for one in near if one.base is not None and {Fraction(one.base), Fraction(one.value)} & wanted]
    if item["code"] in ALONE:
        assert not near
        return
    assert seen and seen[0].precision == item.get("precision", "exact")


@pytest.mark.row("SUP-09")
def test_idioms_are_no_numbers():
    idioms = [one for one in ITEMS if one["kind"] == "rhetorical"]
    assert len(idioms) == 14
    for item in idioms:
        at = item["quote"].find(item.get("written", ""))
        span = (at, at + len(item.get("written", item["quote"])))
        taken = [one.quote for one in read_figures(item["quote"]).figures if one.span[0] < span[1] and span[0] < one.span[1]]
        assert not taken, (item["code"], taken)
