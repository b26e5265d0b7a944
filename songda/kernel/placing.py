"""Putting a file in its place 落盘: whole or not at all, and nothing left beside it when the disk is full or the process ends."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def placed(path: Path) -> Generator[Path]:
    """A place beside `path` to write to. It takes its place, forced to the disk, when the block ends well, and is gone otherwise.

    Two processes that write the same place do not meet; the later one stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield beside
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
