"""Lit spans 标注: a text cut into pieces, each knowing which spans cover it; overlapping spans share pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, half-open, called `key`; `doubt` marks what a person must still settle.

    One that is not `lit` is an anchor only: a place to jump to.
    """

    key: str
    start: int
    end: int
    doubt: bool = False
    lit: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text covered by exactly these spans (none: plain text). `begins`: the spans that begin here, as anchors."""

    text: str
    keys: tuple[str, ...] = ()
    doubt: bool = False
    begins: tuple[str, ...] = ()


def paragraphs(text: str, spans: Sequence[Span]) -> list[list[Piece]]:
    """The text as lines of pieces. Joined, the pieces of all lines are the text without its line ends; blank lines go."""
    lines: list[list[Piece]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(pieces(text, at, at + len(line), spans))
        at += len(line) + 1
    return lines


def pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Piece]:
    """The stretch start … end as pieces, cut wherever a span begins or ends."""
    inside = [span for span in spans if span.start < end and span.end > start and span.start < span.end]
    edges = sorted({start, end, *(min(max(edge, start), end) for span in inside for edge in (span.start, span.end))})
    return [_piece(text, left, right, inside) for left, right in pairwise(edges)]


def _piece(text: str, left: int, right: int, spans: Sequence[Span]) -> Piece:
    over = [span for span in spans if span.start <= left and span.end >= right]
    begins = tuple(span.key for span in over if span.start == left)
    keys = tuple(span.key for span in over if span.lit)
    return Piece(text[left:right], keys, any(span.doubt for span in over), begins)
