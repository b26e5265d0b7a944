"""Which indicator a figure may be of 可能的指标: by the words they share, among those counted in the same unit. A suggestion, never a decision."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from songda.office.indicators.rules.definitions import Definition
from songda.office.indicators.rules.drafts import in_unit

_LEAST = Fraction(1, 2)  # so much of a label's pairs of letters must stand in the words around the figure


def likely(words: str, unit: str, known: Iterable[Definition]) -> str:
    """The code of the likeliest indicator, empty where none shares enough."""
    there = set(pairwise(words))
    best, most = "", _LEAST
    for one in known:
        pairs = set(pairwise(one.label))
        share = Fraction(len(pairs & there), len(pairs)) if pairs else Fraction(0)
        if share > most and in_unit(Fraction(1), unit, one.unit) is not None:
            best, most = one.code, share
    return best
