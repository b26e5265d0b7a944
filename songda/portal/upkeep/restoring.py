"""Restoring 恢复: an empty installation filled from a backup, then proved to hold what was saved. All of it, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import Model

import songda
from songda.kernel.audit.actions import record
from songda.kernel.audit.models import AuditSeal
from songda.kernel.audit.queries import verify
from songda.kernel.errors import Conflict, Invalid, Refused, Unavailable
from songda.kernel.search.actions import refill
from songda.ledger.notices.actions.restored import hold_restored
from songda.portal.upkeep import home, manifest, places, schema, tables
from songda.portal.upkeep.archive import Reader
from songda.portal.upkeep.manifest import Manifest, TableEntry
from songda.registry.actors import system

Progress = Callable[[str, int, int], None]
ANOTHER = "未留下任何内容。请换一份备份。"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored and proved, and what it takes to go on."""

    taken_at: str
    tables: int
    rows: int
    files: int
    audit_head: str
    audit_entries: int
    migrated: tuple[str, ...]
    placed: tuple[str, ...]
    same_secret: bool
    held: int
    doubtful: int
    damaged: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)


def restore_backup(place: Path, *, now: dt.datetime, progress: Progress) -> Restored:
    """Fill this installation. Conflict unless it is empty, Refused for a backup of a later program, Invalid for a damaged one."""
    archive = Reader(place)
    try:
        saved = archive.manifest
        refuse_unfit(saved)
        places.refuse_filled()
        home.refuse_filled()
        with home.under_way(), home.files_beside(archive, progress) as place_files, places.all_or_nothing():
            load(archive, progress)
            migrated = tuple(schema.labels(schema.migrate_forward()))
            entries, held, doubtful = finish(saved, dt.datetime.fromisoformat(saved.taken_at) if saved.demonstration else now)
            place_files()
        placed = tuple(home.place_secrets(archive))
    finally:
        archive.close()
    same = "secret_key" in placed or saved.secret == manifest.fingerprint(str(settings.SECRET_KEY))
    return Restored(
        saved.taken_at, len(saved.tables), saved.rows, len(saved.files), saved.audit_head, entries, migrated, placed, same,
        held, doubtful, saved.damaged,
    )  # fmt: skip


def refuse_unfit(saved: Manifest) -> None:
    """Refused where the backup is of a later program, or demonstration and real data would meet."""
    if reason := manifest.later_than(saved, songda.__version__, schema.known()):
        raise Refused(f"备份比本程序新：{reason}。", advice="请先安装备份时的版本或更新的版本，再恢复。")
    if saved.demonstration != settings.DEMONSTRATION:
        raise Conflict(
            "演示环境与正式环境的备份不能互相恢复。", advice="演示的备份请在 SONGDA_DEMO=yes 与单独的 SONGDA_HOME 下恢复。"
        )


def load(archive: Reader, progress: Progress) -> None:
    """The tables of the backup's own migrations, filled, and looked at again."""
    saved = archive.manifest
    schema.migrate_exactly(saved.migrations)
    models = {model._meta.db_table: model for model in schema.tables_at(saved.migrations)}
    filled = [entry for entry in saved.tables if entry.rows]
    try:
        with places.unchecked():
            tables.clear(model for model in models.values() if model._default_manager.exists())
            for number, entry in enumerate(filled, start=1):
                with archive.table(entry.name) as stream:
                    tables.fill(models[entry.name], entry, stream)
                progress("filling", number, len(filled))
            tables.count_on((models[entry.name], entry) for entry in saved.tables if entry.name in models)
    except OperationalError as error:
        first = str(error).splitlines()[0]
        raise Unavailable(f"数据库写不下去：{first}。", advice="未留下任何内容。请检查磁盘空间与数据库服务后重试。") from error
    except (DatabaseError, KeyError, ValueError) as error:
        raise Invalid(f"备份装不进数据库：{str(error).splitlines()[0]}", advice=ANOTHER) from error
    prove(saved, models, progress)


def prove(saved: Manifest, models: dict[str, type[Model]], progress: Progress) -> None:
    """Invalid unless every table holds exactly the rows of the manifest, read back from the database."""
    found: list[TableEntry] = []
    filled = [entry for entry in saved.tables if entry.rows]
    for number, entry in enumerate(filled, start=1):
        found.append(tables.weighed(models[entry.name], connection, entry))
        progress("proving", number, len(filled))
    wrong = manifest.differing(filled, found)
    if wrong:
        raise Invalid(f"恢复后的内容与清单不符：{'；'.join(wrong[:3])}。", advice=ANOTHER)


def finish(saved: Manifest, now: dt.datetime) -> tuple[int, int, int]:
    """Prove the trail up to the saved head, make the index of terms anew, hold back what was waiting to be sent, note the restoring.

    Entries proved, messages held back, messages of which nobody knows.
    """
    report = verify(saved.audit_head)
    if not report.holds:
        raise Invalid(f"审计链核验不通过：{report.reason}", advice=ANOTHER)
    with transaction.atomic():
        refill()
        held, doubtful = hold_restored(now=now)
        after = {"taken_at": saved.taken_at, "head": saved.audit_head, "held": held, "doubtful": doubtful}
        record("backup.restore", AuditSeal(), by=system("恢复"), now=now, after=after)
    return report.entries, held, doubtful
