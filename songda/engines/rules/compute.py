"""Amounts 金额: a formula computed for one subject, in fen, with its steps in words.

A missing or stale input makes the amount 待核, never 0: `fen` is None and `missing` names what is lacking; the cap, if the
formula has one, stays as an upper bound to show (never to pay). Fractions are exact inside; one rounding at the end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.check import MONEY
from songda.engines.rules.check_numbers import NumberChecker
from songda.engines.rules.days import spell_day
from songda.engines.rules.facts import Facts
from songda.engines.rules.numbers import TESTS, Growth, number, order, round_to
from songda.engines.rules.show import show
from songda.engines.rules.sight import Gap, Sight
from songda.engines.rules.tell import decimal
from songda.engines.rules.units import Dimension, spell
from songda.engines.rules.verdict import Cause, Sum

_FEN = {"分": 1, "元": 100, "百元": 10_000, "万元": 1_000_000}


def compute(amount: tree.Amount, facts: Facts, *, on: dt.date, catalogue: Catalogue) -> Sum:
    """The sum a checked formula gives."""
    return _Computing(Sight(facts, on, catalogue), catalogue).sum(amount)


def limited(value: Fraction, limits: tuple[tree.Limit, ...]) -> Fraction:
    """A value after its limits, from left to right."""
    for limit in limits:
        value = min(value, limit.bound.value) if limit.upper else max(value, limit.bound.value)
    return value


def rounded_fen(value: Fraction, amount: tree.Amount) -> int:
    """A value of yuan in whole fen, rounded by the formula's own clause."""
    step = _FEN[amount.unit]
    return round_to(value * 100 / step, amount.mode) * step


def ceiling(number_: tree.Number) -> Fraction | None:
    """What a number can never exceed, by its own words (取小 with a literal), or None."""
    if isinstance(number_, tree.Literal):
        return number_.value
    if isinstance(number_, tree.Pick) and number_.function == "取小":
        return min((one for one in map(ceiling, number_.items) if one is not None), default=None)
    return None


class _Computing:
    """One formula for one subject: values, the steps that led there, and the gaps in the way."""

    def __init__(self, sight: Sight, catalogue: Catalogue) -> None:
        self.sight = sight
        self.catalogue = catalogue
        self.checker = NumberChecker(catalogue)

    def sum(self, amount: tree.Amount) -> Sum:
        looked = list(self._looked(amount.number))
        values = [self._value(one) for one in looked]
        steps = list(dict.fromkeys(line for one, value in zip(looked, values, strict=True) for line in self._line(one, value)))
        value = values[-1]
        if not isinstance(value, Fraction):
            gaps = dict.fromkeys(one.fact for one in values if isinstance(one, Gap))
            names = tuple(self.catalogue.by_code[fact].name for fact in gaps if fact in self.catalogue.by_code)
            return Sum(None, tuple(steps), names, self._bound(amount))
        for limit in amount.limits:
            value = limited(value, (limit,))
            steps.append(f"{show(limit, self.catalogue)} → {_words(value, MONEY)}")
        fen = rounded_fen(value, amount)
        steps.append(f"取整到{amount.unit}（{amount.mode}） → {_words(Fraction(fen, 100), MONEY)}")
        return Sum(fen, tuple(steps))

    def _value(self, node: tree.Number) -> Fraction | Growth | Gap:
        found: Fraction | Growth | Gap = number(node, self.catalogue)(self.sight)
        return found

    def _looked(self, node: tree.Number) -> Iterator[tree.Number]:
        """The numbers that count, innermost first: of a 分档 or 分类 only the chosen arm."""
        for part in self._parts(node):
            yield from self._looked(part)
        yield node

    def _parts(self, node: tree.Number) -> tuple[tree.Number, ...]:
        if isinstance(node, tree.Tiers):
            if node.sliced:
                return node.base, *(arm.result for arm in node.arms), node.other
            return node.base, *self._tier(node)
        if isinstance(node, tree.ByCode):
            return self._arm(node)
        if isinstance(node, tree.Arithmetic):
            return node.left, node.right
        if isinstance(node, tree.Pick):
            return node.items
        return (node.item,) if isinstance(node, tree.Whole) else ()

    def _tier(self, node: tree.Tiers) -> tuple[tree.Number, ...]:
        base = self._value(node.base)
        if isinstance(base, Gap):
            return ()
        hits = (one.result for one in node.arms if TESTS[one.operator](order(base, one.bound.value)))
        return (next(hits, node.other),)

    def _arm(self, node: tree.ByCode) -> tuple[tree.Number, ...]:
        code = self.sight.strictly(node.fact)
        if isinstance(code, Gap):
            return ()
        arms = dict(node.arms)
        lineage = self.catalogue.code_lists[self.catalogue.by_code[node.fact].code_list].lineage(code)
        chosen = next((arms[one] for one in lineage if one in arms), node.other)
        return () if chosen is None else (chosen,)

    def _line(self, node: tree.Number, value: Fraction | Growth | Gap) -> Iterator[str]:
        fact = getattr(node, "fact", "") or getattr(node, "series", "")
        if fact:
            yield self._source(fact)
        if not isinstance(node, tree.Literal | tree.Value):
            text = value.cause.value if isinstance(value, Gap) else self._told(node, value)
            yield f"{show(node, self.catalogue)} = {text}"

    def _told(self, node: tree.Number, value: Fraction | Growth) -> str:
        if isinstance(value, Growth):
            return f"由 {_words(value.base, MONEY)} 到 {_words(value.end, MONEY)}"
        return _words(value, self.checker.number(node))

    def _source(self, fact: str) -> str:
        seen = self.sight.strictly(fact)
        used = self.sight.used(fact, seen.cause if isinstance(seen, Gap) else Cause.NONE)
        about = [spell_day(used.as_of)] if used.as_of else []
        about += [one for one in (used.source, used.cause.value) if one]
        return f"{used.name}：{used.value or '未知'}" + (f"（{'，'.join(about)}）" if about else "")

    def _bound(self, amount: tree.Amount) -> Fraction | None:
        bound = ceiling(amount.number)
        for limit in amount.limits:
            if limit.upper:
                bound = limit.bound.value if bound is None else min(bound, limit.bound.value)
            elif bound is not None:
                bound = max(bound, limit.bound.value)
        return bound


def _words(value: Fraction, dimension: Dimension) -> str:
    if not dimension:
        return f"{decimal(value.numerator * 100, value.denominator)}%"
    return f"{decimal(value.numerator, value.denominator)}{spell(dimension)}"
