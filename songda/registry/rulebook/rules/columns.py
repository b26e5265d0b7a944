"""One subject as columns 单户成列: the facts of a case in the stored form that the set matcher and SQL read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from songda.engines.match.column import ASOF, NEVER
from songda.engines.match.frame import Frame
from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.days import day_number
from songda.engines.rules.facts import Datum, Facts, Standing
from songda.engines.rules.tell import inside
from songda.engines.rules.walk import every, names_of

Cell = int | str | None
YEARS_BACK = 31


def columns_of(facts: Facts, rule: tree.Node, on: dt.date, catalogue: Catalogue) -> dict[str, Cell]:
    """Every column the rule may ask for, with the subject's value or None."""
    listed = {node.on for node in every(rule) if isinstance(node, tree.Listed) and node.on is not None}
    cells: dict[str, Cell] = {}
    for code in names_of(rule):
        fact, datum = catalogue.by_code[code], facts.get(code)
        cells[f"{code}__{ASOF}"] = day_number(datum.as_of) if datum is not None and datum.as_of is not None else None
        cells |= _cells(fact, datum, on, listed)
    return cells


def frame_of(cells: Mapping[str, Cell], catalogue: Catalogue) -> Frame:
    """The columns as a frame of one subject."""
    arrays: dict[str, npt.ArrayLike] = {name: _array(cell) for name, cell in cells.items() if cell is not None}
    return Frame.of(arrays, catalogue, [0])


def _array(cell: int | str) -> npt.NDArray[np.int64] | npt.NDArray[np.object_]:
    return np.array([cell], object) if isinstance(cell, str) else np.array([cell], np.int64)


def _cells(fact: FactKind, datum: Datum | None, on: dt.date, listed: set[dt.date]) -> dict[str, Cell]:
    value = None if datum is None else datum.value
    if fact.kind is Kind.SERIES:
        figures = value if isinstance(value, Mapping) else {}
        years = range(on.year - YEARS_BACK, on.year + 1)
        return {f"{fact.code}__{year}": _stored(figures.get(year), fact.measure.scale) for year in years}
    if fact.kind is Kind.LIST:
        days = {"": on} | {f"__{day:%Y%m%d}": day for day in listed}
        return {f"{fact.code}{part}": _standing(value, day) for part, day in days.items()}
    return {fact.code: _cell(fact, value, on)}


def _cell(fact: FactKind, value: object, on: dt.date) -> Cell:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Fraction):
        return _stored(value, fact.measure.scale)
    if isinstance(value, dt.date):
        return day_number(value)
    if isinstance(value, tuple):
        return max((day_number(day) for day in value if day <= on), default=NEVER)
    return value if isinstance(value, str) else None


def _standing(value: object, day: dt.date) -> Cell:
    if not isinstance(value, Standing) or not inside(value.covered, day):
        return None
    return int(inside(value.member, day))


def _stored(value: Fraction | None, scale: int) -> int | None:
    return None if value is None else int(value * scale)
