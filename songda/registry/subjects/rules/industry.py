"""Industry codes 行业代码 of GB/T 4754 as written in registers: C, C37, 37, 371, 3711 or C3711."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CODE = re.compile(r"^([A-T]?)(\d{0,4})$")
# First division of each section; a division belongs to the section before it in this list (GB/T 4754-2017).
_FIRST = (
    (1, "A"), (6, "B"), (13, "C"), (44, "D"), (47, "E"), (51, "F"), (53, "G"), (61, "H"), (63, "I"), (66, "J"), (70, "K"),
    (71, "L"), (73, "M"), (76, "N"), (80, "O"), (83, "P"), (84, "Q"), (86, "R"), (91, "S"), (97, "T"),
)  # fmt: skip


def split(code: str) -> tuple[str, str]:
    """Section letter and digits of a code ('C3711' or '3711' → 'C', '3711'); two empty texts for something else."""
    found = _CODE.match(code.strip().upper())
    if found is None or found.group(0) == "":
        return "", ""
    letter, digits = found.groups()
    return letter or section_of(digits), digits


def section_of(digits: str) -> str:
    """The section of a code given in digits; empty below two digits or beyond the list."""
    if len(digits) < 2 or not 1 <= int(digits[:2]) <= 97:
        return ""
    return [letter for first, letter in _FIRST if first <= int(digits[:2])][-1]


def within(code: str, tops: Iterable[str]) -> bool:
    """Whether a code is one of `tops` or below one of them."""
    letter, digits = split(code)
    return any(_covers(top, letter, digits) for top in tops) if letter or digits else False


def above(code: str, tops: Iterable[str]) -> bool:
    """Whether a code is too broad to tell: some of `tops` lie below it."""
    letter, digits = split(code)
    return any(
        top[0].isdigit() and len(digits) < len(top) and top.startswith(digits) and section_of(top) == letter for top in tops
    )


def _covers(top: str, letter: str, digits: str) -> bool:
    return top == letter if top.isalpha() else bool(digits) and digits.startswith(top)


def divisions_of(section: str) -> tuple[int, int]:
    """First and last division of a section ('C' → 13, 43); (0, -1) for an unknown letter."""
    for place, (first, letter) in enumerate(_FIRST):
        if letter == section:
            return first, _FIRST[place + 1][0] - 1 if place + 1 < len(_FIRST) else first
    return 0, -1
