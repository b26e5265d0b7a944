"""Kill processes that step cases, again and again at a random moment, and see whether ledger, log and clocks still agree.

    python -m tests.faults.stepping --home DIR --kills 1000 --seed 7

Real processes, SIGKILL, a real database: DATABASE_URL (an empty one), else SQLite in the home. Prints one JSON object; exit code 1
where anything disagrees. Not a test itself: `test_stepping` runs it short, `make torture` long.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

CASES = 12
WINDOW = 0.12  # seconds within which the kill falls, after the process has taken its first step
ENDLESS = 1_000_000


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    given.home.mkdir(parents=True, exist_ok=True)
    os.environ.update(SONGDA_HOME=str(given.home), DJANGO_SETTINGS_MODULE="tests.settings")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{given.home / 'stepping.sqlite3'}")
    import django

    django.setup()
    from tests.torture.ledger import audit, broken, part, prepare

    prepare(CASES)
    chance = random.Random(given.seed)
    killed = 0
    for number in range(given.kills):
        part()
        killed += kill_one(number, given.seed, chance.uniform(0, WINDOW))
    found = audit()
    wrong = broken(found)
    sys.stdout.write(json.dumps({"kills": given.kills, "killed_at_work": killed, **found, "broken": wrong}) + "\n")
    return 1 if wrong else 0


def kill_one(number: int, seed: int, moment: float) -> bool:
    """One process at work, killed; whether it died at work."""
    begun, begins = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            step_on(number, seed, begins)
        finally:
            os._exit(0)  # never back into the parent's work
    os.read(begun, 1)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    os.close(begun)
    os.close(begins)
    return os.WIFSIGNALED(status)


def step_on(number: int, seed: int, begins: int) -> None:
    """Step until killed; tells when the first step is taken."""
    from tests.torture.ledger import Walker

    walker = Walker(number, seed)
    walker.walk(1)
    os.write(begins, b".")
    walker.walk(ENDLESS)


if __name__ == "__main__":
    raise SystemExit(main())
