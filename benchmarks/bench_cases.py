"""The ledger with 100,000 matters, 10,000 of them open in one zone: list and record pages as each role, the street clerk first.

The city is made by `songda demo` in a home of its own, the ledger filled in bulk. Requests go through the whole stack of middleware in
one process. `BENCH_DATABASE_URL` runs it on PostgreSQL, as in CI; `BENCH_HOME` keeps a home between runs.
"""

from __future__ import annotations

import os
import tempfile

from benchmarks.sides import side
from benchmarks.timing import Table, spell

CASES, OPEN, AREA = 100_000, 10_600, "4101/72/"


def tables(*, quick: bool) -> list[Table]:
    """One table: median and 95th percentile of each page, and how many queries it makes."""
    sizes = (CASES // 10, OPEN // 10, 10) if quick else (CASES, OPEN, 40)
    with tempfile.TemporaryDirectory() as folder:
        said = side("case_sides", *sizes, home=os.environ.get("BENCH_HOME", folder))
    title = (
        f"Ledger, {said['cases']:,} matters, {said['open']:,} open in one zone, {said['database']}, {said['runs']} requests each"
    )
    table = Table(title, ("role", "page", "median", "p95", "queries"))
    table.rows += [
        (row["role"], row["page"], spell(row["median"]), spell(row["p95"]), str(row["queries"])) for row in said["rows"]
    ]
    return [table]
