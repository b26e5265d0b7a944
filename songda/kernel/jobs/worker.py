"""The worker 后台工作进程: runs one job at a time, and keeps the queue whole in between."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from threading import Event
from time import monotonic
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.utils.translation import gettext as _
from django_tasks_db.management.commands.db_worker import Worker as Runner
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception
from psycopg_pool import PoolTimeout

from songda.kernel import clock
from songda.kernel.errors import Unavailable
from songda.kernel.jobs.presence import is_alive, on_duty
from songda.kernel.jobs.sweeper import enqueue_due, requeue_orphans
from songda.kernel.origin import acting_from

TICK = 10.0  # seconds between two looks at the calendar and at the other workers
JUMP = 3600.0  # seconds by which a clock is not put right in the course of a day
STEADY = 600.0  # seconds after a jump until the calendar is believed
IDLE = 1.0  # seconds between two looks at an empty queue
AGAIN = 5.0  # seconds until a database that did not answer is asked again
OUT_OF_REACH = (OperationalError, InterfaceError, PoolTimeout)
logger = logging.getLogger("songda.jobs")


def run_worker(*, once: bool = False, stop: Event | None = None) -> int:
    """Run jobs until `stop` is set (with `once`, until nothing is ready); how many were run. The job in hand is finished.

    While the database does not answer or takes nothing, and after the worker's own lock was lost (the others believe it dead), it
    lays everything down and begins anew under another name; the job in hand is then run again by whoever finds it. With `once` the
    trouble is raised.
    """
    stop, ran = stop or Event(), 0
    while True:
        worker = Worker(stop)
        try:
            with on_duty(worker.id):
                logger.info("worker %s on duty", worker.id)
                worker.run(once=once)
            return ran + worker.ran
        except (*OUT_OF_REACH, LockLost) as trouble:
            if once:
                raise
            logger.exception("worker %s lays its work down: %s", worker.id, type(trouble).__name__)
        ran += worker.ran
        forget_connections()
        if stop.wait(AGAIN):
            return ran


def forget_connections() -> None:
    """Begin with new connections, where they are kept in store too."""
    connections.close_all()
    for one in connections.all(initialized_only=True):
        if isinstance(one, PostgreSQL):
            one.close_pool()


class LockLost(Unavailable):
    """The worker's own lock is gone: another may be doing its work."""


class Worker:
    """One process's loop."""

    def __init__(self, stop: Event) -> None:
        self.id = secrets.token_hex(8)
        self.stop = stop
        self.next_tick = 0.0
        self.ran = 0
        self.seen = (clock.now(), monotonic())
        self.calendar_from = 0.0
        self.runner = Runner(
            queue_names=["*"], interval=IDLE, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
            worker_id=self.id, excluded_queue_names=[],
        )  # fmt: skip

    def run(self, *, once: bool) -> None:
        """The loop; `ran` counts the jobs."""
        while not self.stop.is_set():
            if monotonic() >= self.next_tick:
                self.tick()
            if row := self.claim():
                with acting_from(f"worker:{self.id}", str(row.pk)):
                    self.runner.run_task(row)
                self.ran += 1
            elif once:
                break
            else:
                close_old_connections()
                self.stop.wait(IDLE)

    def tick(self) -> None:
        """Look at the calendar and at the other workers."""
        if not is_alive(self.id):
            raise LockLost(
                _("本工作进程的在岗锁已失效，手上的任务已放下。"), advice=_("会自动重新上岗；反复出现时请检查数据库连接。")
            )
        requeue_orphans()
        now, at = clock.now(), monotonic()
        self.look_at_clock(now, at)
        if at >= self.calendar_from:
            enqueue_due(now)
        self.next_tick = at + TICK

    def look_at_clock(self, now: dt.datetime, at: float) -> None:
        """After the clock jumped by more than an hour, the calendar waits ten minutes: deadlines are not raised, nothing is purged
        or sent by a wrong day while somebody looks. What was asked for already goes on.
        """
        jumped = (now - self.seen[0]).total_seconds() - (at - self.seen[1])
        self.seen = (now, at)
        if abs(jumped) > JUMP:
            self.calendar_from = at + STEADY
            logger.error("the clock jumped by %d seconds; the calendar waits %d seconds", jumped, STEADY)

    def claim(self) -> DBTaskResult[..., Any] | None:
        """Take the next ready job, or None. The queue is looked at before any lock is taken."""
        ready = DBTaskResult.objects.ready()
        if not ready.exists():
            return None
        try:
            with exclusive_transaction():
                row = ready.get_locked()
                if row is not None:
                    row.claim(self.id)
                return row
        except OperationalError as error:
            if is_locked_database_exception(error):
                return None  # another writer was faster; the queue is looked at again
            raise
