"""Rates by the official definitions, from facts, at a moment."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.office.indicators.rules.sources import source_of
from songda.office.resumption.actions import NewEntry, delist_entry, freeze_denominator, list_entry
from songda.office.resumption.queries import board, figures_at
from songda.office.resumption.rules.rates import Rate, added
from songda.office.resumption.tests.ground import HOUR, firms, tell
from songda.registry.people.tests.cast import DAY, NOW

ONE = dt.timedelta(days=1)
WEEK_AGO = DAY - 7 * ONE


@pytest.mark.row("CMD-15")
def test_211_22_percent_stands_as_it_is_and_a_whole_is_the_sum_over_the_sum():
    assert Rate(17_075, 8_084, may_exceed=True).text == "211.22%"
    assert Rate(113, 113).text == "100%"
    assert Rate(19_425, 20_664).text == "94%"
    parts = [Rate(90, 100, may_exceed=True), Rate(30, 10, may_exceed=True)]
    assert added(parts).text == "109.09%"  # the mean of 90 % and 300 % would be 195 %
    assert Rate(21, 20).blocked and Rate(21, 20).text == "超过100%，分母有误"
    assert not Rate(21, 20, may_exceed=True).blocked
    assert Rate(1, 0).value is None


@pytest.mark.row("CMD-15")
@pytest.mark.row("CMD-17")
def test_delisting_changes_the_rate_as_the_hand_calculation_does(ground):
    """Ten firms, two of them cinemas; six makers and, once delisted, one cinema at work: 6 ÷ 8 = 75 %, then 7 ÷ 10 = 70 %."""
    cast, path = ground.cast, ground.cast.street_office.area_path
    everybody = [cast.firm, cast.neighbour, *firms(cast, 8)]
    for one in everybody[:8]:
        tell(one, "industry", "3711", WEEK_AGO)
    for one in everybody[8:]:
        tell(one, "industry", "8760", WEEK_AGO)
    for one in everybody[:6]:
        tell(one, "resumption", "resumed", WEEK_AGO)
    new = NewEntry("industry", WEEK_AGO, "演示通告", "影剧院暂缓", industry="R", area_path=cast.zone.area_path)
    entry = list_entry(new, by=cast.dispatcher, now=NOW)
    before = figures_at(path, "firms", on=DAY)
    assert (before.resumed, before.due, before.listed, before.rate.text) == (6, 8, 2, "75%")
    delist_entry(entry.pk, DAY, "疫情缓解", by=cast.dispatcher, now=NOW + HOUR)
    tell(everybody[8], "resumption", "resumed", DAY + ONE)
    assert figures_at(path, "firms", on=DAY).rate.text == "75%"  # still on the list that day
    after = figures_at(path, "firms", on=DAY + ONE)
    assert (after.resumed, after.due, after.rate.text) == (7, 10, "70%")
    assert figures_at(path, "firms", on=DAY + ONE, known_at=NOW).due == 8  # the delisting was not known then


@pytest.mark.row("CMD-15")
def test_the_three_variants_say_who_is_due(ground):
    cast, path = ground.cast, ground.cast.street_office.area_path
    one, two, three, four = cast.firm, cast.neighbour, *firms(cast, 2)
    for subject in (one, two):
        tell(subject, "above_scale", "是", WEEK_AGO)
    tell(one, "resumption", "resumed")
    tell(two, "negative_list", "在", WEEK_AGO)
    tell(three, "resumption", "continuous")
    tell(four, "resumption", "halted")
    figures = {name: figures_at(path, "firms", name, on=DAY) for name in ("above", "unlisted", "continuous")}
    assert {name: (one.resumed, one.due) for name, one in figures.items()} == {
        "above": (1, 2), "unlisted": (1, 2), "continuous": (2, 3),
    }  # fmt: skip
    assert (figures["unlisted"].listed, figures["unlisted"].continuous, figures["unlisted"].halted) == (1, 1, 1)


@pytest.mark.row("CMD-15")
def test_a_frozen_denominator_stands_beside_the_moving_one_and_outdated_it_is_an_error(ground):
    cast, unit = ground.cast, ground.cast.street_office
    tell(cast.firm, "resumption", "resumed", WEEK_AGO)
    tell(cast.neighbour, "negative_list", "在", WEEK_AGO)
    counted = ("firms", "unlisted")
    frozen = freeze_denominator(unit.pk, counted, WEEK_AGO, by=cast.dispatcher, now=NOW)
    assert (frozen.number, frozen.subjects) == (1, 1)
    tell(cast.neighbour, "negative_list", "不在", DAY)
    tell(cast.neighbour, "resumption", "resumed", DAY)
    row = board(cast.dispatcher, unit.area_path, *counted, on=DAY)[0]
    assert (row.figures.rate.text, row.fixed.text) == ("100%", "超过100%，分母有误")
    again = freeze_denominator(unit.pk, counted, DAY, by=cast.dispatcher, now=NOW + HOUR, reason="移出负面清单 1 家")
    assert (again.number, again.subjects) == (2, 2)


@pytest.mark.row("CMD-15")
def test_people_count_where_both_numbers_are_told(ground):
    cast, path = ground.cast, ground.cast.street_office.area_path
    for subject, due, back in ((cast.firm, "100", "90"), (cast.neighbour, None, "7")):
        tell(subject, "back_at_work", back)
        if due:
            tell(subject, "due_at_work", due)
    tell(cast.firm, "headcount", "120")
    tell(cast.firm, "staff_back", "60")
    told = figures_at(path, "firms", on=DAY)
    assert (told.labour.text, told.paired, told.everybody_present, told.roll.text) == ("90%", 1, 97, "50%")


@pytest.mark.row("CMD-15")
def test_flows_of_days_add_up_to_the_count_of_each_moment(ground):
    """Listed and delisted, resumed and stopped, reclassified: whatever happened, the sum of flows is what a moment shows."""
    cast = ground.cast
    everybody = [cast.firm, cast.neighbour, *firms(cast, 3)]
    for at, one in enumerate(everybody):
        tell(one, "industry", "8760" if at % 2 else "3711", WEEK_AGO)
        tell(one, "above_scale", "是" if at % 3 else "否", WEEK_AGO)
        tell(one, "due_at_work", str(10 + at), WEEK_AGO)
        tell(one, "back_at_work", str(5 + at), WEEK_AGO + at * ONE)
        tell(one, "resumption", "resumed", WEEK_AGO + at * ONE)
    tell(everybody[0], "resumption", "halted", DAY - ONE)
    tell(everybody[1], "above_scale", "否", DAY - ONE)
    new = NewEntry("industry", DAY - 2 * ONE, "演示通告", "影剧院暂缓", industry="87", area_path=cast.zone.area_path)
    entry = list_entry(new, by=cast.dispatcher, now=NOW)
    delist_entry(entry.pk, DAY - ONE, "缓解", by=cast.dispatcher, now=NOW)
    for code in ("resumption-firms", "resumption-firm-people"):
        source = source_of(code)
        flows = list(source.cube()(DAY - 4 * ONE, DAY))
        figures = {flow[2][:2] for flow in flows}
        assert len(figures) >= 9
        earlier = source.cube()(DAY - 4 * ONE, DAY - 2 * ONE)  # the delisting comes after these days
        assert {when for when, *_flow in earlier if when is not None} <= {DAY - back * ONE for back in (4, 3, 2)}
        for variant, figure in figures:
            for back in range(5):
                day = DAY - back * ONE
                at = dt.datetime.combine(day, dt.time(12), dt.UTC)
                where = {"variant": (variant,), "figure": (figure,)}
                for cell in ({}, {"cell": ("service-above",)}):
                    total = sum(
                        flow for when, _path, dims, flow in flows
                        if dims[:2] == (variant, figure) and (not cell or dims[2] in cell["cell"]) and (when is None or when <= day)
                    )  # fmt: skip
                    assert total == source.count()({**where, **cell}, cast.city.area_path, since=None, as_of=at), (
                        variant,
                        figure,
                        day,
                    )


def test_rows_behind_a_number_are_those_the_actor_sees(ground):
    cast = ground.cast
    for one in (cast.firm, cast.other_firm):
        tell(one, "resumption", "resumed")
    where = {"variant": ("unlisted",), "figure": ("resumed",)}
    rows = source_of("resumption-firms").rows()
    behind = rows(where, cast.city.area_path, since=None, as_of=NOW, actor=cast.street)
    assert behind.total == 1
    assert behind.told(behind.rows[0])[0] == f"/resumption/subjects/{cast.firm.pk}/"
    assert rows(where, cast.city.area_path, since=None, as_of=NOW, actor=None).total == 2
