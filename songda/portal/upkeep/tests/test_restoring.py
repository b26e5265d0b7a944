"""What is saved is what is restored: rows, numbers, files, the trail; or nothing at all."""

from __future__ import annotations

import errno
import os
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from songda.kernel.audit.models import AuditEntry
from songda.kernel.audit.queries import verify
from songda.kernel.errors import Conflict, Invalid, Refused, Unavailable
from songda.ledger.evidence.models import StoredFile
from songda.ledger.evidence.queries import store
from songda.portal.upkeep import schema, tables
from songda.portal.upkeep.archive import Reader
from songda.portal.upkeep.restoring import restore_backup
from songda.portal.upkeep.taking import take_backup
from songda.portal.upkeep.tests.installations import AWKWARD, NOW, quiet
from songda.registry.organisations.models import Organisation
from songda.registry.people.tests.cast import firm
from songda.registry.subjects.models import Subject


@pytest.fixture
def saved(installed: Path) -> Path:
    return Path(take_backup(None, with_secret=False, now=NOW, progress=quiet).file)


def test_what_is_restored_is_what_was_saved(saved: Path, elsewhere) -> None:
    entries, before = AuditEntry.objects.count(), Reader(saved).manifest.tables
    with elsewhere():
        told = restore_backup(saved, now=NOW, progress=quiet)
        models = {model._meta.db_table: model for model in schema.tables_at(schema.applied())}
        after = [tables.weighed(models[one.name], connection, one) for one in before]
        assert AuditEntry.objects.count() == entries + 1  # that it was restored is in the trail
        assert Subject.objects.get(local_number="D0001").name_core == AWKWARD
        assert store().is_whole(StoredFile.objects.get().digest)
        assert verify(told.audit_head).holds
    assert {one.name for one, now in zip(before, after, strict=True) if one != now} == {"audit_auditentry"}
    assert (told.audit_head, told.audit_entries, told.files) == (Reader(saved).manifest.audit_head, entries, 1)


def test_the_number_of_a_removed_row_is_not_given_again(saved: Path, elsewhere) -> None:
    highest = max(Subject.objects.values_list("pk", flat=True))
    with elsewhere():
        restore_backup(saved, now=NOW, progress=quiet)
        new = firm("示例新户", Organisation.objects.get(code="sample-city"), "D0003")
        assert new.pk == highest + 2


def test_a_filled_installation_is_left_alone(saved: Path) -> None:
    with pytest.raises(Conflict, match="不是空的"):
        restore_backup(saved, now=NOW, progress=quiet)
    assert Subject.objects.count() == 1


def nothing_stays(home: Path) -> bool:
    """No table, no file, no folder half made."""
    left = {path.name for path in home.iterdir()}
    return connection.introspection.table_names() == [] and not left & {"files", "files.restoring", "second.sqlite3.restoring"}


def changed(saved: Path, member: str, old: bytes, new: bytes) -> Path:
    """The archive with one word of one member changed, otherwise in order."""
    other = saved.with_name("changed.zip")
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(other, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            assert info.filename != member or old in data
            target.writestr(info, data.replace(old, new) if info.filename == member else data)
    return other


def test_one_changed_word_and_nothing_stays(saved: Path, elsewhere) -> None:
    forged = changed(saved, "tables/subjects_subject.tsv", "示例精密".encode(), "示例粗糙".encode())
    with elsewhere():
        with pytest.raises(Invalid, match="subjects_subject"):
            restore_backup(forged, now=NOW, progress=quiet)
        assert nothing_stays(Path(settings.HOME))


def test_a_forged_trail_is_found_by_its_chain(saved: Path, elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the one who forged it made the manifest fit."""
    forged = changed(saved, "tables/audit_auditentry.tsv", b"subject.rename", b"subject.remove")
    monkeypatch.setattr("songda.portal.upkeep.manifest.differing", lambda *_: [])
    with elsewhere():
        with pytest.raises(Invalid, match="审计链"):
            restore_backup(forged, now=NOW, progress=quiet)
        assert nothing_stays(Path(settings.HOME))


def test_a_missing_row_that_others_point_to_is_found(saved: Path, elsewhere) -> None:
    with zipfile.ZipFile(saved) as source:
        row = source.read("tables/organisations_organisation.tsv")
    forged = changed(saved, "tables/organisations_organisation.tsv", row, b"")
    with elsewhere():
        with pytest.raises(Invalid, match="装不进"):
            restore_backup(forged, now=NOW, progress=quiet)
        assert nothing_stays(Path(settings.HOME))


def test_a_damaged_file_of_the_archive_is_found(saved: Path, elsewhere) -> None:
    (path,) = [entry.path for entry in Reader(saved).manifest.files]
    forged = changed(saved, f"files/{path}", "照片".encode(), "图片".encode())
    with elsewhere():
        with pytest.raises(Invalid, match="与清单不符"):
            restore_backup(forged, now=NOW, progress=quiet)
        assert nothing_stays(Path(settings.HOME))


def test_a_byte_turned_in_the_archive_is_found(saved: Path, elsewhere) -> None:
    """Damage inside the pressed bytes, as a bad disk does it."""
    whole, at = bytearray(saved.read_bytes()), Reader(saved).zip.getinfo("tables/organisations_move.tsv").header_offset
    for step in range(60, 90):
        whole[at + step] ^= 0xFF
    saved.write_bytes(bytes(whole))
    with elsewhere():
        with pytest.raises(Invalid, match="organisations_move"):
            restore_backup(saved, now=NOW, progress=quiet)
        assert nothing_stays(Path(settings.HOME))


@pytest.mark.parametrize("step", ["fill", "file"])
def test_a_full_disk_while_restoring_leaves_nothing(saved: Path, elsewhere, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_given: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) if step == "file" else OperationalError("database or disk is full")

    monkeypatch.setattr(*{"fill": (tables, "fill"), "file": (os, "fsync")}[step], full)
    with elsewhere():
        with pytest.raises(Unavailable, match="写不下"):
            restore_backup(saved, now=NOW, progress=quiet)
        assert nothing_stays(Path(settings.HOME))


def test_half_an_archive_is_no_archive(saved: Path) -> None:
    half = saved.with_name("half.zip")
    half.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    with pytest.raises(Invalid, match="不是完整的备份"):
        restore_backup(half, now=NOW, progress=quiet)


def test_a_backup_of_a_later_program_is_refused(saved: Path, elsewhere) -> None:
    later = changed(saved, "manifest.json", b'"0002_append_only"', b'"0002_append_only", "9999_of_tomorrow"')
    with elsewhere(), pytest.raises(Refused, match="9999_of_tomorrow"):
        restore_backup(later, now=NOW, progress=quiet)


def test_demonstration_and_real_data_do_not_meet(saved: Path, elsewhere, settings) -> None:
    settings.DEMONSTRATION = not settings.DEMONSTRATION
    with elsewhere(), pytest.raises(Conflict, match="演示"):
        restore_backup(saved, now=NOW, progress=quiet)
