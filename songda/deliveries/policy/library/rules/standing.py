"""How documents may stand to each other 上下位关系: levels in their order, and no circles (POL-04)."""

from __future__ import annotations

from collections.abc import Iterable

RANK = {"central": 0, "province": 1, "city": 2, "district": 3, "park": 4}


def may_implement(lower_level: str, upper_level: str) -> bool:
    """Whether a document of one level may implement or add to one of the other: only upward or sideways."""
    return RANK[lower_level] >= RANK[upper_level]


def closes_circle(lower: int, upper: int, pairs: Iterable[tuple[int, int]]) -> bool:
    """Whether lower → upper would close a circle with the (lower, upper) pairs there are, itself included."""
    above: dict[int, set[int]] = {}
    for low, high in pairs:
        above.setdefault(low, set()).add(high)
    seen: set[int] = set()
    waiting = [upper]
    while waiting:
        at = waiting.pop()
        if at == lower:
            return True
        if at not in seen:
            seen.add(at)
            waiting.extend(above.get(at, ()))
    return False
