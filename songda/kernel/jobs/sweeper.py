"""Keeping the queue whole 清扫: what a dead worker left behind, what is due by the calendar, what is old."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.db.models import Max, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from songda.kernel import clock
from songda.kernel.jobs.presence import is_alive
from songda.kernel.jobs.registry import Job, enqueue_once, job, registered

ATTEMPTS = 3  # a job that kills its worker is given up after so many
KEPT = dt.timedelta(days=35)  # rows of finished jobs; longer than the longest period (registry.LONGEST_EVERY)
LATER = dt.timedelta(hours=16)  # a run asked for beyond this (longer than a night's rest) does not stand in for the present slot
LONGEST_WAIT = dt.timedelta(
    days=8
)  # nobody asks for a run later than that (a week's cap): such a moment came from a clock that ran ahead
AHEAD = dt.timedelta(minutes=2)  # clocks of two machines may differ by so much
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
    """Enqueue each periodic job once a slot; how many were new. A slot missed while no worker ran is not caught up twice.

    After the clock went back the slots of that time come a second time, and are run a second time: work goes on.
    """
    own = now - settings.CLOCK_SHIFT  # the queue's own clock is not the demonstration's
    bring_back(own)
    periodic, again = [work for work in registered() if work.every], ran_ahead(own)
    return sum(enqueue_slot(work, now, again) for work in periodic)


def bring_back(now: dt.datetime) -> int:
    """Let runs that wait for a moment nobody would ask for run now; how many."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, run_after__gt=now + LONGEST_WAIT)
    return waiting.filter(run_after__lt=get_date_max()).update(run_after=now)


def ran_ahead(now: dt.datetime) -> str:
    """A mark that is the same until the clock has come again to where it was when it went back; '' where it did not."""
    latest = DBTaskResult.objects.aggregate(latest=Max("enqueued_at"))["latest"]
    return f":{int(latest.timestamp())}" if latest is not None and latest > now + AHEAD else ""


def enqueue_slot(work: Job, now: dt.datetime, again: str = "") -> bool:
    """Enqueue the present slot of one job, unless an earlier run is still waiting or running. `again`: see `ran_ahead`."""
    own = now - settings.CLOCK_SHIFT
    far = Q(status=TaskResultStatus.READY, run_after__gt=own + LATER, run_after__lt=get_date_max())
    if DBTaskResult.objects.filter(task_path=work.task.module_path, status__in=UNFINISHED).exclude(far).exists():
        return False
    return enqueue_once(work.task, f"slot:{slot_of(work, now)}{again}")


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
