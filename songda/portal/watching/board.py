"""The figures of the page of operations in words: what each is now, when it asks for somebody, and what to do then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.kernel.jobs.state import Run
from songda.portal.watching.state import State

LATE_QUEUE = dt.timedelta(minutes=5)
LATE_SWEEPER = dt.timedelta(minutes=10)
OLD_BACKUP = dt.timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what it is called, its value in words, and what to do where it asks for somebody ('' where all is well)."""

    label: str
    value: str
    todo: str = ""


def lines(state: State) -> list[Line]:
    """The figures in the order in which one looks at them."""
    return [*work_lines(state), *house_lines(state)]


def work_lines(state: State) -> list[Line]:
    """What is under way."""
    queue = state.queue
    return [
        Line(
            _("在岗的后台进程"),
            str(queue.workers),
            "" if queue.workers else _("没有后台进程：请启动后台服务，否则不发通知、不催办。"),
        ),
        Line(
            _("等待的后台任务"),
            _("%(due)d 个已到时，%(running)d 个在办，%(later)d 个未到时")
            % {"due": queue.due, "running": queue.running, "later": queue.later},
        ),
        Line(
            _("最久的等了"), span(queue.age), _("任务积压：请看后台进程是否在岗，或增加进程。") if queue.age > LATE_QUEUE else ""
        ),
        Line(_("一天内失败的任务"), str(queue.failed), _("请按任务名在日志中查找原因。") if queue.failed > 0 else ""),
        Line(_("时限巡检滞后"), span(state.lag), _("催办会迟到：请看后台进程是否在岗。") if state.lag > LATE_SWEEPER else ""),
        Line(_("读不出的时限"), str(state.put_off), _("请看事项上的原因，改正后自动重算。") if state.put_off > 0 else ""),
        Line(_("失败或结果不明的送达"), str(state.stuck), _("由统筹调度员在送达清单里处理。") if state.stuck > 0 else ""),
        Line(_("未了结的报表疑点"), str(state.violations)),
    ]


def house_lines(state: State) -> list[Line]:
    """What it stands on."""
    disk = _("剩 %(free)s，共 %(total)s") % {"free": size(state.disk.free), "total": size(state.disk.total)}
    backup = span(state.backup_age) if state.backup_age is not None else _("没有备份")
    old = state.backup_age is None or state.backup_age > OLD_BACKUP
    sealed = state.seal.digest[:16] if state.seal else _("还没有封条")
    return [
        Line(_("数据库大小"), size(state.database_bytes)),
        Line(_("磁盘"), disk, _("磁盘将满：请扩容或清理，否则写不进数据。") if state.disk.short else ""),
        Line(_("最近一次备份距今"), backup, _("请检查每夜备份是否启用。") if old else ""),
        Line(_("审计链末尾的封条"), sealed, _("每小时封存一次：请看后台进程是否在岗。") if state.seal is None else ""),
        Line(_("尚未封存的审计记录"), str(state.unsealed)),
        Line(
            _("节假日"),
            _("缺 %(year)d 年") % {"year": state.owed_year} if state.owed_year else _("已登记"),
            _("请在“活动包管理”里登记，之前跨年期限是暂定的。") if state.owed_year else "",
        ),
    ]


def span(length: dt.timedelta) -> str:
    """A length of time in its two largest units."""
    seconds = int(length.total_seconds())
    if seconds < 60:
        return _("%(n)d 秒") % {"n": seconds}
    if seconds < 3600:
        return _("%(n)d 分 %(m)d 秒") % {"n": seconds // 60, "m": seconds % 60}
    if seconds < 48 * 3600:
        return _("%(n)d 小时 %(m)d 分") % {"n": seconds // 3600, "m": seconds % 3600 // 60}
    return _("%(n)d 天") % {"n": seconds // 86400}


def size(count: int) -> str:
    """Bytes in the unit one speaks of."""
    for power, unit in ((3, "GB"), (2, "MB")):
        if count >= 1024**power:
            return f"{count / 1024**power:.1f} {unit}"
    return f"{count / 1024:.0f} KB"


def outcome(run: Run) -> str:
    """How a periodic job ended, in words."""
    return {
        "": _("近三次都没有运行"), "READY": _("等待运行"), "RUNNING": _("正在运行"), "SUCCESSFUL": _("完成"),
        "FAILED": _("失败：%(why)s") % {"why": run.failure},
    }[run.state]  # fmt: skip
