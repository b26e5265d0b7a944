"""Jobs 后台任务: rows of the database, enqueued in the transaction of the change that asks for them, run by workers."""

from __future__ import annotations

from songda.kernel.jobs.registry import Job, enqueue, enqueue_after, enqueue_once, job, registered
from songda.kernel.jobs.sweeper import prune

__all__ = ["Job", "enqueue", "enqueue_after", "enqueue_once", "job", "prune", "registered"]
