"""The queue: enqueued with the change, run once a slot, taken back from the dead."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from threading import Event

import pytest
from django.db import connection, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from songda.kernel import clock
from songda.kernel.errors import Unavailable
from songda.kernel.jobs import enqueue, enqueue_once, job, registered, sweeper, worker
from songda.kernel.jobs.presence import is_alive, on_duty, workers_alive
from songda.kernel.jobs.registry import JOBS
from songda.kernel.jobs.tests import work
from songda.kernel.jobs.tests.work import DONE, fail, hourly, nightly, note

NOW = dt.datetime(2020, 3, 10, 2, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def quiet(monkeypatch, settings, tmp_path):
    """Only the jobs of the tests are periodic here; locks lie in a folder of the test."""
    settings.HOME = tmp_path
    DONE.clear()
    known = tuple(one for one in JOBS.values() if one.name.startswith("tests."))
    monkeypatch.setattr(sweeper, "registered", lambda: known)
    monkeypatch.setattr(worker, "enqueue_due", lambda now: 0)


def state(identity):
    return DBTaskResult.objects.get(pk=identity).status


def test_a_job_runs_once_and_knows_whence(db):
    identity = enqueue(note, text="一")
    assert worker.run_worker(once=True) == 1
    assert worker.run_worker(once=True) == 0
    assert DONE == ["一"]
    assert state(identity) == TaskResultStatus.SUCCESSFUL
    assert DBTaskResult.objects.get(pk=identity).return_value.startswith("worker:")


def test_a_rolled_back_change_enqueues_nothing(db):
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        enqueue(note, text="二")
        raise ValueError("no")
    assert worker.run_worker(once=True) == 0


def test_a_failing_job_is_kept_with_its_reason_and_does_not_stop_the_worker(db):
    failed, after = enqueue(fail), enqueue(note, text="三")
    assert worker.run_worker(once=True) == 2
    assert state(failed) == TaskResultStatus.FAILED
    assert "示例失败" in DBTaskResult.objects.get(pk=failed).traceback
    assert state(after) == TaskResultStatus.SUCCESSFUL


def test_a_key_is_enqueued_once(db):
    assert [enqueue_once(note, "k", text="四"), enqueue_once(note, "k", text="四"), enqueue_once(note, "j", text="五")] == [
        True,
        False,
        True,
    ]
    worker.run_worker(once=True)
    assert set(DONE) == {"四", "五"}


def test_a_periodic_job_has_one_run_a_slot(db, settings):
    settings.CLOCK_SHIFT += NOW - clock.now()  # the queue's own clock stands at the same day
    assert sweeper.enqueue_due(NOW) == 2
    assert sweeper.enqueue_due(NOW + dt.timedelta(minutes=59)) == 0
    worker.run_worker(once=True)
    assert sweeper.enqueue_due(NOW + dt.timedelta(minutes=59)) == 0
    assert sweeper.enqueue_due(NOW + dt.timedelta(minutes=60)) == 1
    assert sorted(DONE) == ["hour", "night"]


def test_a_slot_waits_while_the_last_one_is_unfinished(db):
    sweeper.enqueue_due(NOW)
    assert sweeper.enqueue_due(NOW + dt.timedelta(days=3)) == 0


@pytest.mark.parametrize(("utc_hour", "same"), [(17, True), (18, False), (23, False)])
def test_a_nightly_slot_begins_at_its_local_hour(utc_hour, same):
    night = JOBS["tests.nightly"]
    before = sweeper.slot_of(night, dt.datetime(2020, 3, 10, 16, 0, tzinfo=dt.UTC))  # midnight in the place
    assert (sweeper.slot_of(night, dt.datetime(2020, 3, 10, utc_hour, 0, tzinfo=dt.UTC)) == before) == same


def claimed_by(identity, *workers):
    DBTaskResult.objects.filter(pk=identity).update(status=TaskResultStatus.RUNNING, worker_ids=list(workers), started_at=NOW)


def test_the_job_of_a_dead_worker_runs_again(db):
    identity = enqueue(note, text="六")
    claimed_by(identity, "gone")
    assert sweeper.requeue_orphans() == 1
    worker.run_worker(once=True)
    assert DONE == ["六"]


def test_the_job_of_a_living_worker_is_left_alone(db):
    identity = enqueue(note, text="七")
    with on_duty("here"):
        claimed_by(identity, "here")
        assert sweeper.requeue_orphans() == 0
        assert workers_alive() >= 1
    assert sweeper.requeue_orphans() == 1


def test_a_job_that_kills_its_workers_is_given_up(db):
    identity = enqueue(note, text="八")
    claimed_by(identity, "gone1", "gone2", "gone3")
    assert sweeper.requeue_orphans() == 1
    assert state(identity) == TaskResultStatus.FAILED
    assert worker.run_worker(once=True) == 0


def test_a_worker_whose_lock_is_lost_stops(db):
    with pytest.raises(Unavailable):
        worker.Worker(Event()).run(once=True)


HOLDER = """
import os, sys, time
sys.path.insert(0, os.getcwd())
import django; django.setup()
from django.db import connection; connection.settings_dict["NAME"] = sys.argv[2]
from django.conf import settings; from pathlib import Path
settings.HOME = Path(sys.argv[1])
from songda.kernel.jobs.presence import on_duty
with on_duty("other"):
    print("on duty", flush=True); time.sleep(60)
"""


def test_a_killed_process_is_seen_as_dead_at_once(db, tmp_path):
    assert not is_alive("other")
    command = [sys.executable, "-c", HOLDER, str(tmp_path), str(connection.settings_dict["NAME"])]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout.readline() == b"on duty\n"
        assert is_alive("other")
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not is_alive("other")


def test_the_stop_signal_ends_the_loop_after_the_job_in_hand(db, monkeypatch):
    stop = Event()
    monkeypatch.setattr(work, "DONE", DONE)
    enqueue(note, text="九")
    enqueue(note, text="十")
    one = worker.Worker(stop)
    run_task = one.runner.run_task
    monkeypatch.setattr(one.runner, "run_task", lambda row: (stop.set(), run_task(row)))
    with on_duty(one.id):
        one.run(once=False)
        assert one.ran == 1
    assert DONE == ["九"]


def test_old_rows_are_pruned_and_periods_stay_shorter_than_that(db):
    identity = enqueue(note, text="旧")
    worker.run_worker(once=True)
    DBTaskResult.objects.filter(pk=identity).update(finished_at=NOW)
    assert sweeper.prune.func() == 1
    with pytest.raises(ValueError, match="every"):
        job("tests.yearly", every=dt.timedelta(days=365))
    assert {"audit.seal", "jobs.prune"} <= {one.name for one in registered()}
    assert (hourly.name, nightly.name) == ("hourly", "nightly")
