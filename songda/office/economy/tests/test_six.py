"""The six stabilities: every one is there, with a value that opens or 暂无数据, and an arrow by change."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.ledger.cases.tests.ground import read
from songda.office.economy import queries
from songda.office.economy.tests.ground import value
from songda.registry.actors import system
from songda.registry.codes import packs as codes
from songda.registry.people.tests.cast import NOW


@pytest.fixture
def six(db):
    codes.load([read("dictionaries/six-stabilities.yaml")], by=system(), now=NOW)


@pytest.mark.row("CMD-32")
def test_all_six_have_an_indicator_or_say_no_data(cast, statistician, six, django_assert_max_num_queries):
    first = dt.date(2020, 3, 1)
    value(cast.zone, "insured-headcount", first, "900", statistician)
    value(cast.zone, "insured-headcount", dt.date(2020, 3, 8), "950", statistician)
    value(cast.zone, "foreign-trade-volume", dt.date(2020, 2, 29), "80", statistician, since=dt.date(2020, 1, 1))
    value(cast.zone, "foreign-trade-volume", dt.date(2019, 2, 28), "100", statistician, since=dt.date(2019, 1, 1))
    value(cast.street_office, "bank-loans", first, "5", statistician, since=first)  # another unit's
    with django_assert_max_num_queries(4):
        panels = queries.board(cast.zone, as_of=NOW)
    assert [(one.label, one.empty) for one in panels] == [
        ("稳就业", False), ("稳金融", True), ("稳外贸", False), ("稳外资", True), ("稳投资", True), ("稳预期", True),
    ]  # fmt: skip
    jobs, trade = panels[0].held[0], panels[2].held[0]
    assert (jobs.turn, jobs.basis, jobs.change.difference, jobs.value.number) == ("上升", "比上一时点", 50, 950)
    assert (trade.turn, trade.basis, trade.change.good) == ("下降", "比上年同期", False)
    assert panels[3].held == ()


@pytest.mark.row("CMD-32")
def test_each_indicator_of_the_pack_belongs_to_one_of_the_six_or_to_none(six):
    known = {one["code"] for one in read("dictionaries/six-stabilities.yaml")["entries"]}
    said = {one.get("stability", "") for one in read("indicators.yaml")["indicators"]}
    assert said - {""} <= known
    assert len(known) == 6
