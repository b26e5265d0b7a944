"""Looks at what is recorded: the end of the audit chain, moments that lie ahead, next year's calendar."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry, AuditSeal
from songda.kernel.audit.queries import fault_of_end, last_seal, unsealed_after
from songda.office.retention.queries.lists import unknown
from songda.portal.upkeep import home
from songda.portal.upkeep.doctor.findings import Finding, fault, ok, warning
from songda.registry.calendars.queries import lacking_of, owed_year, unannounced_years

AHEAD = dt.timedelta(minutes=2)  # clocks of two machines may differ by so much
LOOKED_AT = 2000  # latest records: some may have been written after the clock went back
ANNOUNCED_IN = 12  # month; the State Council announces next year's days off in November or early December


def trail() -> Finding:
    """The last link of the chain, and whether the head of the last backup is still on it. The whole chain: `songda audit verify`."""
    end = last_seal()
    if end is None:
        return warning("审计", f"{unsealed_after(0)} 条记录还没有封存。", "请确认后台进程在运行，或运行 songda audit seal。")
    reason = fault_of_end()
    told = home.last_backup() or {}
    if not reason and told.get("head") and not AuditSeal.objects.filter(digest=told["head"]).exists():
        reason = "上次备份时的链头已不在链上。"
    if reason:
        return fault("审计", reason, "请勿继续写入；请审计管理员运行 songda audit verify 并与备份比对。")
    return ok("审计", f"末条封条完好，未封存 {unsealed_after(end.last_id)} 条。")


def moments(now: dt.datetime) -> Finding:
    """Whether the newest record lies ahead of the clock: it has jumped back, or had run ahead."""
    latest = AuditEntry.objects.order_by("-id").values_list("at", flat=True)[:LOOKED_AT]
    newest = max(latest, default=None)
    if newest is not None and newest - now > AHEAD:
        ahead = newest - now
        return fault(
            "时钟",
            f"最近的记录在 {newest.astimezone(clock.place()):%Y-%m-%d %H:%M}，比本机时钟晚 {int(ahead.total_seconds() // 60)} 分钟。",
            "请校准本机时钟（chronyc tracking 或 timedatectl），校准前不要办理业务：期限会算错。",
        )
    return ok("时钟", f"本机 {now.astimezone(timezone.get_default_timezone()):%Y-%m-%d %H:%M}，不早于最近的记录。")


def calendar(now: dt.datetime) -> Finding:
    """Whether this year's days off are loaded whole, and from November on next year's: a warning, from December on a fault."""
    today = clock.day_of(now)
    owed = owed_year(today)
    advice = "请系统管理员在“活动包管理 → 节假日与调休”粘贴国务院办公厅通知。"
    if owed:
        said = f"{owed} 年的节假日还缺{'、'.join(lacking_of(owed))}，落在这一年的期限是暂定的。"
        late = owed == today.year or today.month >= ANNOUNCED_IN
        return (fault if late else warning)("日历", said, advice)
    if unannounced_years(today.year + 1, today.year + 1):
        return ok("日历", f"{today.year} 年已装载；{today.year + 1} 年的通知一般在年底前发布，跨年期限暂定。")
    return ok("日历", f"{today.year}、{today.year + 1} 年已装载。")


def purges() -> Finding:
    """Whether this database knows every purge whose list lies beside it; one restored from an older backup does not."""
    if numbers := unknown():
        said = f"本库早于 {len(numbers)} 次销毁（{'、'.join(numbers[:3])}），其中的内容又回来了。"
        return warning("销毁", said, "请运行 songda retention redo，按清册重做。")
    return ok("销毁", "销毁清册与本库一致。")
