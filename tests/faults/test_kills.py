"""Twenty-five kills while sending: none lost, none doubled, what is unknown is listed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

ROOT = Path(__file__).resolve().parents[2]
KILLS = 25


@pytest.mark.row("SUP-04")
def test_killed_senders_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.killing", "--home", str(tmp_path), "--kills", str(KILLS), "--seed", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert (found["killed_at_work"], found["lost"], found["doubled"], found["unaccounted"]) == (KILLS, 0, 0, 0)
    assert found["killed_in_a_call"] >= KILLS // 3, "the kills came at moments that prove nothing"
