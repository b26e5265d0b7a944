from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.office.indicators import packs, queries
from songda.office.indicators.actions import NewValue, compute_value, explain_value, record_value
from songda.office.indicators.rules import sources
from songda.registry.actors import system
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, hire

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
RETURNED = {"unit": "人", "counts": "people", "spread": "moment", "origin": "returned", "population": "在建项目", "basis": "报表"}
DECLARED = [
    {"code": "due", "label": "应复工人数", **RETURNED},
    {"code": "present", "label": "复工人数", **RETURNED},
    {
        "code": "ratio", "label": "复工比例", "unit": "%", "kind": "rate", "counts": "none", "spread": "moment",
        "origin": "computed", "population": "在建项目", "basis": "复工人数÷应复工人数", "numerator": "present",
        "denominator": "due", "decimals": 2, "may_exceed": True,
    },
    {"code": "masks", "label": "口罩", **RETURNED, "unit": "只", "counts": "things", "spread": "flow"},
    {
        "code": "calls", "label": "电话", "unit": "次", "counts": "cases", "spread": "flow", "origin": "computed",
        "population": "全部", "basis": "演示", "source": "test-calls", "where": {"kind": ["a", "b"]}, "cells": "kind",
    },
]  # fmt: skip


@pytest.fixture
def declared(cast):
    packs.load_indicators(DECLARED, by=system(), now=NOW)
    return cast


def new(code, unit, number, as_of=NOW, **more):
    return NewValue(code, unit.pk, as_of, Fraction(number), source="区住建局", **more)


@pytest.mark.row("SUP-08")
def test_as_of_a_moment_as_known_at_another(declared):
    """A correction comes a day later: what was published before it reproduces, what is asked now has the new number."""
    unit, by = declared.zone, system()
    first = record_value(new("due", unit, 8084), by=by, now=NOW)
    assert record_value(new("due", unit, 8084), by=by, now=NOW + HOUR) == first
    with pytest.raises(Conflict, match="已有一个值"):
        record_value(new("due", unit, 18084), by=by, now=NOW + DAY)
    second = record_value(new("due", unit, 18084), by=by, now=NOW + DAY, reason="基数更新")
    assert (second.replaces_id, second.reason) == (first.pk, "基数更新")

    def told(as_of, known_at=None):
        found = queries.value_at("due", unit, as_of=as_of, known_at=known_at)
        return found and int(found.number)

    later = NOW + 2 * DAY
    assert (told(later), told(NOW, NOW + HOUR), told(later, later)) == (18084, 8084, 18084)
    assert (told(NOW - HOUR), told(later, NOW - HOUR)) == (None, None)


def test_the_newest_moment_wins_then_the_order_of_origins(declared):
    unit, by = declared.zone, system()
    record_value(new("due", unit, 1, NOW - DAY, origin="computed"), by=by, now=NOW)
    record_value(new("due", unit, 2, origin="read"), by=by, now=NOW)
    record_value(new("due", unit, 3, origin="returned"), by=by, now=NOW)
    assert queries.value_at("due", unit, as_of=NOW).number == 3
    assert queries.value_at("due", unit, as_of=NOW, origins=("read", "returned")).number == 2
    assert queries.value_at("due", unit, as_of=NOW, origins=("computed",)).number == 1


def test_what_does_not_fit_its_indicator_is_refused(declared):
    unit, by = declared.zone, system()
    for bad, field in (
        (new("due", unit, Fraction(1, 3)), "number"),
        (new("due", unit, 1, cell="x", origin="computed"), "cell"),
        (new("due", unit, 1, since=NOW.date() - DAY), "since"),
        (new("due", unit, 1, numerator=1, denominator=2), "numerator"),
        (new("ratio", unit, 1, numerator=1), "denominator"),
        (new("ratio", unit, 1, origin="computed"), "numerator"),
        (NewValue("due", unit.pk, NOW, Fraction(1)), "source"),
    ):
        with pytest.raises(Invalid) as refused:
            record_value(bad, by=by, now=NOW)
        assert field in refused.value.fields
    with pytest.raises(NotFound, match="没有指标"):
        record_value(new("nothing", unit, 1), by=by, now=NOW)


@pytest.mark.row("SUP-10")
def test_a_rate_is_worked_out_of_its_parts_and_explained_once(declared):
    unit, by = declared.zone, system()
    with pytest.raises(Conflict, match="没有数"):
        compute_value("ratio", unit.pk, as_of=NOW, by=by, now=NOW)
    record_value(new("due", unit, 8084), by=by, now=NOW)
    record_value(new("present", unit, 17075), by=by, now=NOW)
    rate = compute_value("ratio", unit.pk, as_of=NOW, by=by, now=NOW)
    assert (rate.number, rate.scale, rate.numerator, rate.denominator, rate.origin) == (21122, 2, 17075, 8084, "computed")
    desk = hire(Role.STATISTICIAN, at=unit)
    assert explain_value(rate.pk, "新进场农民工不在应复工人数内。", by=desk, now=NOW).explanation
    with pytest.raises(Conflict, match="已有说明"):
        explain_value(rate.pk, "再说一次", by=desk, now=NOW)
    assert queries.value_at("ratio", unit, as_of=NOW).explanation == "新进场农民工不在应复工人数内。"


def test_only_figures_desks_bring_values_of_their_own_territory(declared):
    clerk, desk = hire(Role.STREET_CLERK, at=declared.zone), hire(Role.STATISTICIAN, at=declared.zone)
    with pytest.raises(NotPermitted):
        record_value(new("due", declared.zone, 1), by=clerk, now=NOW)
    with pytest.raises(NotFound):
        record_value(new("due", declared.city, 1), by=desk, now=NOW)
    assert record_value(new("due", declared.zone, 1), by=desk, now=NOW).recorded_by == desk.account_id


CALLS = [("a", 1), ("a", 2), ("b", 4), ("c", 8)]


def cube(first, last):
    yield from ((None, "", (kind,), number) for kind, number in CALLS)


def count(where, area_path, *, since, as_of):
    return sum(number for kind, number in CALLS if kind in where["kind"])


def rows(where, area_path, *, since, as_of, actor):
    kept = [("", kind, number) for kind, number in CALLS if kind in where["kind"]]
    return sources.RowsBehind(("种类", "数"), kept, len(kept))


@pytest.fixture
def calls(monkeypatch):
    monkeypatch.setattr(sources, "_SOURCES", {})
    here = __name__
    sources.register(
        "test-calls", "电话", counts="cases", dims=("kind",), **{one: f"{here}:{one}" for one in ("cube", "count", "rows")}
    )


def test_a_computed_value_freezes_what_its_source_says(declared, calls, monkeypatch):
    unit, by = declared.zone, system()
    week = NOW.date() - 6 * DAY
    value = compute_value("calls", unit.pk, as_of=NOW, since=week, by=by, now=NOW)
    assert (value.number, value.since, value.source, len(value.digest)) == (7, week, "电话", 64)
    assert compute_value("calls", unit.pk, as_of=NOW, since=week, cell="b", by=by, now=NOW).number == 4
    monkeypatch.setitem(globals(), "CALLS", [*CALLS, ("a", 16)])
    late = compute_value("calls", unit.pk, as_of=NOW, since=week, by=by, now=NOW + DAY)
    assert (late.number, late.replaces_id, late.reason) == (23, value.pk, "重新计算")
    assert queries.value_at("calls", unit, as_of=NOW, known_at=NOW).number == 7
