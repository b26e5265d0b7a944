"""Controls of readings: who may judge, a grave doubt wants a note, the same text is read once, one decision a figure."""

from __future__ import annotations

import itertools
from importlib import import_module

import pytest

from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.office.indicators import access
from songda.office.indicators.actions import Choice, Handed, accept_figures, read_bulletin, reject_figures
from songda.office.indicators.models import Observation, Reading, Value
from songda.office.indicators.states import READ_FIGURE
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, hire

ACCEPT = import_module("songda.office.indicators.actions.accept_figures")
TEXT = "截至3月16日，全区应复工人数8084人，当前复工人数17075人，复工比例211.22%。"


@pytest.fixture
def by(cast):
    return hire(Role.STATISTICIAN, at=cast.zone)


@pytest.fixture
def reading(by, cast) -> Reading:
    return read_bulletin(Handed(TEXT, cast.zone.pk, issued_on=NOW.date()), by=by, now=NOW)


@pytest.mark.row("SUP-20")
def test_only_the_statistician_judges(reading, cast, monkeypatch):
    clerk = hire(Role.CORRESPONDENT, at=cast.zone)
    assert clerk.may("figures.see") and not clerk.may("figures.edit")
    with pytest.raises(NotPermitted):
        read_bulletin(Handed("新增岗位60个。", cast.zone.pk), by=clerk, now=NOW)
    with pytest.raises(NotPermitted):
        accept_figures(reading.pk, [1], Choice(cast.zone.pk, note="核实"), by=clerk, now=NOW)
    with pytest.raises(NotPermitted):
        reject_figures(reading.pk, [1], "name", by=clerk, now=NOW)
    monkeypatch.setattr(access, "require", lambda *_given, **_advice: None)
    assert accept_figures(reading.pk, [1], Choice(cast.zone.pk, note="核实"), by=clerk, now=NOW)


@pytest.mark.row("SUP-10")
def test_a_grave_doubt_without_a_note(reading, cast, by, monkeypatch):
    rate = reading.figures.get(kind="rate").number
    with pytest.raises(Invalid, match="须写明理由"):
        accept_figures(reading.pk, [rate], Choice(cast.zone.pk), by=by, now=NOW)
    assert not Observation.objects.exists() and not Value.objects.exists()
    monkeypatch.setattr(ACCEPT, "_refuse_unfit", lambda row, choice: None)
    assert accept_figures(reading.pk, [rate], Choice(cast.zone.pk), by=by, now=NOW)


def test_the_same_text_is_read_once(reading, cast, by, monkeypatch):
    with pytest.raises(Conflict, match="已经读过"):
        read_bulletin(Handed(f"  {TEXT}\n", cast.zone.pk), by=by, now=NOW)
    numbers = itertools.count()
    monkeypatch.setattr(
        import_module("songda.office.indicators.actions.read_bulletin"), "digest_of", lambda _: f"o{next(numbers):>15}"
    )
    read_bulletin(Handed(TEXT, cast.zone.pk), by=by, now=NOW)
    assert Reading.objects.count() == 2


def test_a_figure_is_judged_once(reading, cast, by, monkeypatch):
    number = reading.figures.get(value="8084").number
    choice = Choice(cast.zone.pk, note="核实")
    accept_figures(reading.pk, [number], choice, by=by, now=NOW)
    for again in (
        lambda: accept_figures(reading.pk, [number], choice, by=by, now=NOW),
        lambda: reject_figures(reading.pk, [number], "name", by=by, now=NOW),
    ):
        with pytest.raises(Conflict, match="已采用"):
            again()
    monkeypatch.setattr(
        import_module("songda.office.indicators.actions.reject_figures"),
        "move",
        lambda machine, row, step, **changes: type(row).objects.filter(pk=row.pk).update(state=machine.step(step).target),
    )
    reject_figures(reading.pk, [number], "name", by=by, now=NOW)
    assert reading.figures.get(number=number).state == READ_FIGURE.step("reject").target
