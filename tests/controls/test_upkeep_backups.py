"""Controls of backup and restore: one moment, no overwriting, rows and trail proved. Each shown with it and without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection, connections, transaction

from songda.kernel.errors import Conflict, Invalid
from songda.portal.upkeep import home, manifest, places, restoring, taking
from songda.portal.upkeep.archive import Reader
from songda.portal.upkeep.restoring import restore_backup
from songda.portal.upkeep.taking import take_backup
from songda.portal.upkeep.tests.conftest import elsewhere, ground, installed, installed_anywhere, laid, sqlite_only
from songda.portal.upkeep.tests.installations import NOW, quiet
from songda.portal.upkeep.tests.test_restoring import changed
from songda.registry.organisations.models import Organisation
from songda.registry.people.tests.cast import firm
from songda.registry.subjects.models import Subject

__all__ = ["elsewhere", "ground", "installed", "installed_anywhere", "laid", "sqlite_only"]


def saved() -> Path:
    return Path(take_backup(None, with_secret=False, now=NOW, progress=quiet).file)


def holds(*_given: object) -> SimpleNamespace:
    return SimpleNamespace(holds=True, entries=0)


def nothing(*_given: object) -> list[str]:
    return []


@contextmanager
def no_moment() -> Iterator[object]:
    yield connection


def test_a_backup_is_one_moment_and_would_not_be_without_its_snapshot(installed, monkeypatch):
    read, written = taking.tables.lines_of, []

    def meanwhile(model, at):
        if model._meta.db_table == "audit_auditentry":  # the first tables are read; the subjects are still to come
            with transaction.atomic():
                written.append(firm("示例同时", Organisation.objects.get(), f"D{len(written)}"))
        return read(model, at)

    def firms() -> tuple[int, int]:
        before = Subject.objects.count()
        return before, next(one.rows for one in Reader(saved()).manifest.tables if one.name == "subjects_subject")

    monkeypatch.setattr(taking.tables, "lines_of", meanwhile)
    before, held = firms()
    assert held == before
    monkeypatch.setattr(taking, "snapshot", no_moment)
    before, held = firms()
    assert held == before + 1


def test_a_filled_installation_is_refused_and_would_be_overwritten(installed, monkeypatch):
    place = saved()
    firm("示例后来", Organisation.objects.get(), "D0009")
    with pytest.raises(Conflict):
        restore_backup(place, now=NOW, progress=quiet)
    assert Subject.objects.filter(local_number="D0009").exists()
    monkeypatch.setattr(places, "refuse_filled", nothing)
    monkeypatch.setattr(home, "refuse_filled", nothing)
    restore_backup(place, now=NOW, progress=quiet)
    assert not Subject.objects.filter(local_number="D0009").exists()


FORGED = [
    ("tables/subjects_subject.tsv", "示例精密", "示例粗糙", [(manifest, "differing", nothing)]),
    (
        "tables/audit_auditentry.tsv",
        "subject.rename",
        "subject.remove",
        [(manifest, "differing", nothing), (restoring, "verify", holds)],
    ),
]


@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("forgery", FORGED, ids=["a row", "the trail"])
def test_forged_rows_are_refused_and_would_be_taken_in(installed, elsewhere, monkeypatch, forgery):
    """Each control is taken away one after another: only when the last is gone does the forgery get in."""
    member, old, new, controls = forgery
    forged = changed(saved(), member, old.encode(), new.encode())
    with elsewhere():
        for room, name, without in controls:
            with pytest.raises(Invalid):
                restore_backup(forged, now=NOW, progress=quiet)
            monkeypatch.setattr(room, name, without)
        restore_backup(forged, now=NOW, progress=quiet)
        assert Subject.objects.count() == 1


def test_a_row_that_points_nowhere_is_refused_and_would_be_taken_in(installed, elsewhere, monkeypatch):
    place = saved()
    with Reader(place).table("organisations_move") as stream:
        line = stream.read()
    forged = changed(place, "tables/organisations_move.tsv", line, line.replace(b"\t1\n", b"\t99\n").replace(b"\t1\t", b"\t99\t"))
    monkeypatch.setattr(manifest, "differing", nothing)
    with elsewhere():
        with pytest.raises(Invalid, match="装不进"):
            restore_backup(forged, now=NOW, progress=quiet)
        monkeypatch.setattr(connections["default"], "check_constraints", nothing)
        restore_backup(forged, now=NOW, progress=quiet)
