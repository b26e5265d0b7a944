"""How the queue stands 队列现状, for who watches: what waits and how long, who works, how the periodic jobs ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Min, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from songda.kernel import clock
from songda.kernel.jobs.presence import workers_alive
from songda.kernel.jobs.registry import Job, identity_of, registered
from songda.kernel.jobs.sweeper import slot_of

LOOKED_BACK = 3  # slots of a periodic job that are looked at for its last run
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs that are due, wait for their hour, run, or failed within a day; how long the oldest due one has waited; workers on duty."""

    due: int
    later: int
    running: int
    failed: int
    age: dt.timedelta
    workers: int


@dataclass(frozen=True, slots=True)
class Run:
    """The last run of a periodic job; without a state where none of the latest slots was run."""

    job: Job
    state: str = ""
    started_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    failure: str = ""

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return (self.finished_at - self.started_at).total_seconds() if self.started_at and self.finished_at else None


def queue() -> Queue:
    """The queue now, by its own clock (a demonstration's days are not the queue's)."""
    now = clock.now() - settings.CLOCK_SHIFT
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    at_once, timed = Q(run_after=get_date_max()), Q(run_after__lte=now)
    oldest = ready.aggregate(asked=Min("enqueued_at", filter=at_once), due=Min("run_after", filter=timed))
    since = min((moment for moment in oldest.values() if moment), default=now)
    due = ready.filter(at_once | timed).count()
    return Queue(
        due=due,
        later=ready.count() - due,
        running=DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).count(),
        failed=DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gt=now - DAY).count(),
        age=max(now - since, dt.timedelta(0)),
        workers=workers_alive(),
    )


def last_runs(*, least: dt.timedelta = DAY) -> list[Run]:
    """The last run of each job whose period is `least` or longer, in order of name. Found by the ids of its slots: one query."""
    now = clock.now()
    watched = [work for work in registered() if work.every and work.every >= least]
    asked = {identity_of(work.task, f"slot:{slot_of(work, now) - back}"): work for work in watched for back in range(LOOKED_BACK)}
    rows = DBTaskResult.objects.filter(pk__in=asked).order_by("enqueued_at")
    latest = {asked[row.pk].name: row for row in rows.defer("args_kwargs", "return_value", "traceback")}
    return [_run(work, latest.get(work.name)) for work in sorted(watched, key=lambda one: one.name)]


def _run(work: Job, row: DBTaskResult[..., object] | None) -> Run:
    if row is None:
        return Run(work)
    return Run(work, str(row.status), row.started_at, row.finished_at, row.exception_class_path.rpartition(".")[2])
