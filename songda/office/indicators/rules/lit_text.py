"""A bulletin with its figures lit 点亮的正文: lines of pieces, each with the number of the figure it is, if it is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lit:
    """A run of text; `number`: of the figure that it is, None for the words between."""

    text: str
    number: int | None = None


def lit_lines(text: str, places: Mapping[tuple[int, int], int]) -> list[list[Lit]]:
    """The text line by line, blank lines left out; joined with line ends the pieces are the text. Spans do not overlap."""
    lines: list[list[Lit]] = [[]]
    for piece in _pieces(text, places):
        first, *rest = piece.text.split("\n")
        lines[-1] += [Lit(first, piece.number)] if first else []
        lines += [[Lit(part, piece.number)] if part else [] for part in rest]
    return [line for line in lines if any(piece.text.strip() for piece in line)]


def _pieces(text: str, places: Mapping[tuple[int, int], int]) -> Iterable[Lit]:
    at = 0
    for (start, end), number in sorted(places.items()):
        if start >= at:
            yield Lit(text[at:start])
            yield Lit(text[start:end], number)
            at = end
    yield Lit(text[at:])
