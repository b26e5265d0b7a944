"""Tiers of service (SVC-02): who has a named officer, who is looked after by a shared desk, who helps itself; and who should
take the firms that still lack an officer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from songda.deliveries.service.visits.states import Tier

LARGE = frozenset({"large", "大型"})


def tier_of(*, above_scale: bool | None, size: str, has_officer: bool, open_cases: int) -> Tier:
    """A named officer for firms above scale, large ones and those that have one; a shared desk while a matter is open."""
    if has_officer or above_scale or size in LARGE:
        return Tier.NAMED
    return Tier.DESK if open_cases else Tier.SELF


def proposals(gaps: Sequence[tuple[int, str]], loads: Mapping[int, int], reach: Mapping[int, str]) -> dict[int, int]:
    """For each firm without an officer (its id and area), the post that should take it: the least loaded within reach.

    Each proposal counts as load for the next, so that the work spreads. A firm that nobody reaches is left out.
    """
    carried = dict(loads)
    found: dict[int, int] = {}
    for firm, area in gaps:
        near = [post for post, path in reach.items() if area.startswith(path)]
        if near:
            chosen = min(near, key=lambda post: (carried.get(post, 0), post))
            carried[chosen] = carried.get(chosen, 0) + 1
            found[firm] = chosen
    return found


def spread(loads: Iterable[int]) -> int:
    """The difference between the heaviest and the lightest load."""
    carried = list(loads)
    return max(carried) - min(carried) if carried else 0
