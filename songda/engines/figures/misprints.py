"""Misprints 错排: a rate, a growth or a total that one wrong digit parts from what its neighbours give, where no words say which belong together.

The words of a brief often leave the relation unsaid; that four digits agree but for one of them does not happen by chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from songda.engines.figures.checks import HUNDRED, Check, Sentence, is_misprint, plainly
from songda.engines.figures.mentions import Mention
from songda.engines.figures.ratios import GROWTH, is_reported
from songda.engines.figures.units import DURATIONS

_DIGITS = 4  # fewer agree by chance
_NEAR = 3
_NOT_COUNTED = DURATIONS | {"%", "百分点", "倍", "类", "条"}


def misprints(sentence: Sentence, settled: set[int]) -> list[Check]:
    """Rates whose relation nothing told: exactly one pair of counts near them gives the rate but for one misprint."""
    found: list[Check] = []
    for one in sentence.figures:
        if one.is_percent and one.start not in settled and not one.is_vague and _many_digits(one.value):
            pairs = list(_pairs(sentence, one))
            found += pairs if len(pairs) == 1 else []
    return found


def _many_digits(value: Decimal) -> bool:
    return len(value.as_tuple().digits) >= _DIGITS


def _pairs(sentence: Sentence, one: Mention) -> Iterator[Check]:
    counts = [
        other for other in sentence.figures if other.end <= one.start and other.family not in _NOT_COUNTED and not other.per
    ]
    growing = bool(GROWTH.search(one.lead[-14:]))
    if not growing and not is_reported(one):
        return
    for top, bottom in permutations(counts[-_NEAR:], 2):
        if top.family != bottom.family or not bottom.base or (not growing and top.base >= bottom.base):
            continue
        value = abs(top.base - bottom.base) / bottom.base * HUNDRED if growing else top.base / bottom.base * HUNDRED
        printed = round(value, -int(one.value.as_tuple().exponent))
        if printed != one.value and is_misprint(printed, one.value):
            note = f"{plainly(top.base)}与{plainly(bottom.base)}算得{plainly(printed)}%，文中写{plainly(one.value)}%，疑有一位数字有误。"
            yield Check("growth" if growing else "ratio", (one, top, bottom), one, value, False, note)
