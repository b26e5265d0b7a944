"""The number expressions of the rule tree, evaluated by column."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any

from songda.engines.match.codes import flags_of, runs_above, runs_within
from songda.engines.match.column import Column
from songda.engines.match.ints import Ints
from songda.engines.match.numbers import Num, compare, spread, worth
from songda.engines.match.rails import Flags, Words, both, pack
from songda.engines.match.sight import MatchError, Sight
from songda.engines.rules.tree import (
    Arithmetic,
    ByCode,
    Literal,
    Number,
    OverYears,
    Pick,
    Tiers,
    Value,
    Whole,
)

MIRRORED = {"≥": "≤", ">": "<", "≤": "≥", "<": ">", "=": "=", "≠": "≠"}


def figure(node: Number, sight: Sight) -> Num:
    """The value of a number expression for every subject; missing where any input that it looks at is missing."""
    return _FIGURES[type(node)](node, sight)


def of_column(fact: str, column: Column | None, sight: Sight) -> Num:
    """A column's stored integers in base units."""
    if column is None:
        return Num(Fraction(0), known=sight.nowhere())
    values = Ints.of(column.data, column.reach)
    return Num(Fraction(1, sight.scale(fact)), values, known=column.known)


def of_year(series: str, year: int, sight: Sight) -> Num:
    """The figure of one year."""
    return of_column(series, sight.column(series, str(year)), sight)


def relation(operator: str, left: Number, right: Number, sight: Sight) -> tuple[Flags, Words | None]:
    """Where two numbers stand in this relation, and where both are known (None: everywhere)."""
    if _is_compound(right) and not _is_compound(left):
        return relation(MIRRORED[operator], right, left, sight)
    if isinstance(left, OverYears) and _is_compound(left):
        one, other = _grown(left, right, sight)
    else:
        one, other = figure(left, sight), figure(right, sight)
    return compare(operator, one, other), both(one.known, other.known)


def _grown(growth: OverYears, rate: Number, sight: Sight) -> tuple[Num, Num]:
    """What to compare for a compound growth: its end with base × (1+r)^N; for 1+r < 0 the power keeps the sign."""
    if _is_compound(rate):
        raise MatchError("复合增长率只能与一个比率比较，不能与另一个复合增长率比较")
    base, end = _ends(growth, sight)
    step = figure(rate, sight).plus(Num.of(Fraction(1)))
    return end, base.times(step.signed_power(growth.years))


def _is_compound(node: Number) -> bool:
    return isinstance(node, OverYears) and node.function == "复合增长率"


def _ends(node: OverYears, sight: Sight) -> tuple[Num, Num]:
    """Base and end of a growth; the base is known only where it is positive."""
    last = sight.on.year - 1
    base = of_year(node.series, last - node.years, sight)
    positive = pack(spread(compare(">", base, Num.of(Fraction(0))), sight.n))
    return base.known_in(both(base.known, positive)), of_year(node.series, last, sight)


def _literal(node: Literal, _sight: Sight) -> Num:
    return Num.of(worth(node))


def _value(node: Value, sight: Sight) -> Num:
    return of_column(node.fact, sight.column(node.fact), sight)


def _arithmetic(node: Arithmetic, sight: Sight) -> Num:
    left, right = figure(node.left, sight), figure(node.right, sight)
    if node.operator == "×":
        return left.times(right)
    if node.operator == "÷":
        return left.divided(right, sight.n)
    return left.plus(right, 1 if node.operator == "+" else -1)


def _pick(node: Pick, sight: Sight) -> Num:
    items = [figure(item, sight) for item in node.items]
    if node.function == "合计":
        return _total(items)
    operator = "≤" if node.function == "取小" else "≥"
    return reduce(lambda left, right: extreme(operator, left, right, sight.n), items)


def extreme(operator: str, left: Num, right: Num, n: int) -> Num:
    """The left where it stands in this relation to the right, else the right; missing where either is."""
    taken = left.where(compare(operator, left, right), right, n)
    return taken.known_in(both(left.known, right.known))


def _over_years(node: OverYears, sight: Sight) -> Num:
    if node.function == "复合增长率":
        raise MatchError("复合增长率没有精确数值，只能直接与一个比率比较")
    if node.function == "同比增长率":
        base, end = _ends(node, sight)
        return end.plus(base, -1).divided(base, sight.n)
    last = sight.on.year - 1
    total = _total([of_year(node.series, last - back, sight) for back in range(node.years)])
    return total if node.function == "合计" else total.times(Num.of(Fraction(1, node.years)))


def _tiers(node: Tiers, sight: Sight) -> Num:
    if node.sliced:
        return _slices(node, figure(node.base, sight), sight)
    chosen = figure(node.other, sight)
    known = None if node.arms else figure(node.base, sight).known
    for arm in reversed(node.arms):
        falls, known = relation(arm.operator, node.base, arm.bound, sight)
        chosen = figure(arm.result, sight).where(falls, chosen, sight.n)
    return chosen.known_in(both(chosen.known, known))


def _slices(node: Tiers, base: Num, sight: Sight) -> Num:
    """Every slice of the base at its own rate; arms run upwards here, the lowest slice has no lower end."""
    upwards = node.arms[0].operator in ("≤", "<")
    arms = node.arms if upwards else tuple(reversed(node.arms))
    bounds = [Num.of(worth(arm.bound)) for arm in arms]
    rates = [arm.result for arm in arms]
    rates = [*rates, node.other] if upwards else [node.other, *rates]
    reached = [extreme("≤", base, bound, sight.n) for bound in bounds] + [base]
    parts = [reached[0], *(upto.plus(below, -1) for below, upto in pairwise(reached))]
    return _total([part.times(figure(rate, sight)) for part, rate in zip(parts, rates, strict=True)])


def _by_code(node: ByCode, sight: Sight) -> Num:
    """From the highest arm down, so that the nearest one has the last word; a code above an arm has no number."""
    column = sight.column(node.fact)
    chosen = Num(Fraction(0), known=sight.nowhere()) if node.other is None else figure(node.other, sight)
    if column is None or not column.names:
        return Num(Fraction(0), known=sight.nowhere())
    codes = sight.codes(node.fact)
    for arm, result in sorted(node.arms, key=lambda one: len(codes.lineage(one[0])) if codes else 1):
        chosen = figure(result, sight).where(flags_of(runs_within((arm,), column), column), chosen, sight.n)
    broad = runs_above((arm for arm, _ in node.arms), column, codes)
    known = both(column.known, ~pack(flags_of(broad, column))) if broad else column.known
    return chosen.known_in(both(chosen.known, known))


def _whole(node: Whole, sight: Sight) -> Num:
    return figure(node.item, sight).whole(node.mode)


def _total(items: list[Num]) -> Num:
    return reduce(lambda left, right: left.plus(right), items)


_FIGURES: dict[type, Callable[[Any, Sight], Num]] = {
    Literal: _literal,
    Value: _value,
    Arithmetic: _arithmetic,
    Pick: _pick,
    OverYears: _over_years,
    Tiers: _tiers,
    ByCode: _by_code,
    Whole: _whole,
}
