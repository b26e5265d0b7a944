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
import traceback
from pathlib import Path

CASES = 12
WINDOW = 0.12  # seconds within which the kill falls, after the process has begun its second step


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
    killed = amid = 0
    for number in range(given.kills):
        part()
        at_work, in_a_step = kill_one(number, given.seed, chance.uniform(0, WINDOW))
        killed, amid = killed + at_work, amid + in_a_step
    found = audit()
    wrong = broken(found)
    sys.stdout.write(
        json.dumps({"kills": given.kills, "killed_at_work": killed, "killed_in_a_step": amid, **found, "broken": wrong}) + "\n"
    )
    return 1 if wrong else 0


def kill_one(number: int, seed: int, moment: float) -> tuple[bool, bool]:
    """One process at work, killed; whether it died at work, and in the middle of a step."""
    heard, says = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            step_on(number, seed, says)
        finally:
            if sys.exception() is not None:
                traceback.print_exc()  # it did not die of the kill: the test counts that, and shows why
            os._exit(0)  # never back into the parent's work
    os.close(says)
    os.read(heard, 1)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    said = b"("
    while more := os.read(heard, 4096):
        said += more
    os.close(heard)
    return os.WIFSIGNALED(status), said.endswith(b"(")


def step_on(number: int, seed: int, says: int) -> None:
    """Step until killed; tells when each step begins and when it is done."""
    from tests.torture.ledger import Walker

    walker = Walker(number, seed)
    walker.walk(1)
    while True:
        os.write(says, b"(")
        walker.once()
        os.write(says, b")")


if __name__ == "__main__":
    raise SystemExit(main())
