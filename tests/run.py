"""`make test`: everything on SQLite, everything on PostgreSQL, what starts processes, then the journeys in a browser.

Stops at the first part that fails, with its code.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import nullcontext

from tests import browser, postgres, tables

PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
UNIT = [*PYTEST, "-n", "2", "-m", "not journey and not process"]
# The same on every database: what asks none, pages (their queries are tested below them), the rounds of every role through every page
# and of hostile files and invented calls through every door.
SAME = (
    "--tables-only", "--ignore=songda/engines", "--ignore=tests/structure", "--ignore=tests/test_scope.py", "--ignore-glob=*/test_*pages.py",
    "--ignore=songda/portal/demo", "--ignore=tests/hostile", "--ignore=tests/fuzz",
)  # fmt: skip
PROCESSES = [*PYTEST, "-n", "2", "--dist", "loadfile", "-m", "process"]
JOURNEYS = [*PYTEST, "-n", "2", "--dist", "loadfile", "-m", "journey and not long", "tests/journeys"]


def run(title: str, command: list[str], **environment: str) -> None:
    """One part, with its title; a failure ends the run with its code."""
    sys.stdout.write(f"\n=== {title}\n")
    sys.stdout.flush()
    done = subprocess.run(command, env={**os.environ, **environment}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def main() -> None:
    """All parts in their order; arguments are handed to pytest and run on SQLite alone."""
    chromium = browser.ensure()
    given = os.environ.pop("DATABASE_URL", "")
    tables.make_file()
    run("SQLite", [*UNIT, *sys.argv[1:]])
    if sys.argv[1:]:
        return
    with nullcontext(given) if given else postgres.server() as address:
        template = "" if given else tables.make_template(address)
        run("PostgreSQL", [*UNIT, *SAME], DATABASE_URL=address, SONGDA_TABLES=template)
    run("Processes", PROCESSES)
    run("Browser", JOURNEYS, CHROMIUM=chromium, DJANGO_ALLOW_ASYNC_UNSAFE="true")


if __name__ == "__main__":
    main()
