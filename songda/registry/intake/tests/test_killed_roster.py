"""A process killed while it writes a roster leaves nothing behind: a real process, a real SQLite file, a real SIGKILL."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import pytest

from songda.registry.intake.tests.rosters import row, workbook

pytestmark = pytest.mark.process

PREPARE = """
import django; django.setup()
from django.core.management import call_command
from songda.registry.facts.tests.cast import catalogue
from songda.registry.subjects.tests.cast import place
call_command("migrate", verbosity=0); catalogue(); place()
"""
TAKE = (
    "from songda.portal.cli.main import main; main(['import', 'roster', {path!r}, '--area', 'gaoxin', '--as-of', '2020-03-01'])"
)


def test_a_killed_import_leaves_nothing_half_written(tmp_path):
    environment = {**os.environ, "SONGDA_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True)
    path = workbook(tmp_path / "a.xlsx", [row(n) for n in range(1, 2001)])
    command = [sys.executable, "-c", TAKE.format(path=str(path))]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as child:
        for line in child.stderr:
            if "写入事实".encode() in line.replace(b"\r", b"\n"):
                break
        child.kill()
    assert child.returncode == -9
    base = sqlite3.connect(tmp_path / "songda.sqlite3")
    counts = [base.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("subjects_subject", "facts_fact")]
    assert counts == [0, 0]
    assert base.execute("SELECT state FROM intake_intake").fetchall() == [("checked",)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert base.execute("SELECT count(*) FROM subjects_subject").fetchone()[0] == 2000
    assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
