"""Several processes on PostgreSQL, one of each killed under load: no answer wrong, nothing lost or doubled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres

pytestmark = pytest.mark.process

ROOT = Path(__file__).resolve().parents[2]


def test_a_killed_process_costs_nobody_an_answer(tmp_path: Path) -> None:
    with postgres.server() as address:
        command = [sys.executable, "-m", "tests.faults.serving", "--home", str(tmp_path), "--kills", "1", "--seed", "7"]
        environment = {**os.environ, "DATABASE_URL": address}
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert (found["wrong"], found["broken"]) == ([], {})
    assert found["requests"] > 20
    assert found["asked_again"] > 0, "the kill cost nobody an answer: it proves nothing"
    assert found["jobs"] > 20
    assert found["filed"] > 0
