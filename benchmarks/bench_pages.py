"""Pages at the demonstration city's size, as each role, the street clerk first: server time of a request, and its queries.

The city is made by `songda demo` in a home of its own; requests go through the whole stack of middleware in one process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.sides import side
from benchmarks.timing import Table, spell


def tables(*, quick: bool) -> list[Table]:
    """One table: median and 95th percentile of each page, and how many queries it makes."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SONGDA_HOME": folder, "SONGDA_DEMO": "yes"}
        demo = [sys.executable, "-m", "songda.portal.cli.main", "demo", "--no-serve", "--json"]
        city = json.loads(subprocess.run(demo, env=environment, check=True, capture_output=True, text=True).stdout)
        runs = 10 if quick else 60
        rows = side("page_sides", runs, home=folder)
    title = f"Pages, {city['subjects']:,} subjects, {city['facts']:,} facts, {city['notices']:,} notices, SQLite, {runs} requests each"
    table = Table(title, ("role", "page", "median", "p95", "queries"))
    table.rows += [(row["role"], row["page"], spell(row["median"]), spell(row["p95"]), str(row["queries"])) for row in rows]
    return [table]
