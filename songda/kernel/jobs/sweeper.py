"""Keeping the queue whole 清扫: what a dead worker left behind, what is due by the calendar, what is old."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from songda.kernel import clock
from songda.kernel.jobs.presence import is_alive
from songda.kernel.jobs.registry import Job, enqueue_once, job, registered

ATTEMPTS = 3  # a job that kills its worker is given up after so many
KEPT = dt.timedelta(days=35)  # rows of finished jobs; longer than the longest period (registry.LONGEST_EVERY)
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
logger = logging.getLogger("songda.jobs")


def requeue_orphans() -> int:
    """Give the jobs of dead workers back to the queue, or give them up after three attempts; how many were found.

    A compare-and-swap on the moment the run started: two sweepers cannot both win.
    """
    found = 0
    dead: dict[str, bool] = {}
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).only("id", "worker_ids", "started_at", "task_path"):
        worker = row.worker_ids[-1] if row.worker_ids else ""
        if worker and dead.setdefault(worker, not is_alive(worker)):
            found += release(row)
    return found


def release(row: DBTaskResult[..., Any]) -> int:
    """Put one orphan back, or mark it failed; 1 when it was ours to do."""
    same = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at)
    if len(row.worker_ids) < ATTEMPTS:
        logger.warning("job %s %s requeued: worker %s is gone", row.pk, row.task_path, row.worker_ids[-1])
        return same.update(status=TaskResultStatus.READY, started_at=None)
    logger.error("job %s %s given up: %d workers died in it", row.pk, row.task_path, ATTEMPTS)
    told = f"{ATTEMPTS} workers died while running this job"
    return same.update(
        status=TaskResultStatus.FAILED, finished_at=clock.now(), exception_class_path="builtins.SystemError", traceback=told
    )


def enqueue_due(now: dt.datetime) -> int:
    """Enqueue each periodic job once a slot; how many were new. A slot missed while no worker ran is not caught up twice."""
    periodic = [work for work in registered() if work.every]
    return sum(enqueue_slot(work, now) for work in periodic)


def enqueue_slot(work: Job, now: dt.datetime) -> bool:
    """Enqueue the present slot of one job, unless an earlier run is still waiting or running."""
    if DBTaskResult.objects.filter(task_path=work.task.module_path, status__in=UNFINISHED).exists():
        return False
    return enqueue_once(work.task, f"slot:{slot_of(work, now)}")


def slot_of(work: Job, now: dt.datetime) -> int:
    """The number of the present slot, counted in the place's own time so that a daily job keeps its hour."""
    if work.every is None:
        raise ValueError(f"{work.name} is not periodic")
    local = dt.timedelta(days=clock.day_of(now).toordinal()) + (now - clock.start_of(clock.day_of(now)))
    return (local - work.at) // work.every


@job("jobs.prune", every=dt.timedelta(days=1), at=dt.timedelta(hours=3))
def prune() -> int:
    """Delete the rows of jobs finished long ago; how many."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - KEPT)
    return old.delete()[0]
