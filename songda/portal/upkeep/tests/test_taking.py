"""A backup is whole or not there; it holds one moment; it tells what it leaves out."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from songda.kernel.audit.actions import record
from songda.kernel.audit.models import AuditEntry
from songda.kernel.audit.queries import verify
from songda.kernel.errors import Unavailable
from songda.ledger.evidence.models import StoredFile
from songda.ledger.evidence.queries import store
from songda.portal.upkeep import home, taking
from songda.portal.upkeep.archive import Reader, Writer
from songda.portal.upkeep.taking import take_backup
from songda.portal.upkeep.tests.installations import NOW, quiet
from songda.registry.actors import system
from songda.registry.organisations.models import Organisation
from songda.registry.people.tests.cast import firm
from songda.registry.subjects.models import Subject


def saved(**more: object) -> Reader:
    return Reader(Path(take_backup(None, **{"with_secret": False, "now": NOW, "progress": quiet, **more}).file))


def test_it_says_what_it_holds(installed: Path) -> None:
    held = saved().manifest
    counts = {table.name: table.rows for table in held.tables}
    assert counts["subjects_subject"] == 1
    assert (held.vendor, held.packs) == ("sqlite", {"sample 1": "d" * 64})
    assert AuditEntry.objects.filter(action="backup.take").count() == 1
    assert not {"search_index", "django_session", "people_opensession"} & set(counts)
    assert (home.last_backup() or {})["head"] == held.audit_head


def test_the_key_is_told_only_when_asked_for(installed: Path) -> None:
    (installed / "secret_key").write_text("sample-key")
    (installed / "channels.json").write_text('{"channels": {"sms": {"signing": "sample"}}}')
    assert dict(saved().secrets()) == {}
    assert set(dict(saved(with_secret=True).secrets())) == {"secret_key", "channels.json"}
    assert Path(json.loads((installed / home.LAST).read_text())["file"]).stat().st_mode & 0o077 == 0


def test_writers_go_on_and_the_moment_stays(installed_anywhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A firm entered while the tables are being read waits for nobody, and is not in the backup."""
    written = []
    read = taking.tables.lines_of

    def late(model: type, at: object):
        if model._meta.db_table == "subjects_subject":
            with transaction.atomic():
                written.append(firm("示例同时", Organisation.objects.get(), "D0009"))
        return read(model, at)

    monkeypatch.setattr(taking.tables, "lines_of", late)
    held = {table.name: table.rows for table in saved().manifest.tables}
    assert (held["subjects_subject"], Subject.objects.count()) == (1, 2)


def full(*_given: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["table", "file", "close"])
def test_a_full_disk_leaves_nothing_behind(installed: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    monkeypatch.setattr(Writer, step, full)
    with pytest.raises(Unavailable, match="写不下") as refused:
        saved()
    assert "未留下残缺的文件" in refused.value.advice
    assert list(home.backups().iterdir()) == []
    assert home.last_backup() is None


def test_a_database_that_goes_away_leaves_nothing_behind(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_given: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(taking.tables, "entry_of", gone)
    with pytest.raises(OperationalError):
        saved()
    assert list(home.backups().iterdir()) == []


def test_a_damaged_file_is_named(installed: Path) -> None:
    place = store().place(StoredFile.objects.get().digest)
    place.chmod(0o640)
    place.write_bytes(b"something else")
    told = take_backup(None, with_secret=False, now=NOW, progress=quiet)
    assert told.damaged == (place.relative_to(home.files_root()).as_posix(),)


def test_a_folder_is_a_place_too(installed: Path) -> None:
    assert Path(take_backup(installed, with_secret=False, now=NOW, progress=quiet).file).parent == installed


def test_arrivals_are_not_kept_files(installed: Path) -> None:
    (home.files_root() / "incoming" / "half").write_bytes(b"half")
    assert all("incoming" not in path for path in home.kept_files())


def test_tables_are_lines_that_others_can_read(installed: Path) -> None:
    archive = saved()
    assert archive.zip.testzip() is None
    assert isinstance(archive.zip, zipfile.ZipFile)
    text = archive.zip.read("tables/subjects_subject.tsv").decode()
    assert text.count("\n") == 1
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as plain:
        assert text.split("\t")[0] == str(plain.execute("SELECT id FROM subjects_subject").fetchone()[0])


def test_a_database_that_cannot_grow_loses_nothing_and_takes_up_again(installed: Path) -> None:
    """SQLite's own “disk is full”: the step under way is undone as a whole, later ones go on when there is room."""

    def limit(pages: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {pages}")

    before = AuditEntry.objects.count()
    limit(1)  # no page more than there are
    with pytest.raises(OperationalError, match="full"), transaction.atomic():
        for number in range(2000):
            record("sample.write", AuditEntry(), by=system(), now=NOW, after={"n": number, "text": "x" * 500})
    assert AuditEntry.objects.count() == before
    limit(1 << 30)
    with transaction.atomic():
        record("sample.write", AuditEntry(), by=system(), now=NOW)
    assert verify().holds
