"""Full-text search over 10,000 invented documents of 2,400 characters: one page of hits with snippets, the total and all facet counts,
against LIKE '%…%' for the total and the page alone, in the same process and in turns. Both must find the same.

`BENCH_DATABASE_URL` names a PostgreSQL to run it on as well; without it, one is started for the bench.
"""

from __future__ import annotations

import os
import tempfile

from benchmarks.sides import side
from benchmarks.timing import Table, spell
from tests import postgres

THINGS = 10_000


def tables(*, quick: bool) -> list[Table]:
    """One table a database."""
    things, rounds = (THINGS // 10, 3) if quick else (THINGS, 9)
    with tempfile.TemporaryDirectory() as folder:
        found = [measured(f"sqlite:///{folder}/search.sqlite3", folder, things, rounds)]
        if url := os.environ.get("BENCH_DATABASE_URL"):
            return [*found, measured(url, folder, things, rounds)]
        with postgres.server() as address:
            return [*found, measured(address, folder, things, rounds)]


def measured(url: str, home: str, *sizes: int) -> Table:
    """One database."""
    said = side("search_sides", *sizes, home=home, url=url)
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
