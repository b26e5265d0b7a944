"""Backup, restore and upgrade killed at any moment: the old state is whole, and a second run succeeds."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from songda.kernel.audit.queries import verify
from songda.portal.upkeep import home, schema
from songda.portal.upkeep.archive import Reader
from songda.portal.upkeep.taking import take_backup
from songda.portal.upkeep.tests.installations import NOW, quiet
from songda.registry.subjects.models import Subject

pytestmark = pytest.mark.process

KILLS = int(os.environ.get("KILLS", "1"))  # of each; `make torture` asks for more
WINDOW = float(os.environ.get("WINDOW", "1.5"))  # seconds within which the kill falls, after the work began
ROOT = Path(__file__).resolve().parents[4]


def child(act: str, ground: Path, laid: Path, *given: str, database: str = "first", house: str = "home") -> subprocess.Popen[str]:
    """The process, at its work."""
    environment = {
        **os.environ, "SONGDA_HOME": str(ground / house), "DATABASE_URL": f"sqlite:///{ground}/{database}.sqlite3", "LAID": str(laid),
    }  # fmt: skip
    command = [sys.executable, "-m", "songda.portal.upkeep.tests.killing_upkeep", act, *given]
    one = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert one.stdout is not None
    assert one.stdout.readline() == "begun\n", one.communicate()
    return one


def killed(one: subprocess.Popen[str], after: float) -> bool:
    """Kill it after a while; whether it was still at work."""
    time.sleep(after)
    one.send_signal(signal.SIGKILL)
    out, _error = one.communicate()
    return "done" not in out


def killed_at_work(number: int, after: float, begin: Callable[[dict[str, str]], subprocess.Popen[str]]) -> str:
    """Kill one that is still at work, sooner and sooner where it was done already; the name of its place."""
    for again in range(8):
        name = f"new{number}-{again}"
        if killed(begin({"database": name, "house": name}), after / 2**again):
            return name
    raise AssertionError("the kills came when all was done: this proves nothing")


def finished(one: subprocess.Popen[str]) -> None:
    """Let it end, well."""
    out, error = one.communicate(timeout=300)
    assert "done" in out, error


def moments(seed: str) -> list[float]:
    """When to kill."""
    chance = random.Random(seed)
    return [chance.uniform(0, WINDOW) for _ in range(KILLS)]


def test_a_killed_backup_leaves_the_former_one(installed: Path, laid: Path, tmp_path: Path) -> None:
    target = tmp_path / "one.zip"
    take_backup(target, with_secret=False, now=NOW, progress=quiet)
    connection.close()
    for after in moments("backup"):
        killed(child("backup", tmp_path, laid, str(target)), after)
        assert Reader(target).manifest.rows > 0, "the former or the new one, whole"
    finished(child("backup", tmp_path, laid, str(target)))
    assert Subject.objects.count() == 1
    assert verify(Reader(target).manifest.audit_head).holds


def test_after_a_killed_restore_a_second_one_succeeds(installed: Path, laid: Path, tmp_path: Path) -> None:
    saved = take_backup(None, with_secret=False, now=NOW, progress=quiet).file
    for number, after in enumerate(moments("restore")):
        name = killed_at_work(number, after, lambda place: child("restore", tmp_path, laid, saved, **place))
        if (tmp_path / f"{name}.sqlite3").exists():
            continue  # the tables stood already
        finished(child("restore", tmp_path, laid, saved, database=name, house=name))
        assert not (tmp_path / name / home.UNDER_WAY).exists()
        assert list(tmp_path.glob(f"{name}*restoring*")) == []


def test_files_put_in_place_by_a_killed_restore_do_not_stand_in_the_way(installed: Path, laid: Path, tmp_path: Path) -> None:
    """The one moment that a kill by chance hardly meets: files in their place, the database not yet."""
    saved = take_backup(None, with_secret=False, now=NOW, progress=quiet).file
    left = tmp_path / "late" / "files" / "aa" / "bb" / "left"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"x")
    mark = tmp_path / "late" / home.UNDER_WAY
    refused = child("restore", tmp_path, laid, saved, database="late", house="late")
    assert "Conflict" in refused.communicate(timeout=300)[1], "without the mark these are somebody's files"
    mark.touch()
    finished(child("restore", tmp_path, laid, saved, database="late", house="late"))
    assert not left.exists()


def test_after_a_killed_upgrade_a_second_one_succeeds(installed: Path, laid: Path, tmp_path: Path) -> None:
    for after in moments("upgrade"):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'notices' AND name = '0005_restored'")
        connection.close()
        killed(child("upgrade", tmp_path, laid), after)
        finished(child("upgrade", tmp_path, laid))
        assert schema.pending() == []
        assert Subject.objects.count() == 1
        assert verify().holds
    connection.close()
