"""Figures of several processes: added up, kept when one is killed, taken over by the next."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from songda.portal.watching import tallies
from songda.portal.watching.tallies import Tally, total

KEY = ("bucket", "/a/", "200", "0.1")


def counted(folder: Path, times: int) -> int:
    """A process of its own that counts and is killed; its number."""
    child = os.fork()
    if child == 0:
        one = Tally(folder)
        for _ in range(times):
            one.add(KEY)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    return child


def test_a_killed_process_loses_nothing_and_the_next_takes_over(tmp_path: Path) -> None:
    counted(tmp_path, 3)
    counted(tmp_path, 4)
    assert total(tmp_path)[KEY] == 7
    own = Tally(tmp_path)
    own.add(KEY)
    own.add(("seconds", "/a/", "200"), 0.25)
    assert total(tmp_path) == {KEY: 8.0, ("seconds", "/a/", "200"): 0.25}
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".names", ".values"], "files of ended processes stayed"


def test_living_processes_and_other_machines_are_left_alone(tmp_path: Path) -> None:
    Tally(tmp_path).add(KEY)
    for name in ("othermachine-1", f"{tallies.socket.gethostname()}-{os.getppid()}"):
        (tmp_path / f"{name}.names").write_text('["x"]\n["half')
        (tmp_path / f"{name}.values").write_bytes(bytes(16))
    assert tallies.ended_in(tmp_path) == []
    assert total(tmp_path)[KEY] == 1


def test_a_full_board_counts_no_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "SLOTS", 2)
    own = Tally(tmp_path)
    for name in "abc":
        own.add((name,))
    assert total(tmp_path) == {("a",): 1.0, ("b",): 1.0}
