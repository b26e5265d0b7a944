"""Looks at the database: does it answer, is it of this program's shape, does it write safely."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

import songda
from songda.portal.upkeep import schema
from songda.portal.upkeep.doctor.findings import Finding, fault, ok, warning

OLDEST = {"sqlite": (3, 37), "postgresql": (14,)}
LONG_LOG = 256 << 20  # bytes of a WAL that is not being emptied


def configuration() -> Finding:
    """What this process runs with; wrong values stopped it before it got here."""
    mode = "演示" if settings.DEMONSTRATION else "正式"
    said = f"版本 {songda.__version__}，{mode}环境，目录 {settings.HOME}。"
    if settings.DEBUG and not settings.DEMONSTRATION:
        return fault("配置", f"{said}调试开关开着。", "正式环境请去掉 SONGDA_DEBUG。")
    return ok("配置", said)


def reachable() -> Finding:
    """Whether the database answers, and whether it is one we know."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        version = connection.get_database_version()
    except (DatabaseError, InterfaceError) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        return fault("数据库", f"没有应答：{first}", "请检查 DATABASE_URL 与数据库服务。")
    said = f"{connection.display_name} {'.'.join(map(str, version))}。"
    if version < OLDEST[connection.vendor]:
        return fault("数据库", said, f"至少需要 {'.'.join(map(str, OLDEST[connection.vendor]))}，请升级。")
    return ok("数据库", said)


def migrations() -> Finding:
    """Whether the database has this program's migrations, all of them and no later ones."""
    applied = {(app, name) for app, names in schema.applied().items() for name in names}
    if not applied:
        return fault("库结构", "数据库还没有建立。", "请先运行 songda init --pack 活动包，或 songda restore 备份文件。")
    if missing := schema.pending():
        return fault(
            "库结构", f"缺 {len(missing)} 个迁移：{'、'.join(list(schema.labels(missing))[:3])}。", "请运行 songda upgrade。"
        )
    if later := sorted(applied - schema.known()):
        return fault("库结构", f"数据库比程序新：{next(schema.labels(later))}。", "请安装与数据库相符的版本。")
    return ok("库结构", f"{len(applied)} 个迁移齐备。")


def safe_writing() -> Finding:
    """Whether what is committed survives a power cut."""
    return postgresql_log() if connection.vendor == "postgresql" else sqlite_log()


def postgresql_log() -> Finding:
    """`fsync` and `full_page_writes` of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('full_page_writes')")
        settled = cursor.fetchone() == ("on", "on")
    if not settled:
        return fault("写入", "PostgreSQL 的 fsync 或 full_page_writes 已关闭，断电会损坏数据。", "请打开后重启数据库。")
    return ok("写入", "fsync 已开启。")


def sqlite_log() -> Finding:
    """The journal mode, and a log that somebody keeps from being emptied."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = str(cursor.fetchone()[0])
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    size = log.stat().st_size if log.is_file() else 0
    if mode not in ("wal", "memory"):
        return fault("写入", f"SQLite 日志方式为 {mode}。", "数据库须放在支持 WAL 的本地磁盘上，不能放在网络盘。")
    if size > LONG_LOG:
        return warning("写入", f"WAL 日志已 {size >> 20} MB。", "可能有程序长期占用读事务，请检查后重启服务。")
    return ok("写入", "WAL 已开启。")
