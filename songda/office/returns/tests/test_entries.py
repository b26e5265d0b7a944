"""Numbers as people type them."""

from fractions import Fraction

import pytest

from songda.office.returns.rules.entries import Entry, EntryError, read_entry, shown, worked_out


@pytest.mark.parametrize(
    ("text", "unit", "number", "precision"),
    [
        ("1234", "家", "1234", "exact"),
        ("１，２３４", "家", "1234", "exact"),
        ("1,234家", "家", "1234", "exact"),
        ("1.2万", "人", "12000", "exact"),
        ("70多万", "只", "700000", "at_least"),
        ("3,200余", "人", "3200", "at_least"),
        ("约6000", "只", "6000", "approx"),
        ("近100", "人", "100", "less_than"),
        ("超过 4万 人次", "人次", "40000", "at_least"),
        ("3.2亿", "万元", "32000", "exact"),
        ("3.2亿元", "万元", "32000", "exact"),
        ("48.95", "万元", "48.95", "exact"),
        ("48.95万元", "万元", "48.95", "exact"),
        ("211.22%", "%", "211.22", "exact"),
        ("-3", "家", "-3", "exact"),
    ],
)
def test_a_typed_number_is_read(text, unit, number, precision):
    assert read_entry(text, unit) == Entry(Fraction(number), precision)


@pytest.mark.parametrize(
    ("text", "unit"), [("很多", "家"), ("12人", "家"), ("1,23", "家"), ("1.2.3", "家"), ("5万家", "人"), ("9" * 20, "家")]
)
def test_what_is_no_number_of_the_unit_is_refused(text, unit):
    with pytest.raises(EntryError):
        read_entry(text, unit)


def test_nothing_is_nothing_and_numbers_are_shown_with_how_exact_they_are():
    assert read_entry("　", "家") is None
    assert shown(Entry(Fraction("1234.50"))) == "1,234.5"
    assert shown(Entry(Fraction(3200), "at_least")) == "≥3,200"


def test_a_rate_is_worked_out_exactly_and_not_over_nothing():
    assert worked_out(Entry(Fraction(17075)), Entry(Fraction(8084)), 2) == Entry(Fraction("211.22"))
    assert worked_out(Entry(Fraction(1)), Entry(Fraction(0)), 2) is None
