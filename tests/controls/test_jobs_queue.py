"""Controls on the queue: a slot runs once, a dead worker's job is taken back by one sweeper, a poisoned one is given up."""

from __future__ import annotations

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from songda.kernel.audit.jobs import seal
from songda.kernel.jobs import enqueue, enqueue_once, registry, sweeper
from songda.registry.people.tests.cast import NOW


def test_a_key_is_taken_once_and_would_be_twice_with_ids_at_random(db, monkeypatch):
    def runs():
        enqueue_once(seal, "slot:1")
        enqueue_once(seal, "slot:1")
        return DBTaskResult.objects.count()

    assert runs() == 1
    monkeypatch.setattr(registry.uuid, "uuid5", lambda space, name: registry.uuid.uuid4())
    assert runs() == 3


@pytest.fixture
def orphan(db, settings, tmp_path):
    settings.HOME = tmp_path
    identity = enqueue(seal)
    rows = DBTaskResult.objects.filter(pk=identity)
    rows.update(status=TaskResultStatus.RUNNING, worker_ids=["gone"], started_at=NOW)
    return rows


def test_the_second_sweeper_finds_nothing_to_release(orphan):
    row = orphan.get()
    assert [sweeper.release(row), sweeper.release(row)] == [1, 0]


def test_a_poisoned_job_is_given_up_and_would_go_round_without_the_limit(orphan, monkeypatch):
    orphan.update(worker_ids=["gone"] * 3)
    monkeypatch.setattr(sweeper, "ATTEMPTS", 99)
    sweeper.requeue_orphans()
    assert orphan.get().status == TaskResultStatus.READY
    monkeypatch.undo()
    orphan.update(status=TaskResultStatus.RUNNING, started_at=NOW)
    sweeper.requeue_orphans()
    assert orphan.get().status == TaskResultStatus.FAILED


def test_a_living_workers_job_stays_and_would_be_taken_without_the_look(orphan, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sweeper, "is_alive", lambda worker: True)
        assert sweeper.requeue_orphans() == 0
    assert sweeper.requeue_orphans() == 1
