"""Relations of a bulletin written out 核对的写法: 17075人 ÷ 8084人 = 211.22%, with what the text prints and whether it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from songda.kernel.words import gettext as _
from songda.office.indicators.rules.checks import rounded
from songda.office.indicators.rules.drafts import parted
from songda.office.indicators.states import Outcome

_SIGNS = {"sum": " + ", "difference": " − ", "ratio": " ÷ ", "product": " × ", "average": " ÷ "}


@dataclass(frozen=True, slots=True)
class Spelled:
    """One relation: the sum worked out, what is printed, how it came out, and the numbers of the figures in it."""

    words: str
    printed: str
    outcome: str
    note: str
    members: tuple[int, ...]


def spelled(relation: Mapping[str, Any], text: str, numbers: Mapping[int, int], units: Mapping[int, str]) -> Spelled:
    """A relation as stored. `numbers` and `units`: of the figures, by where they start."""
    unit = units.get(relation["spans"][0][0], "")
    quotes = ["".join(text[start:end].split()) for start, end in relation["spans"]]
    outcome = {True: Outcome.HOLDS, False: Outcome.FAILS}.get(relation["holds"], Outcome.OPEN)
    members = tuple(numbers[start] for start, _end in relation["spans"] if start in numbers)
    return Spelled(_words(relation, quotes, unit), quotes[0], outcome.value, relation["note"], members)


def _words(relation: Mapping[str, Any], quotes: list[str], unit: str) -> str:
    kind, parts = relation["kind"], quotes[1:]
    numbers = [Fraction(one) for one in relation["numbers"][1:]]
    computed = Fraction(relation["computed"])
    if kind == "subset":
        return _("%(part)s 是 %(whole)s 的一部分") % {"part": quotes[0], "whole": "、".join(parts)}
    if kind == "growth" and len(parts) == 2:
        return f"{_growth(parts, numbers, computed)} = {rounded(computed, 4)}%"
    if kind == "average" or (kind == "difference" and computed < 0):
        parts = parts[::-1]  # the whole by the count, the larger less the smaller
    factor, _base = parted(unit)
    return f"{_SIGNS.get(kind, '、').join(parts)} = {rounded(abs(computed) / factor, 4)}{unit}"


def _growth(parts: list[str], numbers: list[Fraction], computed: Fraction) -> str:
    """From now and before, or from now and the step between them."""
    now, other = numbers
    if other and abs((now - other) / other * 100 - computed) < Fraction(1, 100):
        return f"({parts[0]} − {parts[1]}) ÷ {parts[1]}"
    return f"{parts[1]} ÷ ({parts[0]} {'−' if computed > 0 else '+'} {parts[1]})"
