"""Upgrading 升级: backup, migrate, verify; on failure the old state is there again.

PostgreSQL: all migrations and the looks afterwards are one transaction. SQLite: a copy of the file is kept beside and put back
page by page. The program itself is replaced by whoever installs it; this brings the database after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import DatabaseError, connection, transaction

import songda
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.audit.models import AuditSeal
from songda.kernel.audit.queries import verify
from songda.kernel.errors import Conflict, SongdaError, Unavailable
from songda.kernel.jobs.presence import workers_alive
from songda.portal.upkeep import home, schema
from songda.portal.upkeep.doctor.examining import examine
from songda.portal.upkeep.doctor.findings import Finding, is_fault
from songda.portal.upkeep.places import copy_file
from songda.portal.upkeep.taking import take_backup
from songda.registry.actors import system

Progress = Callable[[str, int, int], None]
OF_THE_DATABASE = frozenset({"数据库", "库结构", "写入", "审计"})  # what an upgrade can break; a worker is stopped now anyway


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What was done: the migrations applied, the backup before it, what the examination says now."""

    version: str
    migrated: tuple[str, ...]
    backup: str
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)


def upgrade(*, now: dt.datetime, progress: Progress) -> Upgraded:
    """Bring the database to this program. Conflict while workers run; Unavailable when it failed and the old state is back."""
    if not schema.pending():
        return Upgraded(songda.__version__, (), "", tuple(examine(now=now)[0]))
    if alive := workers_alive():
        raise Conflict(f"还有 {alive} 个后台进程在岗。", advice="请先停止 songda serve 与 songda worker，再升级。")
    saved = take_backup(
        home.backups() / f"before-{songda.__version__}-{stamp(now)}.zip", with_secret=False, now=now, progress=progress
    )
    with old_state_on_failure(now, saved.file):
        migrated = tuple(schema.labels(schema.migrate_forward()))
        found = prove(saved.audit_head, now)
        with transaction.atomic():
            after = {"version": songda.__version__, "migrations": list(migrated)}
            record("system.upgrade", AuditSeal(), by=system("升级"), now=now, after=after)
    return Upgraded(songda.__version__, migrated, saved.file, tuple(found))


def prove(head: str, now: dt.datetime) -> list[Finding]:
    """Unavailable unless the trail holds up to the head of the backup and no look at the database finds a fault."""
    report = verify(head)
    if not report.holds:
        raise Unavailable(f"升级后审计链核验不通过：{report.reason}")
    found = examine(now=now)[0]
    broken = [one for one in found if is_fault(one) and one.name in OF_THE_DATABASE]
    if broken:
        raise Unavailable(f"升级后体检不通过：{broken[0].sentence}")
    return found


@contextmanager
def old_state_on_failure(now: dt.datetime, backup: str) -> Generator[None]:
    """The database as it was before when the block fails, and Unavailable saying so."""
    guard = transaction.atomic if connection.vendor == "postgresql" else lambda: copy_put_back(now)
    try:
        with guard():
            yield
    except (DatabaseError, SongdaError, ValueError, LookupError, TypeError) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise Unavailable(
            f"升级没有成功：{first}。数据库已回到升级前的状态。", advice=f"请装回原来的版本后启动；升级前的备份在 {backup}。"
        ) from error


@contextmanager
def copy_put_back(now: dt.datetime) -> Generator[None]:
    """Keep a copy of the SQLite file for the block; put it back when the block fails, and let it go when it ends well."""
    place = Path(connection.settings_dict["NAME"])
    copy = home.backups() / f"before-{songda.__version__}-{stamp(now)}.sqlite3"
    connection.close()
    copy_file(place, copy)
    try:
        yield
    except BaseException:
        connection.close()
        copy_file(copy, place)
        raise
    copy.unlink()


def stamp(now: dt.datetime) -> str:
    """A moment in a file's name."""
    return f"{now.astimezone(clock.place()):%Y%m%d-%H%M%S}"
