"""Taking a backup 备份: one moment of the database and every kept file, while the service runs."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

import songda
from songda.kernel import clock
from songda.kernel.audit.actions import record, seal
from songda.kernel.audit.models import AuditSeal
from songda.kernel.errors import Unavailable
from songda.portal.upkeep import home, schema, tables
from songda.portal.upkeep.archive import Writer, whole_or_not
from songda.portal.upkeep.manifest import FileEntry, Manifest, TableEntry, fingerprint
from songda.portal.upkeep.places import snapshot
from songda.registry.actors import system

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that is there: its place and SHA-256, what it holds, and the files that were already damaged."""

    file: str
    digest: str
    size: int
    tables: int
    rows: int
    files: int
    audit_head: str
    taken_at: str
    with_secret: bool
    damaged: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)


def take_backup(place: Path | None, *, with_secret: bool, now: dt.datetime, progress: Progress) -> Taken:
    """Write a backup to `place`, or under a name of its own in a folder (the home's `backups` without any).

    Unavailable when the disk does not take it.
    """
    name = f"songda-{now.astimezone(clock.place()):%Y%m%d-%H%M%S}.zip"
    folder = home.backups() if place is None else place
    target = folder / name if place is None or place.is_dir() else place
    close_trail(now)
    with whole_or_not(target) as file:
        made = write(file, with_secret=with_secret, now=now, progress=progress)
        file.flush()
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    taken = Taken(
        str(target), digest, target.stat().st_size, len(made.tables), made.rows, len(made.files), made.audit_head, made.taken_at,
        made.with_secret, made.damaged,
    )  # fmt: skip
    home.note_backup({"at": made.taken_at, "file": str(target.resolve()), "digest": digest, "head": made.audit_head})
    return taken


def close_trail(now: dt.datetime) -> None:
    """Note in the trail that a backup is taken, and seal it. A trail too busy to be sealed keeps its former head: nothing is lost."""
    with transaction.atomic():
        record("backup.take", AuditSeal(), by=system("备份"), now=now)
    try:
        seal(now)
    except Unavailable:
        return


def write(file: IO[bytes], *, with_secret: bool, now: dt.datetime, progress: Progress) -> Manifest:
    """All parts into an archive; its manifest."""
    migrations = schema.applied()
    models = schema.tables_at(migrations)
    archive = Writer(file)
    with closing(archive.zip), snapshot() as at:
        entries = write_tables(archive, models, at, progress)
        packs, head = packs_of(at), head_of(at)
        files, damaged = write_files(archive, progress)
        for path in home.kept_secrets(wanted=with_secret):
            archive.file(path.name, path, "secrets")
        made = Manifest(
            songda=songda.__version__, taken_at=now.isoformat(), vendor=at.vendor, demonstration=settings.DEMONSTRATION,
            secret=fingerprint(str(settings.SECRET_KEY)), migrations=migrations, packs=packs, audit_head=head, tables=tuple(entries),
            files=tuple(files), damaged=tuple(damaged), with_secret=with_secret,
        )  # fmt: skip
        archive.close(made)
    return made


def write_tables(archive: Writer, models: Sequence[type[Model]], at: BaseDatabaseWrapper, progress: Progress) -> list[TableEntry]:
    """Every table, in order of name."""
    made = []
    for number, model in enumerate(models, start=1):
        rows, digest = archive.table(model._meta.db_table, tables.lines_of(model, at))
        made.append(tables.entry_of(model, at, rows, digest))
        progress("tables", number, len(models))
    return made


def write_files(archive: Writer, progress: Progress) -> tuple[list[FileEntry], list[str]]:
    """Every kept file, and the places of those that no longer have their digest. One swept away meanwhile is no loss."""
    made, damaged, places = [], [], list(home.kept_files())
    for number, path in enumerate(places, start=1):
        source = home.files_root() / path
        if source.exists():
            made.append(archive.file(path, source))
            if not home.is_whole(path, made[-1].digest):
                damaged.append(path)
        progress("files", number, len(places))
    return made, damaged


def packs_of(at: BaseDatabaseWrapper) -> dict[str, str]:
    """Digests of the packs applied, by code and version."""
    with at.cursor() as cursor:
        cursor.execute("SELECT code, version, digest FROM campaigns_campaign ORDER BY applied_at")
        return {f"{code} {version}": digest for code, version, digest in cursor.fetchall()}


def head_of(at: BaseDatabaseWrapper) -> str:
    """The digest of the last seal; '' for a trail without any."""
    with at.cursor() as cursor:
        cursor.execute("SELECT digest FROM audit_auditseal ORDER BY last_id DESC LIMIT 1")
        found = cursor.fetchone()
    return str(found[0]) if found else ""
