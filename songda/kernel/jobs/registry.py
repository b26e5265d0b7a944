"""What is a job, and putting one in the queue. A thin layer over django_tasks: a job is a row of its result table."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import autodiscover_modules
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult, get_date_max

from songda.kernel import clock
from songda.kernel.doors import declares

SLOTS = uuid.UUID("6f1c2b52-7f9c-4c0e-9a55-6a3f3b1d0c11")  # name space of the ids of things enqueued once
LONGEST_EVERY = dt.timedelta(days=28)  # rows of finished jobs are kept longer than this, so a slot is never run twice


@dataclass(frozen=True, slots=True)
class Job:
    """A registered job: `every` makes it periodic, in slots counted from midnight of the place plus `at`."""

    name: str
    task: Task[..., Any]
    every: dt.timedelta | None
    at: dt.timedelta
    permission: str


JOBS: dict[str, Job] = {}


def job(
    name: str, *, every: dt.timedelta | None = None, at: dt.timedelta = dt.timedelta(0), permission: str = "jobs.run"
) -> Callable[[Callable[..., Any]], Task[..., Any]]:
    """Register a module-level function of a room's `jobs.py`. It takes JSON values and returns one; it reads the clock itself.

    A job may run again after a worker died in it: write it so that a second run finds the work done.
    """
    if every is not None and not dt.timedelta(0) < every <= LONGEST_EVERY:
        raise ValueError(f"{name}: every must lie between nothing and {LONGEST_EVERY}")

    def register(function: Callable[..., Any]) -> Task[..., Any]:
        made: Task[..., Any] = task()(declares(permission)(function))
        if JOBS.setdefault(name, Job(name, made, every, at, permission)).task.module_path != made.module_path:
            raise ValueError(f"two jobs are called {name}")
        return made

    return register


def registered() -> tuple[Job, ...]:
    """All jobs of all rooms."""
    autodiscover_modules("jobs")
    return tuple(JOBS.values())


def enqueue(work: Task[..., Any], **arguments: object) -> str:
    """Ask for a run after the present transaction commits (and not at all if it rolls back); the id of the run."""
    return str(work.enqueue(**arguments).id)


def enqueue_after(work: Task[..., Any], wait: dt.timedelta, **arguments: object) -> bool:
    """Ask for one run after a while, unless one is waiting already; whether it was asked for."""
    if DBTaskResult.objects.filter(task_path=work.module_path, status=TaskResultStatus.READY).exists():
        return False
    moment = clock.now() - settings.CLOCK_SHIFT + wait  # the queue's own clock is not the demonstration's
    work.using(run_after=moment).enqueue(**arguments)
    return True


def identity_of(work: Task[..., Any], key: str) -> uuid.UUID:
    """The id of the run that was asked for under a key."""
    return uuid.uuid5(SLOTS, f"{work.module_path}:{key}")


def enqueue_once(work: Task[..., Any], key: str, **arguments: object) -> bool:
    """Ask for a run unless one was asked for under this key before; whether it was new. Safe between processes."""
    identity = identity_of(work, key)
    if DBTaskResult.objects.filter(pk=identity).exists():
        return False
    row: DBTaskResult[..., Any] = DBTaskResult(
        id=identity,
        args_kwargs={"args": [], "kwargs": arguments},
        priority=work.priority,
        task_path=work.module_path,
        queue_name=work.queue_name,
        backend_name=work.backend,
        run_after=get_date_max(),
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.bulk_create([row], ignore_conflicts=True)
    return True
