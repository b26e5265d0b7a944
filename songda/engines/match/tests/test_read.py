"""A snapshot file gives the frame that its columns give."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import numpy as np
import pytest

from songda.engines.match.column import FrameError
from songda.engines.match.frame import Frame
from songda.engines.match.matcher import match
from songda.engines.match.tests.cast import CATALOGUE, ON, columns, firms
from songda.engines.match.tests.strategies import condition
from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind


def _write(path: Path, table: dict[str, np.ma.MaskedArray]) -> None:
    spelled = ", ".join(f'"{name}" {"VARCHAR" if one.dtype == object else "BIGINT"}' for name, one in table.items())
    rows = zip(range(1000, 9999), *(one.tolist() for one in table.values()), strict=False)
    with duckdb.connect() as base:
        base.execute(f"CREATE TABLE s (subject BIGINT, {spelled})")
        base.executemany(f"INSERT INTO s VALUES (?{', ?' * len(table)})", [list(row) for row in rows])
        base.execute(f"COPY s TO '{path}' (FORMAT parquet)")


def test_a_snapshot_answers_as_its_columns_do(tmp_path: Path) -> None:
    rng = random.Random(8)
    table = columns(firms(rng, 150))
    _write(tmp_path / "snap.parquet", table)
    rules = {f"r{at}": condition(rng, 2) for at in range(60)}
    read = match(Frame.read(tmp_path / "snap.parquet", CATALOGUE), rules, on=ON, catalogue=CATALOGUE)
    made = match(Frame.of(table, CATALOGUE), rules, on=ON, catalogue=CATALOGUE)
    assert (read.answers == made.answers).all()
    assert read.subjects[:2].tolist() == [1000, 1001]


def test_only_needed_facts_are_read(tmp_path: Path) -> None:
    _write(tmp_path / "snap.parquet", columns(firms(random.Random(2), 70)))
    frame = Frame.read(tmp_path / "snap.parquet", CATALOGUE, ["staff", "revenue", "output"])
    assert set(frame.columns) == {"staff", "staff__asof", "revenue", *(f"output__{year}" for year in (2016, 2017, 2018, 2019))}


def test_numbers_take_the_narrowest_type() -> None:
    frame = Frame.of({"staff": np.array([1, -100]), "revenue": np.array([40_000, 1]), "huge": np.array([2**40, 0])}, CATALOGUE)
    assert [frame.columns[name].data.dtype for name in ("staff", "revenue", "huge")] == [np.int8, np.int32, np.int64]


def test_faults_are_named(tmp_path: Path) -> None:
    with pytest.raises(FrameError, match="读不到"):
        Frame.read(tmp_path / "none.parquet", CATALOGUE)
    with pytest.raises(FrameError, match="nofact"):
        Frame.of({"nofact": np.array([1])}, CATALOGUE)
    with pytest.raises(FrameError, match="2 行，应为 1 行"):
        Frame.of({"staff": np.array([1, 2])}, CATALOGUE, subjects=[7])
    with pytest.raises(FrameError, match="应为整数"):
        Frame.of({"staff": np.array([1.5])}, CATALOGUE)


def test_a_circle_in_a_code_list_is_refused() -> None:
    circle = CodeList("ring", {"a": "", "b": "", "c": ""}, {"a": "b", "b": "a"})
    known = Catalogue.of([FactKind("ring", "环", Kind.CODE, code_list="ring")], [circle])
    with pytest.raises(FrameError, match="成环"):
        Frame.of({"ring": np.array(["a", "b", "az"], object)}, known)
