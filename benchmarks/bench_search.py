"""Full-text search over 10,000 invented documents of 2,400 characters: one page of hits with snippets, the total and all facet counts,
against LIKE '%…%' for the total and the page alone, in the same process and in turns. Both must find the same.

`BENCH_DATABASE_URL` names a PostgreSQL to run it on as well; without it, one is started for the bench.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import Table, spell
from tests import postgres

THINGS = 10_000


def tables(*, quick: bool) -> list[Table]:
    """One table a database."""
    things, rounds = (THINGS // 10, 3) if quick else (THINGS, 9)
    with tempfile.TemporaryDirectory() as folder:
        found = [side(f"sqlite:///{folder}/search.sqlite3", folder, things, rounds)]
        if url := os.environ.get("BENCH_DATABASE_URL"):
            return [*found, side(url, folder, things, rounds)]
        with postgres.server() as address:
            return [*found, side(address, folder, things, rounds)]


def side(url: str, home: str, things: int, rounds: int) -> Table:
    """One database."""
    code = f"import django; django.setup(); from benchmarks import search_sides; search_sides.main({things}, {rounds})"
    environment = {**os.environ, "SONGDA_HOME": home, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "songda.portal.settings"}
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True, cwd=root)
    said = json.loads(done.stdout.splitlines()[-1])
    title = f"Search, {said['things']:,} documents of {said['characters']:,} characters, {said['database']}; filled in {spell(said['filled'])}"
    table = Table(title, ("question", "found", "songda", "worst", "LIKE", "ratio"))
    table.rows += [
        (
            row["question"] or "(none: facets of all)", f"{row['found']:,}", spell(row["ours"]), spell(row["worst"]), spell(row["peer"]),
            f"× {row['peer'] / row['ours']:.1f}",
        )
        for row in said["rows"]
    ]  # fmt: skip
    return table
