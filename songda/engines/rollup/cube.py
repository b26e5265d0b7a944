"""Flows gathered into columns: one pass over what a source says, whatever is asked of it later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from songda.engines.rollup.places import Places, nearest

Ints = NDArray[np.int64]
Flow = tuple[dt.date | None, str, tuple[str, ...], int]
"""(day, path, dims, number): what the day adds; day None is what stood before the first day."""


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """Flows as columns. `days[i]` is 0 for what stood before, d for the d-th day; `places[i]` a unit; `groups[i]` a row of `dims`.

    `names` are the names of the dims, `counts` is what the numbers count.
    """

    counts: str
    names: tuple[str, ...]
    dims: tuple[tuple[str, ...], ...]
    tree: Places
    length: int
    days: Ints
    places: Ints
    groups: Ints
    numbers: Ints


def gather(flows: Iterable[Flow], tree: Places, *, counts: str, names: tuple[str, ...], first: dt.date, last: dt.date) -> Cube:
    """Read the flows once: O(flows). A path below no unit is left out; a day outside first … last is an error (ValueError)."""
    start, length = first.toordinal() - 1, (last - first).days + 1
    known = tree.index()
    groups: dict[tuple[str, ...], int] = {}
    rows: list[tuple[int, int, int, int]] = []
    for day, path, dims, number in flows:
        at = 0 if day is None else day.toordinal() - start
        if at > length or at < 0:
            raise ValueError(f"a flow of {day}, outside {first} … {last}")
        rows.append((at, nearest(path, known), groups.setdefault(dims, len(groups)), number))
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    table = table[table[:, 1] >= 0]
    days, places, kinds, numbers = (np.ascontiguousarray(table[:, column]) for column in range(4))
    return Cube(counts, names, tuple(groups), tree, length, days, places, kinds, numbers)
