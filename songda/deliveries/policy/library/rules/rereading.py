"""Reading again 重读: which stored pieces the new reading renews, which it adds, which it drops, and which nobody touches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Held:
    """A stored piece. `fixed`: a person's, left as it is. `anchors`: places in it that a renewal must keep inside it
    (also: it is not dropped while there are any). `linked`: it is not dropped for another reason."""

    key: int
    start: int
    end: int
    number: str = ""
    fixed: bool = False
    anchors: tuple[Span, ...] = ()
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Fresh:
    """A piece as read now."""

    start: int
    end: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """`renewed`: index of a fresh piece → key of the stored piece it renews; `added`: indexes; `dropped`, `fixed`: keys."""

    renewed: dict[int, int]
    added: tuple[int, ...]
    dropped: tuple[int, ...]
    fixed: tuple[int, ...]


def plan(held: Sequence[Held], fresh: Sequence[Fresh]) -> Plan:
    """Pair stored pieces with fresh ones by place, then by number and overlap. Fresh pieces on a fixed one's place are not taken.

    A piece that could only be renewed or dropped by losing an anchor becomes fixed, and the rest is paired anew.
    """
    while True:
        renewed = _paired([one for one in held if not one.fixed], fresh, [(one.start, one.end) for one in held if one.fixed])
        by_key = {key: fresh[at] for at, key in renewed.items()}
        stuck = {one.key for one in held if not one.fixed and _would_lose(one, by_key.get(one.key))}
        if not stuck:
            break
        held = [replace(one, fixed=True) if one.key in stuck else one for one in held]
    fixed = [one for one in held if one.fixed]
    blocked = Blocked((one.start, one.end) for one in fixed)
    added = tuple(at for at, one in enumerate(fresh) if at not in renewed and not blocked.meets(one.start, one.end))
    dropped = tuple(one.key for one in held if not one.fixed and one.key not in by_key)
    return Plan(renewed, added, dropped, tuple(one.key for one in fixed))


class Blocked:
    """Places joined where they overlap, to be asked whether a stretch meets any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start < self.ends[-1]:
                self.ends[-1] = max(end, self.ends[-1])
            else:
                self.starts.append(start)
                self.ends.append(end)

    def meets(self, start: int, end: int) -> bool:
        """Whether any character of the stretch lies in one of the places."""
        at = bisect_left(self.starts, end) - 1
        return at >= 0 and self.ends[at] > start


def _would_lose(one: Held, renewal: Fresh | None) -> bool:
    if renewal is None:
        return one.linked or bool(one.anchors)
    return any(start < renewal.start or end > renewal.end for start, end in one.anchors)


def _paired(open_pieces: Sequence[Held], fresh: Sequence[Fresh], fixed: Iterable[Span]) -> dict[int, int]:
    blocked = Blocked(fixed)
    free = [at for at, one in enumerate(fresh) if not blocked.meets(one.start, one.end)]
    exact = {(one.start, one.end): one.key for one in open_pieces}
    pairs = {at: exact[place] for at in free if (place := (fresh[at].start, fresh[at].end)) in exact}
    taken = set(pairs.values())
    rest = sorted((one for one in open_pieces if one.key not in taken), key=lambda one: one.start)
    starts = [one.start for one in rest]
    for at in free:
        if at in pairs:
            continue
        near = _near(rest, starts, fresh[at])
        best = max((one for one in near if one.key not in taken), key=lambda one: _closeness(one, fresh[at]), default=None)
        if best is not None:
            pairs[at] = best.key
            taken.add(best.key)
    return pairs


def _near(rest: Sequence[Held], starts: Sequence[int], one: Fresh) -> list[Held]:
    """Those that overlap the fresh piece; stored pieces that may still be renewed do not overlap each other."""
    first = max(bisect_right(starts, one.start) - 1, 0)
    return [other for other in rest[first : bisect_left(starts, one.end)] if other.end > one.start]


def _closeness(held: Held, one: Fresh) -> tuple[bool, int]:
    return held.number == one.number, min(held.end, one.end) - max(held.start, one.start)
