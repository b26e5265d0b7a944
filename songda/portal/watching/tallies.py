"""Tallies of requests 计数, shared by the web processes of one machine through files under the home.

Each process adds in a file of its own, mapped into memory: an addition is a store, and nothing is lost with a process that is
killed. Whoever is asked for the metrics adds up the files of all. A process that starts takes over the files of processes of its
machine that have ended, so their number stays small and a sum never falls.
"""

from __future__ import annotations

import json
import mmap
import os
import socket
from collections import Counter
from pathlib import Path
from threading import Lock
from typing import Final

Key = tuple[str, ...]
SLOTS: Final = 32_768  # figures a process keeps; further ones are not counted
WIDTH: Final = 8


class Tally:
    """The figures of one process: names in a text file in order of first use, values beside it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.lock = Lock()
        self.slots: dict[Key, int] = {}
        stem = folder / f"{socket.gethostname()}-{os.getpid()}"
        with stem.with_suffix(".values").open("w+b") as file:
            os.posix_fallocate(file.fileno(), 0, SLOTS * WIDTH)  # a full disk says so here; later it would kill the process
            self.values = memoryview(mmap.mmap(file.fileno(), SLOTS * WIDTH)).cast("d")
        self.names = stem.with_suffix(".names").open("w", encoding="utf8")
        for ended in ended_in(folder):
            self.take_over(ended)

    def add(self, key: Key, amount: float = 1.0) -> None:
        """Add to a figure."""
        with self.lock:
            slot = self.slots.get(key)
            if slot is None:
                if len(self.slots) == SLOTS:
                    return
                slot = self.slots[key] = len(self.slots)
                self.names.write(json.dumps(key) + "\n")
                self.names.flush()
            self.values[slot] += amount

    def take_over(self, names: Path) -> None:
        """Count on from where a process ended. The renaming decides between two that want to."""
        taken = names.with_suffix(f".{os.getpid()}")
        try:
            names.rename(taken)
        except FileNotFoundError:
            return
        for key, amount in read(taken, names.with_suffix(".values")).items():
            self.add(key, amount)
        taken.unlink()
        names.with_suffix(".values").unlink(missing_ok=True)


def ended_in(folder: Path) -> list[Path]:
    """The files of this machine's processes that are no more."""
    host = f"{socket.gethostname()}-"
    ours = [(path, path.stem.removeprefix(host)) for path in folder.glob("*.names") if path.stem.startswith(host)]
    return [path for path, pid in ours if pid.isdecimal() and not is_running(int(pid))]


def is_running(pid: int) -> bool:
    """Whether a process of this number is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def read(names: Path, values: Path) -> dict[Key, float]:
    """The figures of one process. A name half written by a process that died is left out."""
    figures = memoryview(values.read_bytes()).cast("d")
    lines = names.read_text(encoding="utf8").split("\n")[:-1]
    return {tuple(json.loads(line)): figures[slot] for slot, line in enumerate(lines)}


def total(folder: Path) -> Counter[Key]:
    """The figures of all processes together."""
    found: Counter[Key] = Counter()
    for names in sorted(folder.glob("*.names")):
        try:
            found.update(read(names, names.with_suffix(".values")))
        except FileNotFoundError:
            continue  # taken over by a process that starts just now
    return found
