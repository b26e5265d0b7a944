"""Numbers computed 取数: a number of the tree as a closure over a `Sight`, exact, with a `Gap` where there is none.

All arithmetic is on Fractions of base units. Both sides of an operation are always looked at, so 0 × missing is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.sight import Gap, Sight
from songda.engines.rules.verdict import Cause
from songda.engines.rules.walk import names_of

Found = Any  # Fraction, Growth or Gap
Look = Callable[[Sight], Any]
Compute = Callable[[Sight], Found]


@dataclass(frozen=True, slots=True)
class Growth:
    """A compound growth rate over `years` steps, compared without its root."""

    base: Fraction
    end: Fraction
    years: int

    def sign(self, rate: Fraction) -> int:
        """-1, 0 or 1 as the growth is below, at or above `rate`: end against base × (1 + rate) ^ years."""
        step = 1 + rate
        power = abs(step) ** self.years
        return sign(self.end - self.base * (power if step >= 0 else -power))


def sign(value: Fraction) -> int:
    """-1, 0 or 1."""
    return (value > 0) - (value < 0)


def order(left: Found, right: Found) -> int:
    """-1, 0 or 1 as left is smaller than, equal to or greater than right; either may be a `Growth`, not both."""
    if isinstance(left, Growth):
        return left.sign(right)
    if isinstance(right, Growth):
        return -right.sign(left)
    return 1 if left > right else -1 if left < right else 0


TESTS: dict[str, Callable[[int], bool]] = {
    "≥": lambda side: side >= 0,
    ">": lambda side: side > 0,
    "≤": lambda side: side <= 0,
    "<": lambda side: side < 0,
    "=": lambda side: side == 0,
    "≠": lambda side: side != 0,
}


def look_for(*, lenient: bool) -> Callable[[str], Look]:
    """How a closure looks at a fact: inside 以最近值计 a stale value counts."""
    return _lenient if lenient else _strict


def _strict(fact: str) -> Look:
    return lambda sight: sight.strictly(fact)


def _lenient(fact: str) -> Look:
    return lambda sight: sight.as_it_stands(fact)


@lru_cache(maxsize=2048)
def number(node: tree.Number, catalogue: Catalogue, *, lenient: bool = False) -> Compute:
    """The closure of a number, made once: Fraction in base units, `Growth` (only 复合增长率) or `Gap`."""
    return _Compiler(catalogue, lenient=lenient).number(node)


class _Compiler:
    def __init__(self, catalogue: Catalogue, *, lenient: bool) -> None:
        self.catalogue = catalogue
        self.look = look_for(lenient=lenient)
        self._rules: dict[type[tree.Node], Callable[[Any], Compute]] = {
            tree.Literal: self._literal,
            tree.Value: lambda node: self.look(node.fact),
            tree.Arithmetic: self._arithmetic,
            tree.Pick: self._pick,
            tree.OverYears: self._over_years,
            tree.Tiers: self._tiers,
            tree.ByCode: self._by_code,
            tree.Whole: self._whole,
        }

    def number(self, node: tree.Number) -> Compute:
        return self._rules[type(node)](node)

    def _literal(self, node: tree.Literal) -> Compute:
        value = node.value
        return lambda _: value

    def _arithmetic(self, node: tree.Arithmetic) -> Compute:
        left, right = self.number(node.left), self.number(node.right)
        operate = _OPERATIONS[node.operator]
        zero = Gap(Cause.ZERO_DIVISOR, next(iter(names_of(node.right)), ""))

        def compute(sight: Sight) -> Found:
            one, other = left(sight), right(sight)
            gap = first_gap((one, other))
            if gap is not None:
                return gap
            return zero if node.operator == "÷" and not other else operate(one, other)

        return compute

    def _pick(self, node: tree.Pick) -> Compute:
        parts = [self.number(one) for one in node.items]
        choose = _CHOICES[node.function]

        def compute(sight: Sight) -> Found:
            values = [one(sight) for one in parts]
            return first_gap(values) or choose(values)

        return compute

    def _over_years(self, node: tree.OverYears) -> Compute:
        look, missing = self.look(node.series), Gap(Cause.MISSING, node.series)
        finish = _growth(node) if node.function.endswith("增长率") else _over(node)
        back = node.years + 1 if node.function.endswith("增长率") else node.years

        def compute(sight: Sight) -> Found:
            series = look(sight)
            if isinstance(series, Gap):
                return series
            years = (sight.on.year - back, sight.on.year - 1) if back > node.years else closed_years(sight, node.years)
            figures = [series.get(year) for year in years]
            return missing if None in figures else finish(figures)

        return compute

    def _tiers(self, node: tree.Tiers) -> Compute:
        base, other = self.number(node.base), self.number(node.other)
        arms = [(TESTS[one.operator], one.bound.value, self.number(one.result)) for one in node.arms]

        def compute(sight: Sight) -> Found:
            value = base(sight)
            if isinstance(value, Gap):
                return value
            return next((result for test, bound, result in arms if test(order(value, bound))), other)(sight)

        return self._sliced(node) if node.sliced else compute

    def _sliced(self, node: tree.Tiers) -> Compute:
        base = self.number(node.base)
        slices = [(low, high, self.number(rate)) for low, high, rate in slices_of(node)]

        def compute(sight: Sight) -> Found:
            value, rates = base(sight), [rate(sight) for _, _, rate in slices]
            gap = first_gap((value, *rates))
            if gap is not None:
                return gap
            return sum_of([width(value, low, high) * rate for (low, high, _), rate in zip(slices, rates, strict=True)])

        return compute

    def _by_code(self, node: tree.ByCode) -> Compute:
        look = self.look(node.fact)
        code_list = self.catalogue.code_lists[self.catalogue.by_code[node.fact].code_list]
        arms = {code: self.number(one) for code, one in node.arms}
        above = {code for arm in arms for code in code_list.lineage(arm)[1:]}
        other = self.number(node.other) if node.other is not None else None

        def compute(sight: Sight) -> Found:
            code = look(sight)
            if isinstance(code, Gap):
                return code
            if code in above:
                return Gap(Cause.TOO_BROAD, node.fact)
            arm = next((arms[one] for one in code_list.lineage(code) if one in arms), other)
            return arm(sight) if arm is not None else Gap(Cause.NOT_COMPARABLE, node.fact)

        return compute

    def _whole(self, node: tree.Whole) -> Compute:
        item = self.number(node.item)

        def compute(sight: Sight) -> Found:
            value = item(sight)
            return value if isinstance(value, Gap) else Fraction(round_to(value, node.mode))

        return compute


_OPERATIONS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda left, right: left + right,
    "−": lambda left, right: left - right,
    "×": lambda left, right: left * right,
    "÷": lambda left, right: left / right,
}


def sum_of(values: list[Fraction]) -> Fraction:
    """The exact sum."""
    return reduce(lambda left, right: left + right, values, Fraction(0))


_CHOICES: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "取小": min,
    "取大": max,
    "合计": sum_of,
}


def first_gap(values: Any) -> Gap | None:
    """The first gap among values."""
    return next((one for one in values if isinstance(one, Gap)), None)


def closed_years(sight: Sight, years: int) -> range:
    """The `years` closed calendar years before the day."""
    return range(sight.on.year - years, sight.on.year)


def round_to(value: Fraction, mode: tree.Rounding) -> int:
    """A whole number: 舍去 towards 0, 进位 away from 0, 四舍五入 halves away from 0."""
    whole, rest = divmod(abs(value), 1)
    up = rest > 0 if mode == "进位" else mode == "四舍五入" and rest * 2 >= 1
    return (int(whole) + up) * (-1 if value < 0 else 1)


Slice = tuple[Fraction | None, Fraction | None, tree.Number]


def slices_of(node: tree.Tiers) -> list[Slice]:
    """The slices of a 分段 from the lowest: lower end (None: no end), upper end, rate."""
    rising = not node.arms or node.arms[0].operator in "≤<"
    arms = node.arms if rising else tuple(reversed(node.arms))
    bounds = [one.bound.value for one in arms]
    rates = [*(one.result for one in arms), node.other] if rising else [node.other, *(one.result for one in arms)]
    return list(zip([None, *bounds], [*bounds, None], rates, strict=True))


def width(value: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    """How much of `value` lies in a slice; the lowest slice has no lower end."""
    top = value if high is None else min(value, high)
    return top if low is None else max(top - low, Fraction(0))


def _growth(node: tree.OverYears) -> Callable[[list[Fraction]], Found]:
    incomparable = Gap(Cause.NOT_COMPARABLE, node.series)

    def finish(figures: list[Fraction]) -> Found:
        base, end = figures
        if base <= 0:
            return incomparable
        return Growth(base, end, node.years) if node.function == "复合增长率" else (end - base) / base

    return finish


def _over(node: tree.OverYears) -> Callable[[list[Fraction]], Found]:
    return (lambda figures: sum_of(figures) / node.years) if node.function == "平均" else sum_of
