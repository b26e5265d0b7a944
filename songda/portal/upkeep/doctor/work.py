"""Looks at the work behind the pages: is a worker on duty, and does the queue move."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from songda.kernel.jobs.presence import workers_alive
from songda.ledger.notices.actions.restored import counts
from songda.portal.upkeep.doctor.findings import Finding, fault, ok, warning

LATE = dt.timedelta(minutes=15)


def held_back() -> Finding:
    """Whether messages that a restore held back still wait for a decision."""
    count = sum(counts().values())
    if count:
        return warning("暂缓", f"恢复后暂缓的消息 {count} 条。", "核对是否已经发出过，再运行 songda deliveries release 或 drop。")
    return ok("暂缓", "没有恢复后暂缓的消息。")


def workers(now: dt.datetime) -> Finding:
    """How many workers are on duty and how long the oldest job that is due has waited."""
    moment = now - settings.CLOCK_SHIFT  # the queue's own clock is not the demonstration's
    due = DBTaskResult.objects.ready()
    oldest = due.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    alive, waited = workers_alive(), moment - oldest if oldest else dt.timedelta()
    said = f"在岗 {alive} 个，待办任务 {due.count()} 个，最久已等 {max(0, int(waited.total_seconds() // 60))} 分钟。"
    if not alive:
        finding = fault if waited > LATE else warning
        return finding("后台", said, "请启动 songda worker；停着的时候不推送、不催办、不封存。")
    if waited > LATE:
        return warning("后台", said, "任务积压，请查看日志，或再启动一个 songda worker。")
    return ok("后台", said)
