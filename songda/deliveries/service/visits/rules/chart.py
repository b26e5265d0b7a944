"""Figures as lines of a small chart: where each point of a series stands. Pure; the page draws it as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 240, 56, 16, 16, 28


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a series: its place in the picture and the figure it stands for."""

    x: int
    y: int
    value: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of an axis: where, and what it says."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Series by name, lines across with their figure, marks of the weeks."""

    series: tuple[tuple[str, tuple[Point, ...]], ...]
    levels: tuple[Mark, ...]
    weeks: tuple[Mark, ...]


def chart_of(names: Sequence[str], rows: Sequence[Sequence[int | None]], labels: Sequence[str], top: int) -> Chart:
    """Lay out one series a name over the labels; a missing figure leaves a gap. `top` is the figure the scale must reach."""
    highest = round_up(max([top, *(figure for row in rows for figure in row if figure is not None)]))
    step = (WIDTH - LEFT - RIGHT) / max(1, len(labels) - 1)
    places = [round(LEFT + n * step) for n in range(len(labels))]
    series = tuple(
        (
            name,
            tuple(
                Point(x, height(row[n], highest), row[n] or 0) for x, row in zip(places, rows, strict=True) if row[n] is not None
            ),
        )
        for n, name in enumerate(names)
    )
    levels = tuple(Mark(height(highest * n // 4, highest), f"{highest * n // 4:,}") for n in range(5))
    every = max(1, len(labels) // 8)
    return Chart(
        series, levels, tuple(Mark(x, label) for n, (x, label) in enumerate(zip(places, labels, strict=True)) if n % every == 0)
    )


def height(figure: int | None, highest: int) -> int:
    """Where a figure stands, from the top of the picture."""
    return round(HEIGHT - BOTTOM - (figure or 0) * (HEIGHT - TOP - BOTTOM) / highest)


def round_up(figure: int) -> int:
    """The next figure that four even steps divide into round numbers."""
    unit = 4
    while unit * 10 <= figure:
        unit *= 10
    return max(4, -(-figure // unit) * unit)
