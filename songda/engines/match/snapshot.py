"""Snapshots 快照: a Parquet file (or several, by pattern) read into a frame through DuckDB.

Column `subject` BIGINT, then one column a fact: NUM, DATE, EVENT and SERIES BIGINT, BOOL and LIST BOOLEAN or 0/1, CODE VARCHAR;
NULL is a missing value. The SQL evaluator reads the same file. Columns are fetched a few at a time, so memory holds the
frame and those few as they come: one at a time, DuckDB would look through the description of all 1,700 for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from songda.engines.match.column import ASOF, Column, FrameError, encode, encode_codes, fact_of, in_order
from songda.engines.match.rails import Rows
from songda.engines.rules.catalogue import Catalogue, CodeList, Kind

SUBJECT = "subject"
AT_ONCE = 8  # columns


def read_snapshot(
    path: str | Path, catalogue: Catalogue, facts_needed: Iterable[str] | None = None, *, threads: int = 2
) -> tuple[Rows, dict[str, Column]]:
    """Subject numbers and the columns of these facts (None: all that the catalogue knows) of the snapshot at `path`.

    A file that is not there, or has no column `subject`, is a FrameError that says so.
    """
    wanted = None if facts_needed is None else set(facts_needed)
    with duckdb.connect(config={"threads": threads}) as base:
        source = _open(base, path)
        subjects = _fetch(source, SUBJECT)
        names = [name for name in source.columns if name != SUBJECT and _is_wanted(name, wanted, catalogue)]
        columns = dict(_columns(source, names, catalogue))
    return np.asarray(subjects, np.int64), columns


def _open(base: duckdb.DuckDBPyConnection, path: str | Path) -> duckdb.DuckDBPyRelation:
    try:
        source = base.read_parquet(str(path))
    except (duckdb.IOException, duckdb.InvalidInputException) as cause:
        raise FrameError(f"快照「{path}」读不到：请确认文件存在且为 Parquet 格式") from cause
    if SUBJECT not in source.columns:
        raise FrameError(f"快照「{path}」缺少列 subject（主体编号）")
    return source


def _is_wanted(name: str, wanted: set[str] | None, catalogue: Catalogue) -> bool:
    fact = catalogue.by_code.get(name.partition("__")[0])
    if fact is None or (wanted is not None and fact.code not in wanted):
        return False
    return not name.endswith(f"__{ASOF}") or fact.freshness_days is not None


def _columns(source: duckdb.DuckDBPyRelation, names: Sequence[str], catalogue: Catalogue) -> Iterator[tuple[str, Column]]:
    plain = []
    for name in names:
        fact, rest = fact_of(name, catalogue)
        if fact.kind is Kind.CODE and rest != ASOF:
            yield name, _code_column(source, name, catalogue.code_lists.get(fact.code_list))
        else:
            plain.append(name)
    for start in range(0, len(plain), AT_ONCE):
        some = plain[start : start + AT_ONCE]
        found = source.project(", ".join(map(_name, some))).fetchnumpy()
        yield from ((name, encode(name, np.ma.asanyarray(found[name]), catalogue)) for name in some)


def _code_column(source: duckdb.DuckDBPyRelation, name: str, codes: CodeList | None) -> Column:
    """Texts become places inside DuckDB (as an ENUM in our order), so that no text object is ever made for a row."""
    found = source.project(_name(name)).distinct().fetchall()
    names = in_order({str(row[0]) for row in found if row[0] is not None}, codes)
    listed = ", ".join(_text(one) for one in names) or "''"
    places = np.ma.asanyarray(_fetch(source, f"enum_code({_name(name)}::ENUM ({listed}))"))
    return encode_codes(np.ma.getdata(places), np.ma.getmaskarray(places), names, codes)


def _fetch(source: duckdb.DuckDBPyRelation, expression: str) -> npt.NDArray[Any]:
    column: npt.NDArray[Any] = source.project(f"{expression} AS it").fetchnumpy()["it"]
    return column


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
