"""Targets with versions and reasons, monthly actuals of the store, the table taken in whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
from fractions import Fraction

import pytest

from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.office.economy import actions, queries
from songda.office.economy.access import targets_visible_to
from songda.office.economy.models import Target
from songda.office.economy.rules.target_table import HEADINGS
from songda.office.economy.tests.ground import OUTPUT, PAPER, end_of, target, value
from songda.registry.people.tests.cast import NOW

JANUARY = dt.date(2020, 1, 1)


def standing(one, actor, now=NOW):
    return queries.standing_of(one.pk, actor, now=now)


@pytest.mark.row("CNF-05")
def test_progress_comes_from_the_values_of_the_store_and_every_number_says_how(cast, statistician):
    one = target(cast.zone, "1200", statistician)
    late = value(cast.zone, OUTPUT, dt.date(2020, 1, 31), "100", statistician, since=JANUARY, at=end_of(dt.date(2020, 2, 20)))
    value(cast.zone, OUTPUT, dt.date(2020, 2, 29), "180.5", statistician, since=JANUARY)
    found = standing(one, statistician)
    assert (found.result.actual, found.result.light, found.late) == (Fraction("180.5"), "red", [1])
    assert found.months[0].reported.value_id == late.pk
    told = {line.label: (line.how, line.result) for line in queries.worked_out(found)}
    assert told["全年目标"] == (PAPER, "1,200.00万元")
    assert told["进度"] == ("180.50 ÷ 1,200.00", "15.04%")
    assert told["时间比例"] == ("60 ÷ 366", "16.39%")
    assert told["落后线"] == ("16.39% × 0.95", "15.57%")
    assert told["状态"] == ("进度 15.04% < 落后线 15.57%", "落后")
    assert told["余下每月需完成"] == ("（1,200.00 − 180.50）÷ 10", "101.95万元")
    assert told["按此进度全年预计"][1] == "1,101.05万元"


@pytest.mark.row("CNF-05")
def test_a_correction_counts_and_keeps_the_day_of_the_first_and_the_past_stays_as_known(cast, statistician):
    one = target(cast.zone, "1200", statistician)
    value(cast.zone, OUTPUT, dt.date(2020, 1, 31), "100", statistician, since=JANUARY, at=end_of(dt.date(2020, 2, 9)))
    later = NOW + dt.timedelta(days=1)
    value(cast.zone, OUTPUT, dt.date(2020, 1, 31), "90", statistician, since=JANUARY, at=later, reason="漏报一户")
    first, after = standing(one, statistician).months[0], standing(one, statistician, later).months[0]
    assert (first.total, first.late, first.reported.corrected) == (100, False, False)
    assert (after.total, after.late, after.reported.corrected) == (90, False, True)


@pytest.mark.row("CNF-05")
def test_another_number_takes_a_reason_and_the_old_version_stays(cast, statistician):
    one = target(cast.zone, "1200", statistician)
    assert target(cast.zone, "1200", statistician) == one
    with pytest.raises(Conflict, match="已有目标"):
        target(cast.zone, "1100", statistician)
    two = target(cast.zone, "1100", statistician, reason="市里调整计划")
    assert [(row.version, row.plain, row.reason) for row in queries.versions_of(two)] == [
        (2, 1100, "市里调整计划"),
        (1, 1200, ""),
    ]
    assert list(queries.listed(statistician, 2020)) == [two]


def test_who_sets_targets_and_for_whom(cast, statistician):
    with pytest.raises(NotPermitted):
        target(cast.zone, "1", cast.desk)
    with pytest.raises(NotPermitted):
        target(cast.other_zone, "1", statistician)
    with pytest.raises(NotFound):
        target(cast.zone, "1", statistician, code="no-such")
    with pytest.raises(Invalid):
        target(cast.zone, "1", statistician, code="insured-headcount", pace="sum")
    assert not targets_visible_to(cast.desk).exists()  # a desk has no figures.see


def table(folder, *rows):
    path = folder / "targets.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return path


@pytest.mark.row("CNF-05")
def test_a_table_is_taken_in_whole_or_comes_back_with_its_errors(cast, statistician, tmp_path):
    good = ("规上工业总产值", "zone-a", "2020", "1,200", "万元", "", PAPER, "")
    bad = [
        ("没有的指标", "zone-a", "2020", "5", "", "", PAPER, ""),
        ("foreign-trade-volume", "zone-a", "2020", "5", "亿元", "", PAPER, ""),
        ("foreign-trade-volume", "zone-b", "2020", "5", "", "", PAPER, ""),
        ("foreign-trade-volume", "zone-a", "2020", "0", "", "", PAPER, ""),
    ]
    refused = actions.import_targets(table(tmp_path, good, *bad), by=statistician, now=NOW).refused
    assert [line for line, _cells, _why in refused] == [3, 4, 5, 6]
    assert ["指标" in refused[0][2], "万元" in refused[1][2], "辖区" in refused[2][2], "大于零" in refused[3][2]] == [True] * 4
    assert not Target.objects.exists()
    other = ("进出口总额", "street-a1", "2020", "12.5", "万元", "按全年累计", PAPER, "")
    found = actions.import_targets(table(tmp_path, good, other), by=statistician, now=NOW)
    assert (found.kept, found.known, Target.objects.count()) == (2, 0, 2)
    again = actions.import_targets(table(tmp_path, good, other), by=statistician, now=NOW)
    assert (again.kept, again.known) == (0, 2)


def test_a_year_of_many_targets_costs_a_fixed_number_of_queries(cast, statistician, django_assert_num_queries):
    for code in ("investment-completed", "foreign-trade-volume", OUTPUT):
        for unit in (cast.zone, cast.street_office):
            target(unit, "100", statistician, code=code)
    rows = list(queries.listed(statistician, 2020))
    with django_assert_num_queries(3):
        assert len(queries.standings(rows, 2020, now=NOW)) == 6
