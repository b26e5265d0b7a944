"""`make torture`: the long runs, seeded. Stops at the first that fails.

python -m tests.torture [steps] [kills] [sending] [serving] [calls] [conforming] [uploads] [upkeep] [journeys]     (all where none is named)
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import nullcontext

from tests import browser, postgres

SEED = ["--seed", "7"]
RUNS = {
    "steps": ["tests.torture.steps", "--steps", "10000", "--workers", "4", *SEED],
    "kills": ["tests.faults.stepping", "--kills", "1000", *SEED],
    "sending": ["tests.faults.killing", "--kills", "1000", *SEED],
    "serving": ["tests.faults.serving", "--kills", "50", *SEED],
    "calls": ["tests.fuzz.calling", "--calls", os.environ.get("SONGDA_FUZZ", "100000"), *SEED],
    "conforming": ["tests.fuzz.conforming", "--examples", "100", *SEED],
}
TESTS = {
    "uploads": (["tests/hostile"], {"HOSTILE": "10000", "SEED": "7"}),
    "upkeep": (["songda/portal/upkeep/tests/test_killed.py"], {"KILLS": "25"}),
    "journeys": (["-m", "journey", "tests/journeys"], {}),
}
BOTH = ("SQLite", "PostgreSQL")
DATABASES = {"steps": BOTH, "kills": BOTH, "sending": BOTH[:1], "serving": BOTH[1:], "calls": BOTH, "conforming": BOTH[:1]}


def main() -> None:
    """Each run on each database it is for, in an empty home."""
    for name in sys.argv[1:] or [*RUNS, *TESTS]:
        if name in TESTS:
            test(name)
            continue
        for database in DATABASES[name]:
            run(name, database)


def test(name: str) -> None:
    """Tests that go on for as long as they are asked to: every role's journey, hostile uploads, kills of backup, restore and upgrade."""
    sys.stdout.write(f"\n=== {name}\n")
    sys.stdout.flush()
    paths, asked = TESTS[name]
    environment = {**os.environ, **asked}
    if name == "journeys":
        environment |= {"CHROMIUM": browser.ensure(), "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", *paths], env=environment, check=False
    )
    if done.returncode:
        sys.exit(done.returncode)


def run(name: str, database: str) -> None:
    """One run; a failure ends everything with its code."""
    sys.stdout.write(f"\n=== {name}, {database}\n")
    sys.stdout.flush()
    with (
        tempfile.TemporaryDirectory(prefix="songda-torture-") as home,
        postgres.server() if database == "PostgreSQL" else nullcontext(f"sqlite:///{home}/torture.sqlite3") as address,
    ):
        command = [sys.executable, "-m", *RUNS[name], "--home", home]
        done = subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": address})
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
