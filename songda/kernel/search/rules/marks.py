"""Marks 命中标亮: where words stand in a text, and the piece of it around the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from songda.kernel.search.rules.folding import fold

Pieces = tuple[tuple[str, bool], ...]
"""Parts of a text in their order, each with whether it is a word that was asked for."""


def marked(text: str, words: Sequence[str]) -> Pieces:
    """The text in parts, the words (folded) marked."""
    places = _places(fold(text), words)
    cuts = [0, *(edge for place in places for edge in place), len(text)]
    parts = [(text[start:end], turn % 2 == 1) for turn, (start, end) in enumerate(pairwise(cuts))]
    return tuple(part for part in parts if part[0])


def snippet(text: str, words: Sequence[str], *, length: int = 90) -> Pieces:
    """About `length` characters around the first word, with words marked; empty where none stands in the text."""
    first = min((at for word in words if (at := fold(text).find(word)) >= 0), default=-1)
    if first < 0:
        return ()
    start = max(0, first - length // 3)
    piece = re.sub(r"\s+", " ", text[start : start + length])
    return marked(f"{'…' if start else ''}{piece}{'…' if start + length < len(text) else ''}", words)


def _places(folded: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the words, those that touch joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((one.start(), one.end()) for word in words for one in re.finditer(re.escape(word), folded)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
