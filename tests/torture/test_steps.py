"""Five hundred steps by four processes on the same cases, on both databases: none lost, none doubled."""

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


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_processes_that_step_the_same_cases_lose_and_double_nothing(database: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.torture.steps", "--home", str(tmp_path), "--steps", "500", "--workers", "4"]
    with postgres.server() if database == "postgresql" else nullcontext(f"sqlite:///{tmp_path}/torture.sqlite3") as address:
        environment = {**os.environ, "DATABASE_URL": address}
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["taken"] == 500
    assert found["refused"] > 10, "the processes hardly met: this proves nothing"
    assert found["repeated"] > 5
    assert found["alerts"] > 0
