"""Progress against time with worked numbers; months and lateness; changes between periods; conditions of entry."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from songda.office.economy.rules.changes import Point, change_of
from songda.office.economy.rules.entry import Proved, checklist, fault_of_month, proved_on, what_lacks
from songda.office.economy.rules.parameters import Condition, PaceRule, faults
from songda.office.economy.rules.progress import Reported, months_of, progress_of, time_share
from songda.office.economy.rules.spelling import figure, read_number, share
from songda.office.economy.rules.target_table import row_of

RULE = PaceRule(Fraction("0.95"), 15)
JANUARY = dt.date(2020, 1, 1)


def reported(number, month, day, *, since=JANUARY, at=None):
    until = dt.date(2020, month, day)
    return Reported(Fraction(number), since, until, at or until + dt.timedelta(days=5), 1)


def standing(found, *, target="1200", on=dt.date(2020, 3, 10), adds=True, ceiling=False):
    months = months_of(2020, found, RULE, on, adds=adds)
    return months, progress_of(Fraction(target), months, RULE, adds=adds, ceiling=ceiling)


@pytest.mark.row("CNF-05")
def test_progress_is_actual_over_target_against_the_share_of_time_at_the_as_of():
    months, result = standing({1: reported(100, 1, 31), 2: reported(180, 2, 29)})
    assert [(one.own, one.total) for one in months] == [(100, 100), (80, 180), (None, None)]
    assert (result.actual, result.progress, result.time) == (180, Fraction(180, 1200), Fraction(60, 366))
    assert result.threshold == Fraction(60, 366) * Fraction("0.95")
    assert result.light == "red"  # 15.00 % < 15.57 %
    assert (result.left, result.needed, result.average) == (10, Fraction(1020, 10), 90)
    assert result.forecast == Fraction(180) / Fraction(60, 366)


@pytest.mark.parametrize(
    ("number", "light"), [("186", "red"), ("188", "yellow"), ("196.7", "yellow"), ("196.8", "green"), ("1300", "green")]
)
def test_the_colour_turns_at_the_threshold_and_at_the_share_of_time(number, light):
    assert standing({2: reported(number, 2, 29)})[1].light == light


def test_a_months_own_numbers_add_and_a_gap_leaves_the_total_open():
    own = {1: reported(100, 1, 31), 2: reported(80, 2, 29, since=dt.date(2020, 2, 1))}
    assert [one.total for one in standing(own)[0]] == [100, 180, None]
    gap = {2: reported(80, 2, 29, since=dt.date(2020, 2, 1))}
    months, result = standing(gap)
    assert (months[1].own, months[1].total, result.light) == (80, None, "none")
    both = {2: reported(180, 2, 29)}  # January and February come as one number
    assert [(one.own, one.total) for one in standing(both)[0]][1] == (None, 180)


@pytest.mark.row("CNF-05")
def test_what_is_due_and_not_there_or_came_after_its_day_is_late():
    found = {1: reported(100, 1, 31, at=dt.date(2020, 2, 16)), 2: reported(180, 2, 29, at=dt.date(2020, 3, 15))}
    months = months_of(2020, found, RULE, dt.date(2020, 4, 16), adds=True)
    assert [one.late for one in months] == [True, False, True, False]
    assert [one.due_on for one in months][:2] == [dt.date(2020, 2, 15), dt.date(2020, 3, 15)]
    assert months_of(2020, {}, RULE, dt.date(2021, 1, 16), adds=True)[-1].due_on == dt.date(2021, 1, 15)


def test_a_level_is_held_at_any_time_and_a_ceiling_is_turned_round():
    level = standing({2: reported(1150, 2, 29)}, adds=False)[1]
    assert (level.time, level.light, level.needed) == (1, "yellow", None)
    assert standing({2: reported(196, 2, 29)}, ceiling=True)[1].light == "green"
    assert standing({2: reported(200, 2, 29)}, ceiling=True)[1].light == "yellow"
    assert standing({2: reported(210, 2, 29)}, ceiling=True)[1].light == "red"


def test_the_year_ends_with_nothing_left():
    result = standing({12: reported(1200, 12, 31)}, on=dt.date(2021, 1, 10))[1]
    assert (result.left, result.needed, result.time, result.light) == (0, None, 1, "green")
    assert time_share(dt.date(2019, 7, 1)) == Fraction(182, 365)


def test_targets_met_early_need_nothing_more():
    assert standing({2: reported(1300, 2, 29)})[1].needed == 0


def point(number, since, until):
    return Point(Fraction(number), dt.date.fromisoformat(since), dt.date.fromisoformat(until), 1)


@pytest.mark.row("CMD-32")
def test_a_moment_is_compared_with_the_moment_before():
    points = [
        point(90, "2020-01-31", "2020-01-31"),
        point(100, "2020-02-29", "2020-02-29"),
        point(97, "2020-03-10", "2020-03-10"),
    ]
    change = change_of(points, flow=False, better="up")
    assert (change.turn, change.basis, change.difference, change.good) == ("down", "moment", -3, False)
    assert change_of(points, flow=False, better="down").good is True
    assert change_of(points, flow=False).good is None
    assert change_of(points[:1], flow=False).turn == "none"


@pytest.mark.row("CMD-32")
def test_a_period_is_compared_with_the_same_period_a_year_before_or_the_one_just_before_it():
    running = [point(50, "2020-01-01", "2020-01-31"), point(90, "2020-01-01", "2020-02-29")]
    assert change_of(running, flow=True).turn == "none"  # never with itself
    year = [*running, point(100, "2019-01-01", "2019-02-28")]
    assert (change_of(year, flow=True).turn, change_of(year, flow=True).basis) == ("down", "year")
    months = [point(50, "2020-01-01", "2020-01-31"), point(50, "2020-02-01", "2020-02-29")]
    assert (change_of(months, flow=True).turn, change_of(months, flow=True).basis) == ("same", "period")
    assert change_of([], flow=True).turn == "none"


CONDITIONS = (
    Condition("start", "开工证明", "开工令", frozenset({"project"})),
    Condition("investment", "完成投资凭据", "结算单", frozenset({"project"}), 5_000_000),
)


def proof(code, *, amount=0, papers=(1,), on=dt.date(2020, 3, 2)):
    return Proved(code, papers, amount, on, "示例")


@pytest.mark.row("CMD-25")
def test_a_condition_is_proved_by_papers_that_count_and_a_sum_that_suffices():
    items = checklist(CONDITIONS, [proof("start", papers=()), proof("investment", amount=4_999_999)])
    assert [one.missing for one in items] == ["还没有材料", "金额499.9999万元，不足500万元"]
    assert proved_on(items) is None
    assert what_lacks(items).startswith("开工证明：还没有材料；完成投资凭据：金额")
    done = checklist(
        CONDITIONS, [proof("start"), proof("investment", amount=1), proof("investment", amount=5_000_000, on=dt.date(2020, 4, 1))]
    )
    assert proved_on(done) == dt.date(2020, 4, 1)


@pytest.mark.row("CMD-25")
def test_a_subject_counts_from_no_month_before_its_proofs_and_from_none_to_come():
    proved, today = dt.date(2020, 3, 2), dt.date(2020, 4, 10)
    assert fault_of_month("2020-02", proved, today).startswith("纳入月份不能早于")
    assert fault_of_month("2020-05", proved, today) == "纳入月份不能晚于本月。"
    assert fault_of_month("3月", proved, today) == "纳入月份应如 2020-03。"
    assert [fault_of_month(month, proved, today) for month in ("2020-03", "2020-04")] == ["", ""]


def test_numbers_are_read_and_printed_as_people_write_them():
    assert [read_number(text) for text in ("12,500", "１２．５", "0", "-3", "3万", "")] == [
        12500,
        Fraction("12.5"),
        None,
        None,
        None,
        None,
    ]
    assert [figure(Fraction("1234.565"), 2), figure(Fraction(-5, 2)), figure(None)] == ["1,234.57", "-3", "—"]
    assert share(Fraction(180, 1200)) == "15.00%"


def test_a_row_of_the_table_says_what_is_wrong_with_it():
    row = {"指标": "规上工业总产值", "单位代码": "zone-a", "年度": "2020年", "全年目标": "1,200.5", "依据文件": "某文"}
    assert row_of(row).number == Fraction("1200.5")
    wrong = [
        ({"年度": "今年"}, "年度"),
        ({"全年目标": "1200万"}, "全年目标"),
        ({"依据文件": ""}, "依据文件"),
        ({"进度算法": "x"}, "进度算法"),
    ]
    assert all(word in row_of({**row, **change}) for change, word in wrong)


def test_parameters_that_do_not_hold_together_are_named():
    entry = {"started": "x", "conditions": [{"code": "a"}, {"code": "a"}]}
    assert len(list(faults({"pace": {"factor": "1.2", "due_day": 15}, "entry": entry}))) == 2


def test_january_comes_with_february_where_the_pack_says_so():
    rule = PaceRule(Fraction("0.95"), 15, frozenset({1}))
    months = months_of(2020, {}, rule, dt.date(2020, 3, 10), adds=True)
    assert [(one.due_on, one.late) for one in months] == [
        (dt.date(2020, 3, 15), False), (dt.date(2020, 3, 15), False), (dt.date(2020, 4, 15), False),
    ]  # fmt: skip
    assert [one.late for one in months_of(2020, {}, rule, dt.date(2020, 3, 20), adds=True)] == [False, True, False]
