"""Twenty-five kills while stepping cases, on both databases: case, steps, clocks and log agree afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests import postgres

pytestmark = pytest.mark.process

ROOT = Path(__file__).resolve().parents[2]
KILLS = 25


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_killed_processes_leave_nothing_half_done(database: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.stepping", "--home", str(tmp_path), "--kills", str(KILLS), "--seed", "7"]
    with postgres.server() if database == "postgresql" else nullcontext(f"sqlite:///{tmp_path}/stepping.sqlite3") as address:
        environment = {**os.environ, "DATABASE_URL": address}
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["killed_at_work"] == KILLS, done.stderr
    assert found["killed_in_a_step"] >= KILLS // 2, "the kills came at moments that prove nothing"
    assert found["steps"] >= KILLS, "the processes were killed before they did anything"
