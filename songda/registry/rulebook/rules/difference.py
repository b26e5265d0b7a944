"""What changed between two versions of a rule 版本差异, condition by condition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """Leaf texts of the older version that are gone, of the newer that are added, and those in both.

    `regrouped`: the same leaves, but joined otherwise (且 for 或, other brackets, another order).
    """

    gone: tuple[str, ...]
    added: tuple[str, ...]
    kept: tuple[str, ...]
    regrouped: bool


def difference(older: Sequence[str], newer: Sequence[str], *, same: bool) -> Difference:
    """Compare leaf texts, each as often as it stands; `same` says whether the whole rules are equal."""
    before, after = Counter(older), Counter(newer)
    gone = tuple(before_only(older, before - after))
    added = tuple(before_only(newer, after - before))
    kept = tuple((before & after).elements())
    return Difference(gone, added, kept, not same and not gone and not added)


def before_only(texts: Sequence[str], left: Counter[str]) -> list[str]:
    """The texts counted in `left`, in their own order."""
    found = []
    for text in texts:
        if left[text] > 0:
            left[text] -= 1
            found.append(text)
    return found
