"""Columns 列: a column of cells as stored values, with a sentence for each cell that is wrong."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from songda.engines.rules.catalogue import CodeList, FactKind, Kind
from songda.engines.rules.days import day_number
from songda.engines.rules.units import unit
from songda.kernel.errors import Invalid
from songda.registry.facts.rules.values import day_of_event, stored
from songda.registry.intake.rules.headings import Target
from songda.registry.intake.rules.table import Cell, text_of

Ints = npt.NDArray[np.int64]
BLANKS = frozenset({"", "-", "—", "--", "——", "/", "\\", "空", "无数据", "N/A", "null", "NULL"})
EXACT = 2**50  # below this a float times a power of ten is told from its neighbours
_NEAR = 4e-16  # parts of a number that a multiplication of floats may be off by
Read = tuple[int, str, int | None]  # number, text, day of an event


@dataclass
class Column:
    """The values of one fact in a file: whether a row has one, the number or text, and the day it holds from."""

    fact: FactKind
    present: npt.NDArray[np.bool_]
    nums: Ints
    texts: list[str]
    days: Ints
    problems: list[tuple[int, str]] = field(default_factory=list)


def read(cells: Sequence[Cell], fact: FactKind, target: Target, as_of: int, codes: CodeList | None) -> Column:
    """One column of a file. Empty cells say nothing; a wrong one is a problem at its row.

    Numbers that Excel holds as numbers are scaled at once; whatever is left is read as a person's writing, each different
    text once.
    """
    column = _empty(fact, len(cells), _first_day(target, as_of))
    known: dict[str, Read | str] = {}
    factor = _factor(fact, target)
    for row, cell in enumerate(cells):
        if factor and isinstance(cell, float) and (number := _scaled(cell, factor)) is not None:
            column.present[row], column.nums[row] = True, number
            continue
        text = text_of(cell)
        if text in BLANKS:
            continue
        found = known.get(text)
        if found is None:
            found = known[text] = _read(text, fact, target, codes)
        _put(column, row, found)
    return column


def _put(column: Column, row: int, found: Read | str) -> None:
    if isinstance(found, str):
        column.problems.append((row, found))
        return
    column.present[row], column.nums[row] = True, found[0]
    if column.fact.kind is Kind.CODE:
        column.texts[row] = found[1]
    if found[2] is not None:
        column.days[row] = found[2]


def _empty(fact: FactKind, rows: int, day: int) -> Column:
    texts = [""] * rows if fact.kind is Kind.CODE else []
    return Column(fact, np.zeros(rows, bool), np.zeros(rows, np.int64), texts, np.full(rows, day, np.int64))


def _first_day(target: Target, as_of: int) -> int:
    """Days since 1970: a year's first, or the day of the file."""
    return as_of if target.year is None else int(np.datetime64(f"{target.year:04}-01-01", "D").astype(np.int64))


def _read(text: str, fact: FactKind, target: Target, codes: CodeList | None) -> Read | str:
    try:
        num, word = stored(fact.kind, target.unit or fact.unit, text, codes)
    except Invalid as wrong:
        return wrong.message
    day = day_of_event(text) if fact.kind is Kind.EVENT else None
    return num or 0, word or "", day_number(day) if day else None


def _factor(fact: FactKind, target: Target) -> int:
    """Stored integers of one unit of the column; 0 where a number is no number (a code typed as one)."""
    measure = unit(target.unit or fact.unit)
    if fact.kind not in (Kind.NUM, Kind.SERIES) or measure is None or measure.dimension != fact.measure.dimension:
        return 0
    whole = measure.factor * fact.measure.scale
    return int(whole) if whole.denominator == 1 else 0


def _scaled(value: float, factor: int) -> int | None:
    """A float in stored integers where it is one beyond doubt, else None (and its digits are looked at)."""
    scaled = value * factor
    if not math.isfinite(scaled) or abs(scaled) >= EXACT:
        return None
    near = round(scaled)
    return near if abs(scaled - near) <= _NEAR * abs(scaled) else None
