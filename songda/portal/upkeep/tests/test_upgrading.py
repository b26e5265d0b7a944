"""An upgrade that fails leaves the old state; one that succeeds says what it did."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Unavailable
from songda.portal.upkeep import home, schema, upgrading
from songda.portal.upkeep.archive import Reader
from songda.portal.upkeep.doctor.findings import fault
from songda.portal.upkeep.tests.installations import NOW, quiet
from songda.registry.subjects.models import Subject


@pytest.fixture
def behind(installed_anywhere: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """One migration is missing; what it does is left to the test."""
    missing = [("sample", "0002_more")]
    monkeypatch.setattr(schema, "pending", lambda: list(missing))

    def carry(steps: str):
        def forward() -> list[tuple[str, str]]:
            with connection.cursor() as cursor:
                for step in steps.split(";"):
                    cursor.execute(step)
            return [missing.pop()]

        monkeypatch.setattr(schema, "migrate_forward", forward)

    return SimpleNamespace(carry=carry, setattr=monkeypatch.setattr)


def columns() -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, "subjects_subject")}


def test_nothing_to_do_is_done_at_once(installed: Path) -> None:
    assert upgrading.upgrade(now=NOW, progress=quiet).migrated == ()
    assert not home.backups().exists()


def test_it_backs_up_migrates_and_says_so(behind) -> None:
    behind.carry("ALTER TABLE subjects_subject ADD COLUMN more integer")
    told = upgrading.upgrade(now=NOW, progress=quiet)
    assert (told.migrated, "more" in columns()) == (("sample 0002_more",), True)
    assert "subjects_subject" in {table.name for table in Reader(Path(told.backup)).manifest.tables}
    assert AuditEntry.objects.filter(action="system.upgrade").exists()
    assert [path.suffix for path in home.backups().iterdir()] == [".zip"]


@pytest.mark.parametrize(
    "steps",
    [
        "ALTER TABLE subjects_subject ADD COLUMN more integer;DELETE FROM subjects_subject;ALTER TABLE no_such ADD COLUMN x integer",
        "{off};ALTER TABLE subjects_subject ADD COLUMN more integer;DELETE FROM audit_auditentry",
    ],
    ids=["the migration fails", "the trail does not hold afterwards"],
)
def test_a_failed_upgrade_leaves_the_old_state(behind, steps: str) -> None:
    on = " ON audit_auditentry" if connection.vendor == "postgresql" else ""
    behind.carry(steps.format(off=f"DROP TRIGGER audit_auditentry_no_delete{on}"))
    with pytest.raises(Unavailable, match="已回到升级前的状态") as refused:
        upgrading.upgrade(now=NOW, progress=quiet)
    assert "before-" in refused.value.advice
    assert (Subject.objects.count(), "more" in columns()) == (1, False)
    assert AuditEntry.objects.filter(action="subject.rename").exists()


def test_it_is_refused_while_workers_run(behind) -> None:
    behind.setattr(upgrading, "workers_alive", lambda: 1)
    with pytest.raises(Conflict, match="后台进程"):
        upgrading.upgrade(now=NOW, progress=quiet)


def test_a_new_fault_after_migrating_is_a_failure(behind) -> None:
    behind.carry("SELECT 1")
    looks = upgrading.examine

    def worse(**given):
        found, answers = looks(**given)
        return [*found, fault("写入", "坏了。", "")], answers

    behind.setattr(upgrading, "examine", worse)
    with pytest.raises(Unavailable, match="体检不通过"):
        upgrading.upgrade(now=NOW, progress=quiet)
