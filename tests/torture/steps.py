"""Several processes step the same cases at once; then everything is counted.

    python -m tests.torture.steps --home DIR --steps 10000 --workers 4 --seed 7

Runs on DATABASE_URL (an empty database), else on SQLite in the home. Prints one JSON object; exit code 1 when a step was lost or
doubled, a number given twice, or steps, states, clocks and log disagree. `test_steps` runs it short, `make torture` long.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter as Tally
from pathlib import Path

CASES = 24  # few, so that the processes meet


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--walker", type=int, help="one process of the torture, started by it")
    given = parser.parse_args()
    given.home.mkdir(parents=True, exist_ok=True)
    os.environ.update(SONGDA_HOME=str(given.home), DJANGO_SETTINGS_MODULE="tests.settings")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{given.home / 'torture.sqlite3'}")
    import django

    django.setup()
    share = -(-given.steps // given.workers)
    found = walk(given.walker, given.seed, share) if given.walker is not None else torture(given, share)
    sys.stdout.write(json.dumps(found) + "\n")
    return 1 if found.get("broken") else 0


def walk(number: int, seed: int, steps: int) -> dict[str, object]:
    """One process."""
    from tests.torture.ledger import Walker

    return dict(Walker(number, seed).walk(steps))


def torture(given: argparse.Namespace, share: int) -> dict[str, object]:
    """Start the processes, add up what they say, and hold it against the database."""
    from tests.torture.ledger import audit, broken, prepare

    prepare(CASES)
    begun = time.monotonic()
    command = [sys.executable, "-m", "tests.torture.steps", *sys.argv[1:], "--walker"]
    walkers = [subprocess.Popen([*command, str(number)], stdout=subprocess.PIPE) for number in range(given.workers)]
    told: Tally[str] = Tally()
    for one in walkers:
        told.update(json.loads(one.communicate()[0] or b'{"crashed": 1}'))
    seconds = time.monotonic() - begun
    found = audit()
    wrong = broken(found)
    expected = told["taken"] + found["cases"]
    if found["steps"] != expected:
        wrong["steps_lost_or_doubled"] = found["steps"] - expected
    if told["crashed"] or found["cases"] != CASES + told["opened"]:
        wrong["processes_crashed_or_cases_lost"] = told["crashed"] or found["cases"]
    return {**told, **found, "workers": given.workers, "seconds": round(seconds, 1), "broken": wrong}


if __name__ == "__main__":
    raise SystemExit(main())
