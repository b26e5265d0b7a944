"""Expressions for readers 算式的写法: codes give way to the figures in words, and lead to them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from songda.office.indicators.rules.expressions import COUNT

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def spelled(expression: str, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pieces of an expression, each with the code it leads to (empty for signs): 17,075人 ÷ 8,084人 × 100 = 211.22%."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for name in _NAME.finditer(expression):
        pieces += [(expression[at : name.start()], ""), (words.get(name[0], name[0]), name[0])]
        at = name.end()
    pieces.append((expression[at:], ""))
    return [(text.replace(COUNT, "列举项数"), code) for text, code in pieces if text]
