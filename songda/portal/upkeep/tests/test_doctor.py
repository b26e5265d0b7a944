"""Each look says what is wrong when it is wrong, with advice; and only then."""

from __future__ import annotations

import datetime as dt
import json
from collections import namedtuple
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import OperationalError, connection, transaction
from django_tasks_db.models import DBTaskResult

from songda.kernel.audit.actions import record
from songda.kernel.audit.models import AuditEntry, AuditSeal
from songda.ledger.evidence.models import StoredFile
from songda.ledger.evidence.queries import store
from songda.portal.upkeep import commands, home
from songda.portal.upkeep.doctor import database, disk, records, work
from songda.portal.upkeep.doctor.examining import examine
from songda.portal.upkeep.doctor.findings import Finding, Level, exit_code
from songda.portal.upkeep.taking import take_backup
from songda.portal.upkeep.tests.installations import NOW, quiet
from songda.registry.actors import system
from songda.registry.calendars.models import SpecialDay
from songda.registry.calendars.tests.years import enter_year
from tests.controls.opened import triggers_off

Usage = namedtuple("Usage", "total used free")


def level(finding: Finding) -> str:
    assert (finding.level is Level.OK) == (finding.advice == "")
    return finding.level.value


def test_a_whole_installation_has_no_fault(installed: Path) -> None:
    (installed / "secret_key").touch(0o600)
    for year in (2020, 2021):
        enter_year(year)
    found, reachable = examine(now=NOW, every_file=True)
    assert {one.name: one.sentence for one in found if one.level is Level.FAULT} == {}
    assert exit_code(found, reachable=reachable) == 0
    assert len(found) == 17


def test_a_database_that_does_not_answer_is_four(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "get_database_version", gone)
    done = CliRunner().invoke(commands.doctor, ["--json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["state"]) == (4, "fault")
    assert any("connection refused" in one["sentence"] for one in told["findings"])


def test_a_key_that_others_may_read_is_a_fault(installed: Path) -> None:
    key = installed / "secret_key"
    key.write_text("sample")
    key.chmod(0o644)
    assert level(disk.secret()) == "fault"
    key.chmod(0o600)
    assert level(disk.secret()) == "ok"


@pytest.mark.parametrize(("free", "said"), [(1 << 20, "fault"), (disk.LEAST + 1, "warning"), (1 << 50, "ok")])
def test_room_on_the_disk(installed: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str) -> None:
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _path: Usage(free, 0, free))
    assert level(disk.room()) == said


def test_a_lost_file_is_a_fault(installed: Path) -> None:
    place = store().place(StoredFile.objects.get().digest)
    assert level(disk.files(every=False)) == "ok"
    place.unlink()
    assert level(disk.files(every=False)) == "fault"
    StoredFile.objects.update(damaged=True)
    assert level(disk.files(every=False)) == "warning"


def test_a_clock_that_jumped_back_is_a_fault(installed: Path) -> None:
    assert level(records.moments(NOW)) == "ok"
    back = records.moments(NOW - dt.timedelta(hours=3))
    assert (level(back), "180 分钟" in back.sentence) == ("fault", True)


def test_a_changed_trail_is_a_fault_and_so_is_a_cut_off_one(installed: Path) -> None:
    assert level(records.trail()) == "ok"
    with transaction.atomic():
        record("backup.take", AuditSeal(), by=system(), now=NOW)
    take_backup(None, with_secret=False, now=NOW, progress=quiet)
    with triggers_off(), connection.cursor() as cursor:
        last = AuditSeal.objects.order_by("-last_id").first()
        cursor.execute("DELETE FROM audit_auditseal WHERE id = %s", [last.pk])
        assert "链头" in records.trail().sentence
        entry = AuditEntry.objects.order_by("id").first()
        cursor.execute("UPDATE audit_auditentry SET name = 'x' WHERE id = %s", [entry.pk])
    assert level(records.trail()) == "fault"


def test_the_last_backup_and_its_age(installed: Path) -> None:
    assert level(disk.last_backup(NOW)) == "warning"
    told = take_backup(None, with_secret=False, now=NOW, progress=quiet)
    assert level(disk.last_backup(NOW)) == "ok"
    assert level(disk.last_backup(NOW + dt.timedelta(days=3))) == "warning"
    Path(told.file).unlink()
    assert "不在原处" in disk.last_backup(NOW).sentence
    assert home.last_backup() is not None


def test_a_queue_without_a_worker(installed: Path) -> None:
    assert level(work.workers(NOW)) == "warning"
    row = DBTaskResult(
        args_kwargs={}, task_path="x", backend_name="default", run_after=NOW, exception_class_path="", traceback=""
    )
    row.save()
    late = row.enqueued_at + dt.timedelta(hours=1)
    assert level(work.workers(late)) == "fault"


def test_the_calendar_of_next_year(installed: Path) -> None:
    assert level(records.calendar(NOW)) == "fault"
    enter_year(2020)
    assert level(records.calendar(NOW)) == "ok"  # nobody announces in spring
    assert level(records.calendar(NOW.replace(month=11))) == "warning"
    assert level(records.calendar(NOW.replace(month=12))) == "fault"
    enter_year(2021)
    assert level(records.calendar(NOW.replace(month=12))) == "ok"


def test_half_a_year_of_the_calendar_is_no_year(installed: Path) -> None:
    enter_year(2020)
    SpecialDay.objects.filter(working=True).delete()
    assert level(records.calendar(NOW)) == "fault"
    assert "2020 年的节假日还缺调休上班日" in records.calendar(NOW).sentence


def test_a_database_of_another_shape(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database.schema, "pending", lambda: [("sample", "0002")])
    assert "songda upgrade" in database.migrations().advice
    monkeypatch.setattr(database.schema, "pending", list)
    monkeypatch.setattr(database.schema, "known", lambda: frozenset({("sample", "0001")}))
    assert level(database.migrations()) == "fault"
    assert level(database.safe_writing()) == "ok"
