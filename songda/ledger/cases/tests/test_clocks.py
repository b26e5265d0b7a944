"""Clocks written down: what the steps say, again and again, in a constant number of queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from songda.kernel.audit.models import AuditEntry
from songda.ledger.cases.actions import Said, refresh_clocks, step_case, verify_clocks
from songda.ledger.cases.models import NEVER, CaseClock
from songda.ledger.cases.queries import clocks_of
from songda.ledger.cases.queries.readings import Filed
from songda.ledger.cases.tests.ground import DAY, HOUR, anybody, demand, lay, walk
from songda.registry.actors import system
from songda.registry.calendars.actions import Special, load_days
from songda.registry.calendars.queries import calendar
from songda.registry.people.tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(cast):
    lay()
    return cast


def rows(case):
    return {row.code: row for row in CaseClock.objects.filter(case=case)}


def local(case_moment):
    return calendar().local(case_moment).strftime("%m-%d %H:%M")


def test_a_filed_demand_runs_on_its_clocks(ground):
    case = demand(ground)  # Tuesday 10 March 2020, ten in the morning
    clocks = rows(case)
    assert local(clocks["assign"].due_at) == "03-10 12:00"
    assert local(case.due_at) == "03-17 17:30"
    assert case.pressing_at == case.due_at
    assert clocks["own"].standing == "idle"
    assert case.wake_at == min(row.wake_at for row in clocks.values() if row.wake_at)


def test_a_step_moves_the_clocks_it_concerns(ground):
    case = walk(demand(ground), "assign", "take", "contact")
    clocks = rows(case)
    assert [clocks[code].standing for code in ("assign", "own", "contact", "resolve")] == [
        "stopped",
        "stopped",
        "stopped",
        "running",
    ]
    assert not clocks["assign"].late


def test_a_pause_stops_pressing_and_an_overdue_pause_does_not(ground):
    case = walk(demand(ground), "assign", "take", "pause")
    assert (case.due_at, case.pressing_at) == (None, NEVER)
    case = walk(case, "resume", start=NOW + 2 * DAY)  # the 11th does not count
    assert local(case.due_at) == "03-18 17:30"
    late = NOW + 20 * DAY
    case = walk(case, "pause", start=late)
    assert case.pressing_at == case.due_at < late


def test_an_extension_and_another_class_begin_another_round_of_the_ladder(ground):
    case = walk(demand(ground), "assign", "take")
    before = rows(case)["resolve"]
    used = {"clock": "resolve", "amount": 5, "count": "working_days"}
    step_case(case.pk, "extend", Said(note="配套方案需外部论证", used=used), by=anybody(), now=NOW + DAY)
    extended = rows(case)["resolve"]
    assert (local(extended.due_at), extended.cycle) == ("03-24 17:30", before.cycle + 1)
    assert rows(case)["contact"].cycle == 1
    step_case(case.pk, "reclassify", Said(changes={"difficulty": "hard"}), by=anybody(), now=NOW + DAY)
    assert (local(rows(case)["resolve"].due_at), rows(case)["resolve"].cycle) == ("04-08 17:30", before.cycle + 2)


def test_writing_again_writes_nothing(ground):
    case = walk(demand(ground), "assign", "take")
    with CaptureQueriesContext(connection) as told:
        refresh_clocks(case, now=case.moved_at)
    assert not [one for one in told.captured_queries if not one["sql"].startswith("SELECT")]


def test_a_step_costs_the_same_however_long_the_history(ground):
    case = walk(demand(ground), "assign", "take")

    def queries():
        with CaptureQueriesContext(connection) as told:
            step_case(case.pk, "progress", by=anybody(), now=case.moved_at + HOUR)
        case.refresh_from_db()
        return len(told)

    first = queries()
    walk(case, *["progress"] * 20, start=case.moved_at)
    assert queries() <= first + 2  # a lamp has turned meanwhile: its row and the case are written


def test_every_deadline_explains_itself(ground):
    case = walk(demand(ground), "assign", "take")
    used = {"clock": "resolve", "amount": 5, "count": "working_days"}
    step_case(case.pk, "extend", Said(told="配套方案需外部论证", used=used), by=anybody(), now=NOW + DAY)
    main = clocks_of(case, now=NOW + 2 * DAY)[0]
    text = "".join(main.lines)
    assert (main.code, main.lamp, main.due) == ("resolve", "green", "2020年3月24日17:30")
    assert "起算事件发生于2020年3月10日10:00" in text
    assert "2020年3月14日至3月15日（周末）" in text
    assert "延长5个工作日" in text
    assert "配套方案需外部论证" in text


def test_the_proof_finds_nothing_then_what_was_changed_then_nothing(ground):
    case = walk(demand(ground), "assign", "take")
    assert verify_clocks(now=NOW + DAY).differences == ()
    CaseClock.objects.filter(case=case, code="resolve").update(due_at=NOW + 99 * DAY, wake_at=None)
    type(case).objects.filter(pk=case.pk).update(pressing_at=NEVER)
    found = verify_clocks(now=NOW + DAY)
    assert {(one.clock, one.column) for one in found.differences} == {
        ("resolve", "due_at"),
        ("resolve", "wake_at"),
        ("", "pressing_at"),
    }
    assert AuditEntry.objects.filter(action="case.clocks_corrected", thing_id=str(case.pk)).count() == 1
    case.refresh_from_db()
    assert local(case.pressing_at) == "03-17 17:30"
    assert verify_clocks(now=NOW + DAY).differences == ()


def test_a_holiday_announced_later_moves_open_deadlines_at_the_next_proof(ground):
    case = demand(ground)
    load_days([Special(dt.date(2020, 3, 16), False, "临时放假")], by=system(), now=NOW)
    assert verify_clocks(now=NOW).differences
    case.refresh_from_db()
    assert local(case.due_at) == "03-18 17:30"


def test_a_proof_costs_the_same_queries_for_one_case_and_for_many(ground):
    def queries():
        with CaptureQueriesContext(connection) as told:
            verify_clocks(now=NOW)
        return len(told)

    demand(ground)
    first = queries()
    for number in range(12):
        demand(ground, title=f"事项{number}")
    assert queries() == first


def test_a_case_that_cannot_be_read_is_counted_and_the_others_are_proven(ground, monkeypatch):
    broken, sound = demand(ground, title="甲"), demand(ground, title="乙")
    read = Filed.told

    def poisoned(filed, calendar):
        if filed.case.pk == broken.pk:
            raise ValueError("损坏的类别")
        return read(filed, calendar)

    monkeypatch.setattr(Filed, "told", poisoned)
    found = verify_clocks(now=NOW)
    assert (found.looked, found.unread, found.differences) == (2, 1, ())
    assert broken.pk < sound.pk
