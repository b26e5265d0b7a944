"""A quote with its number lit 点亮: the words before it, the number as written, the words after."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Piece = tuple[str, bool]


def lit(quote: str, written: str, items: Sequence[str] = ()) -> list[Piece]:
    """Pieces of the quote, each with whether it is lit; joined they are the quote. Where no number is written, the items are."""
    spans = _spans(quote, [written] if written else list(items))
    edges = sorted({0, len(quote), *(edge for span in spans for edge in span)})
    return [(quote[left:right], any(start <= left < end for start, end in spans)) for left, right in pairwise(edges)]


def _spans(quote: str, words: Sequence[str]) -> list[tuple[int, int]]:
    found, at = [], 0
    for word in words:
        start = quote.find(word, at)
        if start >= 0:
            at = start + len(word)
            found.append((start, at))
    return found
