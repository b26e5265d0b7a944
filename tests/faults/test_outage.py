"""The database goes and comes back under a running house: pages say so, nothing is half done, nobody restarts anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

ROOT = Path(__file__).resolve().parents[2]


def test_a_database_that_goes_and_comes_back_costs_no_restart(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.outage", "--home", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False, env=dict(os.environ))
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == []
    assert found["while_away"] == [503, 503, 503]
    assert set(found["after"]) == {200}
