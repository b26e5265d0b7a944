"""A sketch of where something lies 示意位置图: its shape, its neighbours, a scale, north up. No background, so it needs no map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from songda.registry.places.rules.geometry import Point, bounds, distance

WIDTH: Final = 360
HEIGHT: Final = 240
MARGIN: Final = 34
LEAST: Final = 2_000  # millionths of a degree shown at least (about 200 m), so that a point has surroundings


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape on paper: pixels, and its upper middle, where its label stands."""

    form: str
    path: str
    at: tuple[int, int]
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is drawn: the thing itself first, then its neighbours; a scale of `bar` pixels for `length` metres."""

    shapes: tuple[Drawn, ...]
    bar: int
    length: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Outline:
    """A shape to draw."""

    points: tuple[Point, ...]
    form: str
    label: str
    address: str = ""


def sketch(outlines: Sequence[Outline]) -> Sketch:
    """Draw these, fitted into the paper; degrees of longitude are shortened as at the middle's latitude."""
    box = bounds([point for one in outlines for point in one.points])
    centre = ((box.south + box.north) / 2, (box.west + box.east) / 2)
    narrow = math.cos(math.radians(centre[0] / 1e6))
    tall, wide = max(box.north - box.south, LEAST), max((box.east - box.west) * narrow, LEAST)
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / tall)

    def pixel(point: Point) -> tuple[int, int]:
        return round(WIDTH / 2 + (point[1] - centre[1]) * narrow * scale), round(HEIGHT / 2 - (point[0] - centre[0]) * scale)

    shapes = tuple(_drawn(one, [pixel(point) for point in one.points]) for one in outlines)
    across = distance((centre[0], centre[1]), (centre[0], centre[1] + 1_000)) / (1_000 * narrow * scale)  # metres a pixel
    length = _round_length(across * WIDTH / 4)
    return Sketch(shapes, round(length / across), f"{length // 1000} km" if length >= 1000 else f"{length} m")


def _drawn(one: Outline, pixels: Sequence[tuple[int, int]]) -> Drawn:
    across = [x for x, _y in pixels]
    top = ((min(across) + max(across)) // 2, min(y for _x, y in pixels))
    return Drawn(one.form, _path(pixels, one.form), top, one.label, one.address)


def _path(pixels: Sequence[tuple[int, int]], form: str) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in pixels) + (" Z" if form == "area" else "")


def _round_length(metres: float) -> int:
    """1, 2 or 5 times a power of ten, not above; at least 1."""
    power = 10 ** max(0, math.floor(math.log10(max(metres, 1))))
    return int(max(step for step in (1, 2, 5) if step * power <= max(metres, 1)) * power)
