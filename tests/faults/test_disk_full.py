"""A disk that is full and is emptied: everything that writes says so, leaves nothing half written, and goes on by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

ROOT = Path(__file__).resolve().parents[2]
OF_ITS_OWN = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]  # a mount that is gone with the process


def test_a_full_disk_is_said_and_costs_nothing(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    tried = subprocess.run(
        [*OF_ITS_OWN, "mount", "-t", "tmpfs", "tmpfs", str(small)], capture_output=True, text=True, check=False
    )
    if tried.returncode:
        pytest.skip(f"no small file system may be mounted here: {tried.stderr.strip()}")
    command = [*OF_ITS_OWN, sys.executable, "-m", "tests.faults.disk_full", "--home", str(small)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False, env=dict(os.environ))
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == []
    assert set(found["full"].values()) <= {"507", "Unavailable", "full"}
    assert set(found["with_room"].values()) == {"done"}
    assert found["readyz"][0] == 503
