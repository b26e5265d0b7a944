"""A daily series as a drawing 逐日图: bars for what each day brought, a stepped line for what stood. Plain geometry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, TOP, FOOT = 720, 180, 56, 12, 22


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: where it stands in the drawing, and what it says."""

    x: float
    y: float
    width: float
    height: float
    day: dt.date
    number: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, the points of the line through their tops, and the marks of the axis (height, number)."""

    bars: tuple[Bar, ...]
    line: str
    marks: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = HEIGHT - FOOT


def chart_of(days: Sequence[dt.date], numbers: Sequence[int]) -> Chart:
    """A drawing of numbers by day; none negative."""
    top = round_up(max(numbers, default=0))
    step = (WIDTH - LEFT) / max(len(days), 1)
    room = HEIGHT - FOOT - TOP

    def height_of(number: int) -> float:
        return round(TOP + room * (1 - max(number, 0) / top), 1)

    bars = tuple(
        Bar(
            round(LEFT + at * step, 1),
            height_of(number),
            round(max(step * 0.8, 0.5), 1),
            round(HEIGHT - FOOT - height_of(number), 1),
            day,
            number,
        )
        for at, (day, number) in enumerate(zip(days, numbers, strict=True))
    )
    line = " ".join(f"{bar.x},{bar.y} {round(bar.x + step, 1)},{bar.y}" for bar in bars)
    return Chart(bars, line, tuple((height_of(mark), mark) for mark in sorted({0, top // 2, top})))


def round_up(number: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50 … that is not below the number."""
    size = 1
    while True:
        for first in (1, 2, 5):
            if first * size >= number:
                return first * size
        size *= 10
