"""Places of a briefing 名额."""

from __future__ import annotations

from collections.abc import Collection


def free_place(capacity: int | None, taken: Collection[int]) -> int | None:
    """The smallest place not taken; None where all of `capacity` are (None: as many as come)."""
    place = next(one for one in range(1, len(taken) + 2) if one not in taken)
    return place if capacity is None or place <= capacity else None
