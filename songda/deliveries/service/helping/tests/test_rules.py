"""Pure decisions: allocation, rosters, days of delay, quotas, powers."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songda.deliveries.service.helping.rules.allocation import balanced, by_area, spread
from songda.deliveries.service.helping.rules.calls import CallRow, is_call_table, row_of
from songda.deliveries.service.helping.rules.delays import days_of, merged
from songda.deliveries.service.helping.rules.entitlements import free_slot, period_start
from songda.deliveries.service.helping.rules.leading import Power, fault_of_leader, fault_of_power
from songda.deliveries.service.helping.rules.roster import days_between, rotate

ITEMS = st.dictionaries(st.integers(1, 400), st.sampled_from(["a/1/", "a/2/", "a/3/", "b/1/"]), max_size=120).map(
    lambda found: list(found.items())
)
TEAMS = st.lists(st.integers(1, 30), min_size=1, max_size=9, unique=True)
DAY = st.dates(dt.date(2020, 1, 1), dt.date(2020, 6, 30))
SPANS = st.lists(st.tuples(DAY, DAY).map(lambda pair: (min(pair), max(pair))), max_size=12)


@pytest.mark.row("SVC-48")
def test_182_projects_over_8_groups_are_six_of_23_and_two_of_22():
    found = balanced([(n, f"a/{n % 7}/") for n in range(182)], range(1, 9), {})
    assert Counter(Counter(found.values()).values()) == {23: 6, 22: 2}


@given(ITEMS, TEAMS, st.data())
def test_an_even_share_differs_by_one_at_most_covers_all_and_moves_only_who_must(items, teams, data):
    present = {pk: data.draw(st.sampled_from([*teams, 99])) for pk, _area in items if data.draw(st.booleans())}
    found = balanced(items, teams, present)
    assert set(found) == {pk for pk, _area in items}
    assert spread(found, teams) <= 1
    assert balanced(items, teams, found) == found
    stayed = Counter(found[pk] for pk in present if found[pk] == present[pk])
    held = Counter(team for team in present.values() if team in teams)
    share, more = divmod(len(items), len(teams))
    room = dict(zip(sorted(teams, key=lambda team: (-held[team], team)), [share + 1] * more + [share] * len(teams), strict=False))
    assert all(stayed[team] == min(held[team], room[team]) for team in teams)


@given(ITEMS, TEAMS)
def test_an_area_stays_whole(items, teams):
    found = by_area(items, teams)
    assert set(found) == {pk for pk, _area in items}
    owners = {}
    assert all(owners.setdefault(area, found[pk]) == found[pk] for pk, area in items)


@pytest.mark.row("SVC-57")
@given(SPANS)
def test_days_of_delay_count_each_day_once(spans):
    days = {day for first, last in spans for day in days_between(first, last)}
    assert days_of(spans) == len(days)
    joined = merged(spans)
    assert all(before[1] + dt.timedelta(days=1) < after[0] for before, after in itertools.pairwise(joined))
    assert days_of(spans + spans) == days_of(spans)


@given(SPANS, DAY, DAY)
def test_one_more_span_never_takes_days_away(spans, one, other):
    more = (min(one, other), max(one, other))
    assert days_of(spans) <= days_of([*spans, more]) <= days_of(spans) + (more[1] - more[0]).days + 1


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6, unique=True), st.integers(1, 120), st.integers(0, 6))
def test_a_roster_is_fair_by_sort_of_day_and_leaves_no_day_empty(posts, count, shift):
    days = days_between(dt.date(2020, 1, 1) + dt.timedelta(days=shift), dt.date(2020, 1, 1) + dt.timedelta(days=shift + count))
    works = {day for day in days if day.weekday() < 5}
    found = rotate(days, works, posts, {})
    assert set(found) == set(days)
    for sort in (True, False):
        had = Counter(post for day, post in found.items() if (day in works) is sort)
        counts = [had[post] for post in posts]
        assert max(counts) - min(counts) <= 1


def test_who_is_away_is_passed_over_and_a_day_without_anybody_is_a_gap():
    day = dt.date(2020, 1, 25)
    assert rotate([day], set(), [1, 2], {1: {day}}) == {day: 2}
    assert rotate([day], set(), [1], {1: {day}}) == {}


def test_periods_and_places():
    assert period_start("quarter", dt.date(2020, 8, 9)) == dt.date(2020, 7, 1)
    assert period_start("month", dt.date(2020, 8, 9)) == dt.date(2020, 8, 1)
    assert period_start("year", dt.date(2020, 8, 9)) == dt.date(2020, 1, 1)
    assert (free_slot(2, {1}), free_slot(2, {1, 2})) == (2, None)


def test_a_guidance_group_is_led_by_section_level_at_least():
    assert fault_of_leader("group", "staff")
    assert not fault_of_leader("group", "section")
    assert not fault_of_leader("group", "division")
    assert not fault_of_leader("force", "staff")


def test_a_power_holds_from_its_first_to_its_last_day():
    first, last = dt.date(2020, 3, 1), dt.date(2020, 3, 10)
    power = Power(first, last, revoked=False)
    assert not fault_of_power([power], first)
    assert not fault_of_power([power], last)
    assert "过期" in fault_of_power([power], last + dt.timedelta(days=1))
    assert "尚未生效" in fault_of_power([power], first - dt.timedelta(days=1))
    assert "撤销" in fault_of_power([Power(first, last, revoked=True)], first)
    assert "没有授权" in fault_of_power([], first)


def test_call_records_are_read_by_their_usual_headings():
    assert is_call_table(["序号", "被叫号码", "呼叫时间", "主叫号码", "结果"])
    assert not is_call_table(["主叫号码", "结果"])
    said = {"line": "1", "at": "2020/3/10 09:30", "caller": "5", "result": "未接", "seconds": ""}
    assert "无法识别" in row_of({**said, "at": "昨天"}, dt.UTC)
    assert row_of({**said, "at": "2020/03/10 09:30"}, dt.UTC) == CallRow(
        dt.datetime(2020, 3, 10, 9, 30, tzinfo=dt.UTC), "5", answered=False
    )
    assert "结果" in row_of({**said, "at": "2020-03-10 09:30", "result": "?"}, dt.UTC)
