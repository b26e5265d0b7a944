"""Looks at the machinery, beside those of the doctor: a backup of today, and one that was once restored."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from songda.kernel.audit.models import AuditSeal
from songda.kernel.errors import NotFound
from songda.portal.upkeep import home
from songda.portal.upkeep.doctor.findings import Finding, fault, ok, warning

FRESH = dt.timedelta(hours=26)
DRILL = dt.timedelta(days=100)
RESTORED, KEY_APART = "restored.json", "key_apart.json"


def backup(now: dt.datetime) -> Finding:
    """Whether a backup was taken within the last day."""
    told = home.last_backup()
    if told is None:
        return fault("备份", "还没有备份过。", "请运行 songda backup，并启用每夜备份。")
    age = now - dt.datetime.fromisoformat(told["at"])
    said = f"最近一次在 {int(age.total_seconds() // 3600)} 小时前：{told['file']}。"
    return ok("备份", said) if age <= FRESH else fault("备份", said, "请检查每夜备份的定时任务。")


def restored(now: dt.datetime) -> Finding:
    """Whether a backup of this house was once restored elsewhere: who tells it shows the head of the chain that the restoring printed."""
    told = home.told(RESTORED)
    if told is None:
        return fault(
            "恢复演练",
            "备份还没有恢复过。",
            "请在另一台机器上 songda restore，再在这里运行 songda ready --restored 它报出的链头。",
        )
    age = now - dt.datetime.fromisoformat(told["at"])
    said = f"{told['at'][:10]} 恢复过，链头 {told['head'][:16]} 在本环境的审计链上。"
    return ok("恢复演练", said) if age <= DRILL else warning("恢复演练", said, "已过一季，请再演练一次。")


def note_restored(head: str, *, now: dt.datetime) -> None:
    """Keep that a backup was restored; NotFound for a head that is not on our chain."""
    found = AuditSeal.objects.filter(digest__startswith=head).first() if len(head) >= 16 else None
    if found is None:
        raise NotFound("本环境的审计链上没有这个链头。", advice="请照抄 songda restore 最后显示的“链头”，至少前 16 位。")
    home.note(RESTORED, {"at": now.isoformat(), "head": found.digest})


def note_key_apart(*, now: dt.datetime) -> None:
    """Keep that the key was laid aside."""
    home.note(KEY_APART, {"at": now.isoformat()})


def watched() -> Finding:
    """Whether logs and figures can be read by who watches."""
    if settings.METRICS_TOKEN:
        return ok("看护", "/metrics 凭令牌可读。")
    return warning("看护", "/metrics 只许本机读取。", "另一台机器要看，请设 SONGDA_METRICS_TOKEN。")
