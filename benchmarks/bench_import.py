"""Roster import: 26,940 firms × 40 columns, trial run and writing, against the raw floor of reading and `executemany`.

Each side runs in a process of its own, so that its peak memory is its own. Agreement first: both end with the same number of
fact rows. The raw floor checks nothing, compares nothing and keeps no history: it is what no import can be faster than.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.timing import Table, spell, times

FULL, QUICK = 26_940, 2_000


def tables(*, quick: bool) -> list[Table]:
    """One table: reading and writing by the floor and by Songda, with peak memory."""
    rows = QUICK if quick else FULL
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SONGDA_HOME": folder, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        run_child("prepare", rows, environment)
        floor, own = run_child("floor", rows, environment), run_child("songda", rows, environment)
    if floor["facts"] != own["facts"]:
        raise AssertionError(f"the floor wrote {floor['facts']} facts, Songda {own['facts']}")
    whole = own["check"] + own["take"]
    table = Table(
        f"Roster import, {rows:,} × 40 columns, {own['facts']:,} facts, SQLite",
        ("step", "time", "of the floor", "peak memory"),
    )
    table.rows += [
        ("raw floor: read + executemany", spell(floor["time"]), "", f"{floor['memory']:.0f} MB"),
        ("trial run", spell(own["check"]), times(own["check"], floor["time"]), ""),
        ("writing (plans again, then writes)", spell(own["take"]), times(own["take"], floor["time"]), ""),
        ("trial run + writing", spell(whole), times(whole, floor["time"]), f"{own['memory']:.0f} MB"),
        ("same rows in another file: trial run", spell(own["again"]), times(own["again"], floor["time"]), ""),
        ("snapshot of everything to Parquet", spell(own["snapshot"]), times(own["snapshot"], floor["time"]), ""),
    ]
    return [table]


def run_child(side: str, rows: int, environment: dict[str, str]) -> dict[str, float]:
    """Run one side (see `import_sides`) in its own process; the figures it prints."""
    code = f"import django; django.setup(); from benchmarks import import_sides; import_sides.main('{side}', {rows})"
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
