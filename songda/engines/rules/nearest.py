"""Nearest names 相近名称: what a writer may have meant by an unknown word."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, names: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Known names that look like `word`, best first: few edits apart (a third of the length), or one inside the other."""
    ranked = sorted((score, name) for name in set(names) if (score := _score(word, name)) is not None)
    return tuple(name for _, name in ranked[:most])


def _score(word: str, name: str) -> float | None:
    if len(word) < 2 or len(word) > 40:
        return None
    edits = distance(word, name)
    if edits <= max(1, max(len(word), len(name)) // 3) and edits < min(len(word), len(name)):
        return edits / max(len(word), len(name))
    if word in name:
        return 1 + (len(name) - len(word)) / 100
    if name in word and len(name) > 1:
        return 2 + (len(word) - len(name)) / 100
    return None


def distance(left: str, right: str) -> int:
    """Edit distance: insertions, deletions and replacements of one character."""
    row = list(range(len(right) + 1))
    for place, letter in enumerate(left, 1):
        above, row = row, [place]
        for column, other in enumerate(right, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (letter != other)))
    return row[-1]
