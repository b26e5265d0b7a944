"""The sweeper: missed levels made up for once, a bad row put off and shown, nothing stops the queue."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from songda.kernel.audit.models import AuditEntry
from songda.ledger.cases import jobs
from songda.ledger.cases.actions import Said, step_case, sweep_clocks
from songda.ledger.cases.models import Alert, Case, CaseClock
from songda.ledger.cases.queries import troubled
from songda.ledger.cases.queries.readings import Filed
from songda.ledger.cases.tests.ground import DAY, HOUR, anybody, demand, lay, walk
from songda.registry.people.tests.cast import NOW

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
A_CASE = 5  # savepoint, hold, clocks, case, release
sweeping = import_module("songda.ledger.cases.actions.sweep_clocks")


@pytest.fixture
def ground(cast):
    lay()
    return cast


def climbed(case, clock="resolve"):
    return sorted(Alert.objects.filter(case=case, clock=clock).values_list("level", "to"))


def test_stopped_for_three_days_it_climbs_every_missed_level_once(ground):
    case = walk(demand(ground), "assign", "take", "contact")  # due on Tuesday 17 March, 17:30
    away = NOW + 14 * DAY  # three working days and more after the deadline
    first = sweep_clocks(now=away)
    assert climbed(case) == sorted([
        ("near", "holder"), ("red", "holder"), ("red", "lead"), ("leader", "leader"), ("circular", "lead"), ("circular", "dispatcher"),
    ])  # fmt: skip
    owed = dict(Alert.objects.filter(case=case).values_list("level", "owed_at"))
    assert owed["near"] < owed["red"] < owed["leader"] < owed["circular"] < away
    assert first.climbed == Alert.objects.count() == AuditEntry.objects.filter(action="case.alert").count()
    assert sweep_clocks(now=away).climbed == 0
    assert sweep_clocks(now=away + DAY).climbed == 1  # five working days after: the talk
    assert ("talk", "leader") in climbed(case)


def test_swept_every_minute_it_climbs_the_same(ground):
    case = walk(demand(ground), "assign", "take", "contact")
    now, count = NOW, 0
    while now < NOW + 15 * DAY:
        count += sweep_clocks(now=now).climbed
        wakes = CaseClock.objects.filter(wake_at__gt=now).order_by("wake_at").values_list("wake_at", flat=True)
        now = wakes.first() or NOW + 15 * DAY
    assert count == Alert.objects.count() == 7
    assert len(climbed(case)) == len(set(climbed(case)))
    for alert in Alert.objects.all():
        assert alert.at - alert.owed_at < MINUTE


def test_a_settled_matter_is_left_alone(ground):
    case = walk(demand(ground), "assign", "take", "contact", "propose", "confirm", "close")
    sweep_clocks(now=NOW + 60 * DAY)
    assert climbed(case) == []
    assert not CaseClock.objects.filter(case=case, wake_at__isnull=False).exists()


def test_a_bad_row_is_put_off_longer_each_time_shown_and_never_stops_the_others(ground, monkeypatch):
    bad, good = demand(ground, title="甲"), demand(ground, title="乙")
    read = Filed.told

    def poisoned(filed, calendar):
        if filed.case.pk == bad.pk:
            raise ValueError("日历上没有足够的可计日。")
        return read(filed, calendar)

    monkeypatch.setattr(Filed, "told", poisoned)
    now, waits = NOW + 14 * DAY, []
    for _ in range(4):
        swept = sweep_clocks(now=now)
        assert swept.put_off == 1
        wake = CaseClock.objects.filter(case=bad, failures__gt=0).order_by("wake_at").first().wake_at
        waits.append((wake - now).total_seconds() / 60)
        assert sweep_clocks(now=wake - MINUTE / 2).looked == 0
        now = wake
    assert waits == [1, 2, 4, 8]
    assert Alert.objects.filter(case=good).exists()
    shown = troubled().first()
    assert (shown.case_id, shown.failures, shown.trouble) == (bad.pk, 4, "ValueError: 日历上没有足够的可计日。")
    monkeypatch.undo()
    assert sweep_clocks(now=now).climbed > 0
    assert not troubled().exists()


def test_the_wait_never_exceeds_a_day(ground, monkeypatch):
    case = demand(ground)
    CaseClock.objects.filter(case=case).update(failures=40, wake_at=NOW)
    sweeping.postpone(case.pk, ValueError("坏"), NOW)
    assert set(CaseClock.objects.filter(case=case).values_list("wake_at", flat=True)) == {NOW + DAY}


def test_a_clock_that_cannot_be_read_does_not_undo_a_step(ground, monkeypatch):
    case = walk(demand(ground), "assign")

    def poisoned(*_given, **_more):
        raise ValueError("坏")

    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "refresh_clocks", poisoned)
        step_case(case.pk, "take", by=anybody(), now=NOW + 2 * HOUR)
    case.refresh_from_db()
    assert case.state == "working"
    assert troubled().count() == CaseClock.objects.filter(case=case).count()
    sweep_clocks(now=NOW + 3 * HOUR)
    assert not troubled().exists()
    assert CaseClock.objects.get(case=case, code="own").standing == "stopped"


def test_an_extended_deadline_has_a_ladder_of_its_own(ground):
    case = walk(demand(ground), "assign", "take", "contact")
    sweep_clocks(now=NOW + 8 * DAY)
    used = {"clock": "resolve", "amount": 5, "count": "working_days"}
    step_case(case.pk, "extend", Said(note="外部论证", used=used), by=anybody(), now=NOW + 8 * DAY)
    assert Alert.objects.filter(case=case, level="red").count() == 2
    sweep_clocks(now=NOW + 16 * DAY)
    assert Alert.objects.filter(case=case, level="red").values_list("cycle").distinct().count() == 2


def test_a_sweep_costs_a_case_without_rungs_a_constant_number_of_queries(ground):
    def queries():
        with CaptureQueriesContext(connection) as told:
            assert sweep_clocks(now=NOW + 1.2 * HOUR).climbed == 0
        return len(told)

    for number in range(3):
        demand(ground, title=f"事项{number}")
    three = queries()
    for number in range(6):
        demand(ground, title=f"又一事项{number}")
    assert three == 6 + 3 * A_CASE
    assert queries() == 6 + 6 * A_CASE


def test_the_job_sweeps_until_nothing_is_owed(ground, monkeypatch):
    for number in range(3):
        demand(ground, title=f"事项{number}")
    monkeypatch.setattr(jobs.clock, "now", lambda: NOW + 14 * DAY)
    monkeypatch.setattr(jobs.actions, "sweep_clocks", lambda *, now: sweep_clocks(now=now, limit=1))
    told = jobs.sweep_clocks.func()
    assert (told["looked"], told["put_off"]) == (3, 0)
    assert told["climbed"] == Alert.objects.count() > 0
    assert jobs.sweep_clocks.func()["climbed"] == 0
    assert jobs.verify_clocks.func() == {"looked": 3, "corrected": 0, "unread": 0}
    assert Case.objects.filter(wake_at__lte=NOW + 14 * DAY).count() == 0
