"""Reading a snapshot: Parquet into a frame of narrow codes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import polars as pl

from benchmarks import firms, peer_polars
from benchmarks.timing import Table, race, spell, times
from songda.engines.match.frame import Frame

TEN = ("area", "industry", "size", "key", "export", "revenue", "tax", "staff", "founded", "dishonest")


def tables(*, quick: bool) -> Iterator[Table]:
    """Ten facts and all facts of a million firms."""
    many, known = (20_000 if quick else 1_000_000), firms.catalogue()
    table = Table(f"Read a snapshot of {many:,} firms", ("facts", "songda", "in memory", "Polars", "ratio"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot.parquet"
        peer_polars.frame_of(firms.columns(many)).with_row_index("subject").cast({pl.Enum: pl.String}).write_parquet(path)
        for facts in (TEN, None):
            frame = Frame.read(path, known, facts)
            names = list(facts) if facts else None
            ours, theirs = race([partial(Frame.read, path, known, facts), partial(_polars, path, names)], 5)
            count = "all" if facts is None else str(len(facts))
            table.rows.append((count, spell(ours), f"{frame.nbytes / 1e6:.0f} MB", spell(theirs), times(theirs, ours)))
    yield table


def _polars(path: Path, names: list[str] | None) -> pl.DataFrame:
    return pl.read_parquet(path, columns=names).with_columns(pl.col(pl.String).cast(pl.Categorical))
