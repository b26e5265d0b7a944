"""The ledger with 100,000 matters, 10,000 of them open in one zone: list and record pages as each role, the street clerk first.

The city is made by `songda demo` in a home of its own, the ledger filled in bulk. Requests go through the whole stack of middleware in
one process. `BENCH_DATABASE_URL` runs it on PostgreSQL, as in CI; `BENCH_HOME` keeps a home between runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import Table, spell

CASES, OPEN, AREA = 100_000, 10_600, "4101/72/"


def tables(*, quick: bool) -> list[Table]:
    """One table: median and 95th percentile of each page, and how many queries it makes."""
    with tempfile.TemporaryDirectory() as folder:
        home = os.environ.get("BENCH_HOME", folder)
        environment = {
            **os.environ,
            "SONGDA_HOME": home,
            "SONGDA_DEMO": "yes",
            "DJANGO_SETTINGS_MODULE": "songda.portal.settings",
        }
        if url := os.environ.get("BENCH_DATABASE_URL"):
            environment["DATABASE_URL"] = url
        cases = (CASES // 10, OPEN // 10) if quick else (CASES, OPEN)
        code = f"import django; django.setup(); from benchmarks import case_sides; case_sides.main({cases[0]}, {cases[1]}, {10 if quick else 40})"
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[1],
        )
    said = json.loads(done.stdout.splitlines()[-1])
    title = (
        f"Ledger, {said['cases']:,} matters, {said['open']:,} open in one zone, {said['database']}, {said['runs']} requests each"
    )
    table = Table(title, ("role", "page", "median", "p95", "queries"))
    table.rows += [
        (row["role"], row["page"], spell(row["median"]), spell(row["p95"]), str(row["queries"])) for row in said["rows"]
    ]
    return [table]
