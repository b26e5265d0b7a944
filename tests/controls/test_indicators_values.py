"""Controls of values and tallies: one beginning a key, a correction gives its reason, a tally stands once, who may bring numbers, count units."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.engines.rollup import MixedCountsError
from songda.kernel.errors import NotPermitted
from songda.office.indicators import access, packs
from songda.office.indicators.actions import NewValue, make_tallies, record_value
from songda.office.indicators.models import Tally, Value
from songda.office.indicators.rules import adding, sources
from songda.office.indicators.rules.adding import CannotAddError, added
from songda.office.indicators.rules.shown import Shown
from songda.registry.actors import system
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, hire, place
from tests.controls.opened import check_off, unique_off
from tests.controls.rebuilt import constraint_off

TALLY = import_module("songda.engines.rollup.tally")
SAID = {"unit": "人", "counts": "people", "spread": "moment", "population": "全部", "basis": "演示"}
ITEMS = [
    {"code": "heads", "label": "人数", "origin": "returned", **SAID},
    {"code": "wrong", "label": "错配", "origin": "computed", "source": "test-firms", **SAID},
]


@pytest.fixture
def declared(cast):
    packs.load_indicators(ITEMS, by=system(), now=NOW)
    return cast


def new(unit, number):
    return NewValue("heads", unit.pk, NOW, Fraction(number), source="某局")


@pytest.mark.row("SUP-08")
def test_a_value_begins_once(declared):
    first = record_value(new(declared.zone, 1), by=system(), now=NOW)

    def again():
        copy = Value.objects.get(pk=first.pk)
        copy.pk, copy.number = None, 2
        copy.save(force_insert=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        again()
    with unique_off(Value, "value_begins_once"):
        again()
        assert Value.objects.filter(replaces=None).count() == 2


@pytest.mark.row("SUP-08")
def test_a_correction_gives_its_reason(declared):
    first = record_value(new(declared.zone, 1), by=system(), now=NOW)
    second = record_value(new(declared.zone, 2), by=system(), now=NOW, reason="补报")

    def unsaid():
        Value.objects.filter(pk=second.pk).update(reason="")

    with pytest.raises(IntegrityError), transaction.atomic():
        unsaid()
    with check_off(Value, "value_replaced_with_a_reason"):
        unsaid()
        assert Value.objects.get(replaces=first).reason == ""


@pytest.mark.django_db(transaction=True)
def test_a_tally_stands_once():
    zone = place("zone", "示例区", "zone", None, "4101")

    def put():
        Tally.objects.create(code="heads", organisation=zone, day=DAY, number=1)

    put()
    with pytest.raises(IntegrityError), transaction.atomic():
        put()
    with constraint_off(Tally, "tally_once"):
        put()
        assert Tally.objects.count() == 2
        Tally.objects.all().delete()


def test_who_may_bring_numbers(declared, monkeypatch):
    clerk = hire(Role.STREET_CLERK, at=declared.zone)
    with pytest.raises(NotPermitted):
        record_value(new(declared.zone, 1), by=clerk, now=NOW)
    monkeypatch.setattr(access, "require", lambda *_given, **_advice: None)
    assert record_value(new(declared.zone, 1), by=clerk, now=NOW)


def shown(counts, unit):
    return Shown("x", "数", Fraction(1), unit, counts, "某区", "", NOW, None, "returned", "某局", "")


def test_count_units_are_not_added(declared, monkeypatch):
    """Appendix G 3 of the mission: in roll-up of values, and in the tallies."""
    both = [shown("firms", "家"), shown("people", "人")]
    with pytest.raises(CannotAddError, match="计数对象"):
        added(both, "全市")
    sources.register("test-firms", "企业", counts="firms", **dict.fromkeys(("cube", "count", "rows"), f"{__name__}:flows"))
    try:
        with pytest.raises(MixedCountsError):
            make_tallies(DAY, DAY, now=NOW)
        monkeypatch.setattr(adding, "_same", lambda things, message: None)
        assert added(both, "全市").number == 2
        monkeypatch.setattr(TALLY, "_same_counts", lambda one, cube: None)
        make_tallies(DAY, DAY, now=NOW)
        assert Tally.objects.filter(code="wrong", organisation=declared.city).get().number == 5
    finally:
        sources._SOURCES.pop("test-firms")


def flows(first, last):
    return [(first, "4101/", (), 5)]
