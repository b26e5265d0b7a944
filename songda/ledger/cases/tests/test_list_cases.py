"""The list: lamps as clocks read them, filters, counts that add up, few queries, standing still, keyset pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import RequestFactory

from songda.engines.clocks.reading import Lamp
from songda.kernel import clock
from songda.ledger.cases import queries
from songda.ledger.cases.models import NEVER, Case
from songda.ledger.cases.queries import Wanted
from songda.ledger.cases.queries.readings import read_clocks
from songda.ledger.cases.rules.lamps import left
from songda.ledger.cases.tests.ground import DAY, HOUR, anybody, demand, lay, walk
from songda.registry.calendars.queries import calendar
from songda.registry.people.tests.cast import NOW

EVERYBODY = anybody()


@pytest.fixture
def ledger(cast):
    """Seven demands a few hours apart, each one step further."""
    lay()
    ways = ((), ("assign",), ("assign", "take"), ("assign", "take", "pause"), ("assign", "take", "propose"), ("decline",))
    return [
        walk(demand(cast, title=f"事项{n}", now=NOW + n * 5 * HOUR), *way, start=NOW + n * 5 * HOUR) for n, way in enumerate(ways)
    ]


def shown(wanted: Wanted, now: dt.datetime) -> list[str]:
    return [one.title for one in queries.listed(EVERYBODY, wanted, now)]


@pytest.mark.row("SVC-06")
@pytest.mark.parametrize("hours", [0, 20, 60, 100, 120, 200, 400, 1000])
def test_each_lamp_of_the_list_is_the_clock_read_again(ledger, hours):
    now, days = NOW + hours * HOUR, calendar()
    for case in Case.objects.all():
        main = next(told.reading for told in read_clocks(case, days) if told.spec.main)
        expected = main.lamp(now) if case.open else Lamp.NONE
        assert queries.lamp_of(case, now) == expected
    for lamp in Lamp:
        if lamp is not Lamp.NONE:
            burning = {one.title for one in Case.objects.filter(open=True) if queries.lamp_of(one, now) == lamp}
            assert set(shown(Wanted(lamp=lamp.value), now)) == burning


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(kind="demand"), Wanted(text="事项"), Wanted(origin="officer")])
def test_the_counts_beside_the_list_are_the_rows_behind_them(ledger, wanted):
    now = NOW + 100 * HOUR
    lamps, states = queries.tallies(EVERYBODY, wanted, now=now)
    assert sum(one.count for one in lamps) == sum(one.count for one in states) == len(shown(wanted, now))
    for one in states:
        assert one.count == len(shown(replace(wanted, state=one.code), now))
    for one in lamps:
        if one.code:
            assert one.count == len(shown(replace(wanted, lamp=one.code), now))


def test_what_presses_comes_first_and_what_rests_last(ledger):
    found = list(queries.listed(EVERYBODY, Wanted(), NOW))
    assert [one.pressing_at for one in found] == sorted(one.pressing_at for one in found)
    assert {one.state for one in found if one.pressing_at == NEVER} == {"paused", "proposed"}
    assert "declined" not in {one.state for one in found}
    assert shown(Wanted(open="no"), NOW) == ["事项5"]
    assert len(shown(Wanted(open="all"), NOW)) == 6


def test_filters_by_words_days_and_persons(ledger, cast):
    due = clock.day_of(ledger[0].due_at)
    assert shown(Wanted(text=ledger[2].number), NOW) == ["事项2"]
    assert set(shown(Wanted(text="精密机械"), NOW)) == {f"事项{n}" for n in range(5)}
    assert "事项0" in shown(Wanted(due_from=due, due_to=due), NOW)
    assert shown(Wanted(due_from=due + 60 * DAY), NOW) == ["事项3", "事项4"]  # what does not run is due at no day
    Case.objects.filter(pk=ledger[1].pk).update(holder=cast.desk.post_id, lead=cast.bureau)
    assert [one.title for one in queries.listed(cast.desk, Wanted(mine=True), NOW)] == ["事项1"]
    assert [one.title for one in queries.listed(cast.desk, Wanted(held=True), NOW)] == ["事项1"]
    assert [one.title for one in queries.listed(cast.dispatcher, Wanted(lead=cast.bureau.pk), NOW)] == ["事项1"]


@pytest.mark.row("SVC-07")
def test_five_working_days_without_a_word_are_stale_the_next_morning(ledger):
    """Moved on Tuesday the tenth: stale from Wednesday the eighteenth on, not on Tuesday the seventeenth, its fifth day."""
    moved = clock.day_of(ledger[2].moved_at)
    assert moved == dt.date(2020, 3, 10)
    for day, expected in ((dt.date(2020, 3, 17), False), (dt.date(2020, 3, 18), True)):
        assert ("事项2" in shown(Wanted(stale=True), clock.start_of(day))) is expected
    late = clock.start_of(dt.date(2020, 4, 10))
    assert set(shown(Wanted(stale=True), late)) == {"事项0", "事项1", "事项2"}  # paused and proposed wait for the firm
    assert [one.title for one in queries.stale(EVERYBODY, now=late)] == ["事项0", "事项1", "事项2"]


def test_pages_follow_each_other_and_cost_the_same(ledger, cast, django_assert_num_queries):
    seen, after = [], ""
    for _ in range(3):
        request = RequestFactory().get("/cases/", {"after": after})
        with django_assert_num_queries(2):
            page = queries.page_of_cases(EVERYBODY, Wanted(), request, now=NOW, size=2)
            assert [(one.subject.name, one.kind.label) for one in page.rows]
        seen += [one.title for one in page.rows]
        after = page.after
    assert sorted(seen) == [f"事项{n}" for n in range(5)]
    assert after == ""


def test_the_tallies_have_counted_the_list(ledger):
    for wanted in (Wanted(), Wanted(lamp="green"), Wanted(state="working"), Wanted(state="paused", lamp="red")):
        _lamps, states = queries.tallies(EVERYBODY, wanted, now=NOW)
        assert queries.total_of(wanted, states) == len(shown(wanted, NOW))
    assert queries.total_of(Wanted(open="all"), []) is None
    found = queries.listed(EVERYBODY, Wanted(), NOW)
    assert queries.burning(found, now=NOW) == queries.tallies(EVERYBODY, Wanted(), now=NOW)[0]


def test_midnight_is_the_end_of_its_day():
    """Due at 24:00 of Friday the thirteenth: on Friday that is today; on Saturday no working day has passed yet."""
    due = clock.start_of(dt.date(2020, 3, 14))
    working = [dt.date(2020, 3, day) for day in (11, 12, 13, 16)]
    told = [left(due, due + shift, working, clock.place()).words for shift in (-2 * DAY, -HOUR, HOUR, 2 * DAY + HOUR)]
    assert told == ["剩1个工作日", "今日24:00到期", "今日超期", "超期1个工作日"]


def test_words_of_what_is_left(ledger):
    rows = {row.case.title: row.left for row in queries.rows_of(list(Case.objects.all()), now=NOW)}
    assert rows["事项3"].words == "未计时"
    assert rows["事项0"].days == 5
    late = queries.rows_of(list(Case.objects.filter(title="事项0")), now=ledger[0].due_at + DAY)[0].left
    assert (late.days, late.words) == (-1, "超期1个工作日")
    today = queries.rows_of(list(Case.objects.filter(title="事项0")), now=ledger[0].due_at - HOUR)[0].left
    assert today.words == "今日17:30到期"
