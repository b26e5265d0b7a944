"""The tree 机构树 that figures are rolled up by: units with `/`-terminated paths, one below another where its path begins alike."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """Units in the order of their paths. `above[i]` is the place of the nearest unit above unit i, -1 for none."""

    units: tuple[Hashable, ...]
    paths: tuple[str, ...]
    above: tuple[int, ...]

    @classmethod
    def of(cls, units: Iterable[tuple[Hashable, str]]) -> Places:
        """The tree of (unit, path) pairs. ValueError where two units have one path."""
        ordered = sorted(units, key=lambda pair: pair[1])
        paths = tuple(path for _unit, path in ordered)
        if len(set(paths)) < len(paths):
            raise ValueError("two units with one path")
        stack: list[int] = []
        above = []
        for place, path in enumerate(paths):
            while stack and not path.startswith(paths[stack[-1]]):
                stack.pop()
            above.append(stack[-1] if stack else -1)
            stack.append(place)
        return cls(tuple(unit for unit, _path in ordered), paths, tuple(above))

    def index(self) -> dict[str, int]:
        """The place of each path."""
        return {path: place for place, path in enumerate(self.paths)}


def nearest(path: str, known: dict[str, int]) -> int:
    """The unit that a path belongs to: itself or the nearest above it, -1 for none. `known` is the index and remembers."""
    if path not in known:
        known[path] = next((known[head] for head in _heads(path) if head in known), -1)
    return known[path]


def _heads(path: str) -> Iterable[str]:
    """The path and those above it, the longest first."""
    for end in range(len(path), 0, -1):
        if path[end - 1] == "/":
            yield path[:end]
