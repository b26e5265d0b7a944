"""Expressions for readers 算式的写法: codes give way to the figures in words, and lead to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from songda.kernel.words import gettext as _
from songda.office.indicators.rules.expressions import ALIKE, COUNT

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Named:
    """A figure as others speak of it."""

    code: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an expression; with a figure, the one it stands for."""

    text: str
    figure: Named | None = None


def spelled(expression: str, figures: Mapping[str, Named]) -> list[Piece]:
    """17,075人 ÷ 8,084人 × 100 = 211.22%; where meanings are compared, the labels too. An unknown code stays a code."""
    pieces: list[Piece] = []
    at, labelled = 0, expression.startswith(ALIKE)
    for name in _NAME.finditer(expression):
        figure = figures.get(name[0])
        words = f"{figure.label} {figure.words}" if figure and labelled else figure.words if figure else name[0]
        pieces += [_sign(expression[at : name.start()]), Piece(words, figure)]
        at = name.end()
    return [piece for piece in (*pieces, _sign(expression[at:])) if piece.text]


def _sign(text: str) -> Piece:
    return Piece(text.replace(COUNT, _("列举项数")).replace(ALIKE, _("口径相同")))
