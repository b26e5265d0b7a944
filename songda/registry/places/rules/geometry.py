"""Geometry on the earth's sphere. Coordinates are WGS 84 in whole millionths of a degree, `(latitude, longitude)`; lengths are metres.

Edges are straight in latitude and longitude, as in GeoJSON (RFC 7946): a shape lies within the box of its corners, so a box decides
exactly what need not be looked at. Shapes that cross the 180th meridian or hold a pole are not supported.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Point = tuple[int, int]

RADIUS: Final = 6_371_008.8  # mean radius, IUGG
UNIT: Final = math.pi / 180_000_000  # a millionth of a degree in radians
POLE: Final = 90_000_000
HALF: Final = 180_000_000
HALF_ROUND: Final = math.pi * RADIUS  # no two points are farther apart


@dataclass(frozen=True, slots=True)
class Box:
    """The least and greatest coordinates of something."""

    south: int
    west: int
    north: int
    east: int


def bounds(points: Sequence[Point]) -> Box:
    """The box of a shape's corners."""
    latitudes, longitudes = [point[0] for point in points], [point[1] for point in points]
    return Box(min(latitudes), min(longitudes), max(latitudes), max(longitudes))


def around(point: Point, metres: float) -> Box:
    """A box that holds everything within a distance of a point (a little more, never less)."""
    angle = metres / RADIUS + UNIT
    reach = math.ceil(angle / UNIT)
    south, north = point[0] - reach, point[0] + reach
    if south <= -POLE or north >= POLE:
        return Box(max(south, -POLE), -HALF, min(north, POLE), HALF)
    wide = math.ceil(math.asin(min(1.0, math.sin(min(angle, math.pi / 2)) / math.cos(point[0] * UNIT))) / UNIT) + 1
    west, east = point[1] - wide, point[1] + wide
    return Box(south, -HALF, north, HALF) if west < -HALF or east > HALF else Box(south, west, north, east)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two points on the sphere (haversine)."""
    lower, upper = one[0] * UNIT, other[0] * UNIT
    rise, turn = (upper - lower) / 2, (other[1] - one[1]) * UNIT / 2
    share = math.sin(rise) ** 2 + math.cos(lower) * math.cos(upper) * math.sin(turn) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(min(1.0, share)))


def distance_to(point: Point, points: Sequence[Point], form: str) -> float:
    """Metres from a point to a shape: `point`, `line` or `area` (0 inside and on the edge)."""
    if form == "point":
        return distance(point, points[0])
    if form == "area" and contains(points, point):
        return 0.0
    return min(distance(point, nearest_on(point, start, end)) for start, end in edges(points, closed=form == "area"))


def edges(points: Sequence[Point], *, closed: bool) -> Iterator[tuple[Point, Point]]:
    """The edges of a line, or of an area, whose last corner is joined to its first."""
    yield from pairwise(points)
    if closed:
        yield points[-1], points[0]


def nearest_on(point: Point, start: Point, end: Point) -> tuple[float, float]:
    """The point of an edge nearest to a point, found in the plane that touches the sphere there: within 0.1 % for edges and distances
    up to 20 km at the latitudes of China.
    """
    narrow = math.cos(point[0] * UNIT)
    up, across = end[0] - start[0], (end[1] - start[1]) * narrow
    length = up * up + across * across
    if length == 0:
        return start
    share = ((point[0] - start[0]) * up + (point[1] - start[1]) * narrow * across) / length
    share = min(1.0, max(0.0, share))
    return start[0] + share * up, start[1] + share * (end[1] - start[1])


def contains(ring: Sequence[Point], point: Point) -> bool:
    """Whether an area holds a point; its edge belongs to it. Exact: whole numbers only."""
    inside = False
    for start, end in edges(ring, closed=True):
        side = turn_of(start, end, point)
        if side == 0 and _between(start, end, point):
            return True
        if (start[0] > point[0]) != (end[0] > point[0]) and (side > 0) == (end[0] > start[0]):
            inside = not inside
    return inside


def turn_of(start: Point, end: Point, point: Point) -> int:
    """Positive where the point lies left of the edge (north up, from start to end), negative right of it, 0 on its line."""
    return (end[1] - start[1]) * (point[0] - start[0]) - (end[0] - start[0]) * (point[1] - start[1])


def crosses_itself(points: Sequence[Point], *, closed: bool) -> bool:
    """Whether two edges that are not neighbours meet, or neighbours run back over each other."""
    rows = list(edges(points, closed=closed))
    last = len(rows) - 1
    for at, (start, end) in enumerate(rows):
        for beyond in range(at + 1, len(rows)):
            neighbours = beyond == at + 1 or (closed and at == 0 and beyond == last)
            other_start, other_end = rows[beyond]
            if not neighbours and _meet(start, end, other_start, other_end):
                return True
            if neighbours and closed and _fold_back(start, end, other_start, other_end):
                return True
    return False


def middle(points: Sequence[Point]) -> Point:
    """The middle of a shape's box: where its label stands."""
    box = bounds(points)
    return (box.south + box.north) // 2, (box.west + box.east) // 2


def _between(start: Point, end: Point, point: Point) -> bool:
    return min(start[0], end[0]) <= point[0] <= max(start[0], end[0]) and min(start[1], end[1]) <= point[1] <= max(
        start[1], end[1]
    )


def _meet(start: Point, end: Point, other_start: Point, other_end: Point) -> bool:
    turns = (
        turn_of(start, end, other_start), turn_of(start, end, other_end),
        turn_of(other_start, other_end, start), turn_of(other_start, other_end, end),
    )  # fmt: skip
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    ends = ((start, end, other_start), (start, end, other_end), (other_start, other_end, start), (other_start, other_end, end))
    return any(turn == 0 and _between(*three) for turn, three in zip(turns, ends, strict=True))


def _fold_back(start: Point, end: Point, other_start: Point, other_end: Point) -> bool:
    """Whether two edges with one corner in common lie on each other beyond it."""
    shared, left, right = (end, start, other_end) if end == other_start else (start, end, other_start)
    return turn_of(shared, left, right) == 0 and (
        (left[0] - shared[0]) * (right[0] - shared[0]) + (left[1] - shared[1]) * (right[1] - shared[1]) > 0
    )
