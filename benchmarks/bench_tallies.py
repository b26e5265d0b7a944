"""A year of daily tallies: 60 indicators × 16 districts (and the city) from 54,000 subjects and two million steps, made from nothing.

The peer is one GROUP BY a number and day, written by hand, for the flows alone; what it says must be what the tallies say.
`BENCH_DATABASE_URL` runs it on PostgreSQL; `BENCH_HOME` keeps a home between runs.
"""

from __future__ import annotations

import os
import tempfile

from benchmarks.sides import side
from benchmarks.timing import Table, spell, times

SUBJECTS, MATTERS = 54_000, 236_000  # 8.5 steps a matter


def tables(*, quick: bool) -> list[Table]:
    """One table: ours from nothing, ours again, the peer."""
    sizes = (SUBJECTS // 20, MATTERS // 20) if quick else (SUBJECTS, MATTERS)
    with tempfile.TemporaryDirectory() as folder:
        said = side("tally_sides", *sizes, home=os.environ.get("BENCH_HOME", folder))
    if said["differ"] or said["changed"]:
        raise SystemExit(f"{said['differ']} numbers differ from plain SQL, {said['changed']} from ours made again")
    size = f"{said['subjects']:,} subjects, {said['steps']:,} steps, {said['indicators']} indicators, {said['database']}"
    table = Table(f"A year of tallies, {size}", ("what", "numbers", "time", ""))
    table.rows += [
        ("songda, from nothing", f"{said['tallies']:,}", spell(said["ours"]), ""),
        ("songda, made again: nothing changed", f"{said['tallies']:,}", spell(said["again"]), ""),
        (
            "plain SQL, a query a number, flows alone",
            f"{said['asked']:,}",
            spell(said["peer"]),
            times(said["peer"], said["ours"]),
        ),
    ]
    return [table]
