"""The clock goes back by an hour, by a day, and runs ahead by a year: work goes on, nothing is lost or given twice, it is said."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from threading import Event
from time import monotonic

import pyotp
import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.audit.models import AuditEntry, AuditSeal
from songda.kernel.audit.queries import verify
from songda.kernel.jobs import sweeper, worker
from songda.kernel.jobs.registry import enqueue_after
from songda.ledger.cases.models import Case, CaseStep
from songda.ledger.cases.tests.ground import demand, lay, walk
from songda.ledger.notices.actions.bring_back import bring_back
from songda.ledger.notices.actions.restored import hold_restored
from songda.ledger.notices.models import Notice, NoticeDelivery, Pace
from songda.ledger.notices.tests.post import reachable, tell, told
from songda.portal.upkeep.doctor.findings import Level
from songda.portal.upkeep.doctor.records import moments
from songda.registry.actors import system
from songda.registry.people.rules.second_factor import STEP, new_secret, step_of
from songda.registry.people.tests.cast import NOW, Cast, enter
from tests.faults.serving_jobs import mark

HOUR, DAY, YEAR = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(days=365)
BACK = [dt.timedelta(minutes=10), HOUR, DAY]


def finish() -> None:
    """All jobs asked for are done, without doing them."""
    DBTaskResult.objects.update(status="SUCCESSFUL")


@pytest.mark.parametrize("back", [HOUR, DAY])
def test_periodic_jobs_go_on_after_the_clock_went_back(db, back: dt.timedelta) -> None:
    now = clock.now()
    for moment in (now - back, now):  # the same hours have been worked through once
        sweeper.enqueue_due(moment)
        finish()
    before = list(DBTaskResult.objects.values_list("pk", flat=True))
    assert sweeper.enqueue_due(now - back) > 10
    finish()
    DBTaskResult.objects.exclude(pk__in=before).update(enqueued_at=now - back)  # the queue reads the same clock
    assert sweeper.enqueue_due(now - back) == 0, "but once"


def test_without_the_mark_they_would_stand_still(db, monkeypatch) -> None:
    now = clock.now()
    sweeper.enqueue_due(now - HOUR)
    finish()
    monkeypatch.setattr(sweeper, "ran_ahead", lambda _now: "")
    assert sweeper.enqueue_due(now - HOUR) == 0


def test_a_run_asked_for_by_a_clock_a_year_ahead_is_brought_back(db, settings) -> None:
    now = clock.now()
    enqueue_after(mark, YEAR, number=1)
    assert sweeper.bring_back(now) == 1
    assert DBTaskResult.objects.get().run_after == now


def test_the_calendar_waits_after_a_jump_and_goes_on() -> None:
    one = worker.Worker(Event())
    begun, at = one.seen
    one.look_at_clock(begun + dt.timedelta(seconds=10), at + 10)
    assert one.calendar_from == 0, "no jump"
    for jump in (YEAR, -DAY):
        one.seen = (begun, at)
        one.look_at_clock(begun + jump, at + 10)
        assert one.calendar_from == at + 10 + worker.STEADY
    one.look_at_clock(one.seen[0] + dt.timedelta(seconds=10), one.seen[1] + 10)
    assert one.calendar_from == at + 10 + worker.STEADY, "steady again: it is not put off for ever"


def test_a_waiting_calendar_asks_for_nothing(db, monkeypatch) -> None:
    asked: list[dt.datetime] = []
    monkeypatch.setattr(worker, "enqueue_due", asked.append)
    monkeypatch.setattr(worker, "is_alive", lambda _name: True)
    one = worker.Worker(Event())
    one.seen = (clock.now() - YEAR, monotonic())
    one.tick()
    assert asked == []
    one.calendar_from = 0.0
    one.tick()
    assert len(asked) == 1


@pytest.mark.parametrize("back", BACK)
def test_cases_keep_their_order_and_their_numbers(cast: Cast, back: dt.timedelta) -> None:
    lay()
    first = demand(cast, title="先")
    walk(first, "assign", "take", start=NOW + HOUR)
    walk(first, "progress", start=NOW - back)
    second = demand(cast, title="后", now=NOW - back)
    steps = list(CaseStep.objects.filter(case=first).order_by("seq").values_list("seq", "at"))
    assert [seq for seq, _at in steps] == list(range(1, len(steps) + 1))
    assert [at for _seq, at in steps] == sorted(at for _seq, at in steps), "no step before the one it follows"
    numbers = list(Case.objects.order_by("pk").values_list("number", flat=True))
    assert len(set(numbers)) == 2
    assert second.number == numbers[1]


@pytest.mark.parametrize("back", BACK)
def test_the_trail_holds_and_the_doctor_says_so(db, back: dt.timedelta) -> None:
    for moment in (NOW, NOW - back):
        record("backup.take", AuditSeal(), by=system("备份"), now=moment)
    import_module("songda.kernel.audit.actions").seal(NOW - back)
    assert verify().holds
    assert list(AuditEntry.objects.order_by("pk").values_list("at", flat=True)) == [NOW, NOW - back], "each says its own clock"
    said = moments(NOW - back + dt.timedelta(minutes=1))
    assert (said.level, "校准" in said.advice) == (Level.FAULT, True)
    assert moments(NOW + HOUR).level is Level.OK


@pytest.fixture
def delivery(cast: Cast) -> NoticeDelivery:
    reachable(cast.firm)
    tell(told(cast.firm, 1))
    return NoticeDelivery.objects.get()


def late(**how: object) -> None:
    NoticeDelivery.objects.update(**how)


@pytest.mark.parametrize(
    "how",
    [
        {"held": "retry", "attempts": 1, "next_at": NOW + DAY},
        {"held": "cap", "next_at": NOW + YEAR},
        {"state": "unknown", "next_at": NOW + YEAR},
    ],
)
def test_messages_go_when_they_would_have_gone(delivery: NoticeDelivery, how: dict[str, object]) -> None:
    late(**how)
    assert bring_back(NOW) == 1
    delivery.refresh_from_db()
    assert delivery.next_at == NOW
    assert bring_back(NOW) == 0


def test_a_message_written_by_a_clock_ahead_is_not_kept_for_that_day(delivery: NoticeDelivery) -> None:
    Notice.objects.update(created_at=NOW + DAY)
    late(next_at=NOW + DAY)
    assert bring_back(NOW) == 1


def test_what_is_under_way_is_not_called_twice(delivery: NoticeDelivery) -> None:
    late(state="sending", next_at=NOW + DAY)
    assert bring_back(NOW) == 1
    delivery.refresh_from_db()
    assert NOW < delivery.next_at < NOW + HOUR


@pytest.mark.parametrize("how", [{"held": "cap", "next_at": NOW + 6 * DAY}, {"next_at": NOW + dt.timedelta(hours=12)}])
def test_what_waits_honestly_goes_on_waiting(delivery: NoticeDelivery, how: dict[str, object]) -> None:
    late(**how)
    assert bring_back(NOW) == 0


def test_what_a_restore_holds_back_stays(delivery: NoticeDelivery) -> None:
    hold_restored(now=NOW)
    Pace.objects.create(channel="sms", closed_until=NOW + YEAR)
    assert bring_back(NOW) == 1, "the closed platform alone"
    assert Pace.objects.get().closed_until is None


def test_a_code_used_by_a_clock_ahead_locks_nobody_out() -> None:
    secret = new_secret()
    now = int(NOW.timestamp()) // STEP
    code = pyotp.TOTP(secret).at(now * STEP)
    assert step_of(secret, code, NOW, last_step=now + int(YEAR.total_seconds()) // STEP) == now
    assert step_of(secret, code, NOW, last_step=now) is None, "a used code stays used"
    assert step_of(secret, code, NOW, last_step=now + 3) is None, "a small drift is no jump"


@pytest.mark.parametrize("jump", [-HOUR, -DAY, dt.timedelta(minutes=20)])
def test_a_session_survives_a_small_jump(client: Client, cast: Cast, settings, jump: dt.timedelta) -> None:
    settings.CLOCK_SHIFT += NOW - clock.now()
    enter(client, cast.street)
    assert client.get("/subjects/").status_code == 200
    settings.CLOCK_SHIFT += jump
    assert client.get("/subjects/").status_code == 200
    assert client.session["awake"] == pytest.approx(int(clock.now().timestamp()), abs=60)
