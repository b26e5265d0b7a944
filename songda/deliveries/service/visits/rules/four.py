"""“四到位” (SVC-41): four questions of a market, each true by evidence alone; nobody ticks them by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: what it is, and where it can be seen."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Item:
    """One of the four: its words, and the evidence it stands on (none: not in place)."""

    label: str
    proofs: tuple[Proof, ...]
    lacks: str

    @property
    def in_place(self) -> bool:
        """Whether there is evidence."""
        return bool(self.proofs)


def all_in_place(items: tuple[Item, ...]) -> bool:
    """Whether all of them are."""
    return bool(items) and all(item.in_place for item in items)
