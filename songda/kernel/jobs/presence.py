"""Whether a worker is alive 在岗, asked of the operating system or the database, not of a clock.

A worker holds a lock as long as its process lives; nobody else can, and no crash can leave it held. With SQLite, which is one
machine by nature, it is a file lock under the home; with PostgreSQL, an advisory lock of a session of its own, seen from every
machine. (A connection pooler in transaction mode loses session locks: connect workers directly.)
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.db import connection

PLACE = 0x534F4E47  # the first half of the advisory lock's key: this product's workers


@contextmanager
def on_duty(worker_id: str) -> Generator[None]:
    """Be seen as alive until the end of the block or of the process."""
    with lock_in_database(worker_id) if connection.vendor == "postgresql" else lock_on_file(worker_id) as held:
        if not held:
            raise RuntimeError(f"another worker is called {worker_id}")
        yield


def is_alive(worker_id: str) -> bool:
    """Whether the worker's process is there: its lock cannot be had."""
    with lock_in_database(worker_id) if connection.vendor == "postgresql" else lock_on_file(worker_id) as free:
        return not free


def workers_alive() -> int:
    """How many workers are on duty, for the operations page."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND granted", [PLACE])
            return int(cursor.fetchone()[0])
    return sum(is_alive(path.stem) for path in folder().glob("*.lock"))


@contextmanager
def lock_in_database(worker_id: str) -> Generator[bool]:
    """Try the advisory lock in a session of our own; closing the session gives it back."""
    with closing(connection.copy()) as session:
        options = session.settings_dict["OPTIONS"]
        session.settings_dict["OPTIONS"] = {name: value for name, value in options.items() if name != "pool"}
        with session.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [PLACE, crc32(worker_id.encode()) - 2**31])
            yield bool(cursor.fetchone()[0])


@contextmanager
def lock_on_file(worker_id: str) -> Generator[bool]:
    """Try the file lock; closing the file gives it back. The file of a worker that is gone is removed by whoever asks."""
    path = folder() / f"{worker_id}.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with closing(os.fdopen(descriptor)):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            free = False
        else:
            free = True
        yield free
        if free:
            path.unlink(missing_ok=True)


def folder() -> Path:
    """Where the files are."""
    place = Path(settings.HOME) / "workers"
    place.mkdir(parents=True, exist_ok=True)
    return place
