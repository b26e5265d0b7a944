"""The schematic tile map 示意方块图: one square an area in the place a person would look for it. No boundary, no size, no distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

STEPS: Final = 4
COLUMNS: Final = 6


@dataclass(frozen=True, slots=True)
class AreaValue:
    """A number of an area, by the area's code; `value` None: not known. `address`: its rows."""

    code: str
    name: str
    value: int | None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Square:
    """An area on the map: where (columns and rows from 0), and how dark (0 none … `STEPS`)."""

    area: AreaValue
    column: int
    row: int
    shade: int

    @property
    def left(self) -> int:
        """Pixels from the left, squares being 100 wide with 6 between."""
        return self.column * 106

    @property
    def top(self) -> int:
        """Pixels from the top, squares being 76 high with 6 between."""
        return self.row * 82


@dataclass(frozen=True, slots=True)
class TileMap:
    """The squares, the size of the drawing, and the legend: each shade that is used with its highest value."""

    squares: tuple[Square, ...]
    width: int
    height: int
    limits: tuple[tuple[int, int], ...]


def laid_out(values: Sequence[AreaValue], places: Mapping[str, tuple[int, int]]) -> TileMap:
    """Squares where the pack puts them (`places`: code → row, column); areas it does not place follow below, in their order."""
    known = [one for one in values if one.code in places]
    below = 1 + max((places[one.code][0] for one in known), default=-1)
    others = [one for one in values if one.code not in places]
    at = {one.code: places[one.code] for one in known}
    at |= {one.code: (below + number // COLUMNS, number % COLUMNS) for number, one in enumerate(others)}
    top = max((one.value or 0 for one in values), default=0)
    squares = tuple(Square(one, at[one.code][1], at[one.code][0], shade_of(one.value, top)) for one in values)
    width = 106 * (1 + max((one.column for one in squares), default=0)) - 6
    height = 82 * (1 + max((one.row for one in squares), default=0)) - 6
    return TileMap(squares, width, height, limits_of(top))


def shade_of(value: int | None, top: int) -> int:
    """How dark a value is: 0 for nothing, else its share of the highest in `STEPS` equal steps."""
    return 0 if not value or top <= 0 else max(1, -(-value * STEPS // top))


def limits_of(top: int) -> tuple[tuple[int, int], ...]:
    """The shades from 1 on, each with its highest value, without those that no whole number has."""
    found = [(step, top * step // STEPS) for step in range(1, STEPS + 1)]
    return tuple((step, limit) for step, limit in found if limit > top * (step - 1) // STEPS)
