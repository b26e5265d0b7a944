"""Control: audit rows are appended, never changed. Twice: in the model, and in the database for whoever goes round it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, models, transaction

from songda.kernel.audit.actions import record, seal
from songda.kernel.audit.models import AppendOnlyError, AppendOnlyModel, AppendOnlyRows, AuditEntry, AuditSeal
from songda.registry.actors import system
from songda.registry.people.tests.cast import NOW
from tests.controls.opened import triggers_off


@pytest.fixture
def written(cast):
    record("subject.rename", cast.firm, by=system(), now=NOW, after={"name": "新名"})
    seal(NOW)
    return AuditEntry.objects.get()


STATEMENTS = [
    "UPDATE audit_auditentry SET name = 'x'",
    "DELETE FROM audit_auditentry",
    "UPDATE audit_auditseal SET rows = 9",
    "DELETE FROM audit_auditseal",
]


@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_and_would_not_without_the_triggers(written, statement):
    def attempt() -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount

    with pytest.raises(DatabaseError, match="append-only"):
        attempt()
    rows = AuditSeal.objects if "seal" in statement else AuditEntry.objects
    there = rows.count()  # a test that committed may have left a seal behind
    with triggers_off():
        assert attempt() == there > 0
    assert (rows.count() == 0) == statement.startswith("DELETE")


def test_truncate_is_refused_too(written):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_auditentry")


@contextmanager
def model_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The model without its refusals (and the triggers with them, or the database would still refuse)."""
    with monkeypatch.context() as patch, triggers_off():
        for kind, names in ((AppendOnlyModel, ("save", "delete")), (AppendOnlyRows, ("update", "delete"))):
            parent = models.Model if kind is AppendOnlyModel else models.QuerySet
            for name in names:
                patch.setattr(kind, name, getattr(parent, name))
        yield


CHANGES = {
    "save": lambda row: row.save(),
    "delete": lambda row: row.delete(),
    "update": lambda row: AuditEntry.objects.filter(pk=row.pk).update(name="x"),
    "delete many": lambda row: AuditEntry.objects.filter(pk=row.pk).delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_model_refuses_and_would_not_without_its_methods(written, change, monkeypatch):
    with pytest.raises(AppendOnlyError):
        change(written)
    with model_open(monkeypatch):
        change(written)
