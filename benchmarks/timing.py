"""Timing and tables: medians of several runs, printed side by side."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass
class Table:
    """One bench's result: a title, column heads and rows of text."""

    title: str
    heads: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)

    def markdown(self) -> str:
        """The table as Markdown."""
        lines = [f"**{self.title}**", "", _line(self.heads), _line(["---"] * len(self.heads))]
        return "\n".join([*lines, *(_line(row) for row in self.rows)])


def median(work: Callable[[], object], runs: int = 7) -> float:
    """Seconds a run takes: the median after one run to warm up."""
    return race([work], runs)[0]


def race(works: Sequence[Callable[[], object]], runs: int = 7) -> list[float]:
    """Median seconds of each, run in turn, so that whatever else the machine does falls on all alike.

    What takes less than a fifth of a second runs once untimed before each timed run: nobody meets the other's cold caches.
    The garbage collector is off.
    """
    taken: list[list[float]] = [[] for _ in works]
    quick = [_timed(work) < 0.2 for work in works]
    gc.collect()
    gc.disable()
    try:
        for _ in range(runs):
            for work, seconds, warm in zip(works, taken, quick, strict=True):
                if warm:
                    work()
                seconds.append(_timed(work))
    finally:
        gc.enable()
    return [statistics.median(one) for one in taken]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def spell(seconds: float) -> str:
    """A duration with three figures: 2.91 ms, 1.16 s."""
    for factor, unit in ((1.0, "s"), (1e3, "ms"), (1e6, "µs")):
        if seconds * factor >= 1 or unit == "µs":
            return f"{seconds * factor:.3g} {unit}"
    raise AssertionError


def times(slow: float, fast: float) -> str:
    """How many times as long: × 14."""
    ratio = slow / fast
    return f"× {ratio:.0f}" if ratio >= 10 else f"× {ratio:.1f}"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
