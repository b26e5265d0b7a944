"""Sentences and clauses 句与分句 of a stretch of text, by span; brackets and quotation marks hold together."""

from __future__ import annotations

import re
from functools import lru_cache

Span = tuple[int, int]
_OPEN, _SHUT = "（(〔[【《“", "）)〕]】》”"
_COMMA = re.compile(r"[，。；：;\n]|(?<!\d),|,(?!\d)|:(?!\d)")


def parts_at(text: str, start: int, end: int, marks: str) -> tuple[Span, ...]:
    """Spans between the `marks` that stand outside brackets; each span keeps its closing mark."""
    found: list[Span] = []
    depth, begin = 0, start
    for match in _signs(marks).finditer(text, start, end):
        sign = match.group()
        if sign in _OPEN:
            depth += 1
        elif sign in _SHUT:
            depth = max(0, depth - 1)
        elif sign == "\n":
            depth = 0
        if (sign in marks and depth == 0) or sign == "\n":
            found.append((begin, match.end()))
            begin = match.end()
    found.append((begin, end))
    return tuple((left, right) for left, right in found if text[left:right].strip())


@lru_cache(maxsize=32)
def _signs(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(marks + _OPEN + _SHUT)}\n]")


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Sentences, ended by 。 or the end of a line."""
    return parts_at(text, start, end, "。！？")


def clause_around(text: str, start: int, end: int, low: int, high: int) -> Span:
    """The clause within `[low, high)` that holds the span, between commas and stops."""
    left = low
    for mark in _COMMA.finditer(text, low, start):
        left = mark.end()
    after = _COMMA.search(text, end, high)
    return left, after.start() if after else high
