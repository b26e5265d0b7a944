"""The worker 后台工作进程: runs one job at a time, and keeps the queue whole in between."""

from __future__ import annotations

import logging
import secrets
from threading import Event
from time import monotonic
from typing import Any

from django.db import OperationalError, close_old_connections
from django.utils.translation import gettext as _
from django_tasks_db.management.commands.db_worker import Worker as Runner
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from songda.kernel import clock
from songda.kernel.errors import Unavailable
from songda.kernel.jobs.presence import is_alive, on_duty
from songda.kernel.jobs.sweeper import enqueue_due, requeue_orphans
from songda.kernel.origin import acting_from

TICK = 10.0  # seconds between two looks at the calendar and at the other workers
IDLE = 1.0  # seconds between two looks at an empty queue
logger = logging.getLogger("songda.jobs")


def run_worker(*, once: bool = False, stop: Event | None = None) -> int:
    """Run jobs until `stop` is set (with `once`, until nothing is ready); how many were run. The job in hand is finished.

    Unavailable when the worker's own lock is lost: the others believe it dead, so it must not go on.
    """
    worker = Worker(stop or Event())
    with on_duty(worker.id):
        logger.info("worker %s on duty", worker.id)
        return worker.run(once=once)


class Worker:
    """One process's loop."""

    def __init__(self, stop: Event) -> None:
        self.id = secrets.token_hex(8)
        self.stop = stop
        self.next_tick = 0.0
        self.runner = Runner(
            queue_names=["*"], interval=IDLE, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
            worker_id=self.id, excluded_queue_names=[],
        )  # fmt: skip

    def run(self, *, once: bool) -> int:
        """The loop; how many jobs were run."""
        ran = 0
        while not self.stop.is_set():
            if monotonic() >= self.next_tick:
                self.tick()
            if row := self.claim():
                with acting_from(f"worker:{self.id}", str(row.pk)):
                    self.runner.run_task(row)
                ran += 1
            elif once:
                break
            else:
                close_old_connections()
                self.stop.wait(IDLE)
        return ran

    def tick(self) -> None:
        """Look at the calendar and at the other workers."""
        if not is_alive(self.id):
            raise Unavailable(_("本工作进程的在岗锁已失效，已停止。"), advice=_("请由进程管理器重新启动。"))
        requeue_orphans()
        enqueue_due(clock.now())
        self.next_tick = monotonic() + TICK

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
