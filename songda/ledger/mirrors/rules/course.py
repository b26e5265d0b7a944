"""The way from one state to another: the fewest steps that the machine allows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

Arrow = tuple[str, Sequence[str], str]
"""A step: its name, where it may start, where it leads."""


def way(arrows: Iterable[Arrow], start: str, target: str) -> tuple[str, ...] | None:
    """The names of the fewest steps from `start` to `target`, the first declared among equals; None where there is no way."""
    steps = [(name, frozenset(sources), end) for name, sources, end in arrows]
    found: dict[str, tuple[str, ...]] = {start: ()}
    open_states = deque([start])
    while open_states and target not in found:
        here = open_states.popleft()
        for name, sources, end in steps:
            if here in sources and end not in found:
                found[end] = (*found[here], name)
                open_states.append(end)
    return found.get(target)
