"""The figures of the texts as their units type them: every one has its place in the form, and is read back as it was printed."""

from __future__ import annotations

from fractions import Fraction

import yaml

from songda.office.indicators.rules.definitions import definition_of
from songda.office.indicators.rules.figure_files import figure_of
from songda.office.returns.rules.entries import Entry, read_entry
from songda.office.returns.rules.forms import form_of
from songda.portal.demo import returning
from songda.portal.packs.tests.packs import PACK


def of(name):
    return yaml.safe_load((PACK / name).read_text(encoding="utf-8"))


DEFINITIONS = {one["code"]: definition_of(one) for one in of("indicators.yaml")["indicators"]}
FORMS = {one["code"]: form_of(one) for one in of("returns.yaml")["forms"]}
FIGURES = {one["code"]: figure_of(one) for file in (PACK / "figures").glob("*.yaml") for one in of(file)["figures"]}


def test_every_figure_is_typed_into_a_line_of_its_form_and_read_back(monkeypatch):
    monkeypatch.setattr(returning, "definitions", lambda: DEFINITIONS)
    for text in returning.declared()["texts"]:
        asked = {line.indicator for line in FORMS[text["form"]].lines}
        assert set(text["figures"]) <= asked
        for code, figure in text["figures"].items():
            entry = read_entry(returning.typed(FIGURES[figure], code), DEFINITIONS[code].unit)
            assert entry is not None
            assert entry.precision == FIGURES[figure].precision


def test_units_are_turned_into_the_indicators_own(monkeypatch):
    monkeypatch.setattr(returning, "definitions", lambda: DEFINITIONS)
    read = {
        (code, figure): read_entry(returning.typed(FIGURES[figure], code), DEFINITIONS[code].unit)
        for code, figure in (
            ("redemption-amount", "gx-redeem-money-32"), ("special-credit-line", "gx-boc-60"), ("vegetables-supplied", "hj-veg-300"),
            ("migrant-worker-deposit-refunded", "sj-build-deposit-4895"), ("staff-fetched", "eq-returned-3200"),
        )
    }  # fmt: skip
    assert list(read.values()) == [
        Entry(Fraction(32_000)), Entry(Fraction(600_000), "at_least"), Entry(Fraction(300_000)), Entry(Fraction("48.95")),
        Entry(Fraction(3200), "at_least"),
    ]  # fmt: skip


def test_the_dailies_name_units_that_owe_them():
    told = returning.declared()["daily"]
    owing = set(FORMS[told["form"]].units)
    named = {
        mark.split()[0]
        for mark in (*told["late"], *told["missing"], *told["waiting"], told["jump"], told["corrected"], told["full"])
    }
    assert named <= owing
    assert set(told["sizes"]) == owing
