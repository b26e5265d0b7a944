"""Tallies 日计 out of a cube: selected, cumulated where they are stocks, rolled up the tree once for all that is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from songda.engines.rollup.cube import Cube, Ints

Marks = NDArray[np.bool_]
ALL = ""
"""The cell of the whole."""


class MixedCountsError(ValueError):
    """Firms, people, projects … asked for as one number (rule G 3 of the mission): different count units are never added."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number asked of a cube: which dims it takes (`where`), whether it is a stock, and the dim it is broken down by."""

    code: str
    counts: str
    stock: bool
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    cells: str = ALL


def tally(cube: Cube, wanted: Sequence[Wanted]) -> dict[tuple[str, str], Ints]:
    """Numbers by (code, cell) as arrays of units × days; the cell "" is the whole.

    O(rows taken + numbers × units × days). MixedCountsError for what counts other things than the cube; KeyError for an unknown dim.
    """
    slices = [(key, stock, groups) for one in wanted for key, stock, groups in _slices(cube, one)]
    leaves = np.zeros((len(slices), len(cube.tree.units), cube.length + 1), np.int64)
    for at, (_key, _stock, groups) in enumerate(slices):
        taken = groups[cube.groups] if len(groups) else np.zeros(0, bool)
        np.add.at(leaves[at], (cube.places[taken], cube.days[taken]), cube.numbers[taken])
    for unit in range(len(cube.tree.above) - 1, -1, -1):  # paths are in order, so what is below comes after
        if (above := cube.tree.above[unit]) >= 0:
            leaves[:, above] += leaves[:, unit]
    return {
        key: np.cumsum(leaves[at], axis=1)[:, 1:] if stock else leaves[at, :, 1:]
        for at, (key, stock, _groups) in enumerate(slices)
    }


def _slices(cube: Cube, one: Wanted) -> list[tuple[tuple[str, str], bool, Marks]]:
    """The whole and each cell, as marks over the groups of the cube."""
    _same_counts(one, cube)
    places = {name: cube.names.index(name) if name in cube.names else _unknown(name) for name in (*one.where, one.cells) if name}
    whole = np.array(
        [all(dims[places[name]] in set(values) for name, values in one.where.items()) for dims in cube.dims], dtype=bool
    )
    found = [((one.code, ALL), one.stock, whole)]
    if one.cells:
        held = np.array([dims[places[one.cells]] for dims in cube.dims], dtype=object)
        cells = sorted({str(cell) for cell, taken in zip(held, whole, strict=True) if taken})
        found += [((one.code, cell), one.stock, whole & (held == cell)) for cell in cells]
    return found


def _same_counts(one: Wanted, cube: Cube) -> None:
    if one.counts != cube.counts:
        raise MixedCountsError(f"{one.code} counts {one.counts}, its source {cube.counts}")


def _unknown(name: str) -> int:
    raise KeyError(f"no dim {name}")
