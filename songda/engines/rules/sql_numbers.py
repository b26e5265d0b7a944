"""Numbers of a rule as exact SQL quotients over the wide table (see `sql` for its columns)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.days import day_number
from songda.engines.rules.numbers import slices_of
from songda.engines.rules.sql_terms import NOTHING, Algebra, NotPortableError, Ratio, Term


def name(column: str) -> str:
    """A column name as SQL."""
    return '"' + column.replace('"', '""') + '"'


def quoted(text: str) -> str:
    """A text literal as SQL."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Growing:
    """A 复合增长率: base and end figures over one divisor, and its steps."""

    base: Term
    end: Term
    years: int


class SqlNumbers:
    """Writes numbers for one catalogue, day and dialect; `lenient` inside 以最近值计."""

    def __init__(self, catalogue: Catalogue, algebra: Algebra, on: dt.date, *, lenient: bool) -> None:
        self.catalogue = catalogue
        self.algebra = algebra
        self.on = on
        self.lenient = lenient
        self._rules: dict[type[tree.Node], Callable[[Any], Ratio]] = {
            tree.Literal: lambda node: self.algebra.exactly(node.value),
            tree.Value: lambda node: self._stored(node.fact),
            tree.Arithmetic: lambda node: self.algebra.arithmetic(node.operator, self.number(node.left), self.number(node.right)),
            tree.Pick: self._pick,
            tree.OverYears: self._over_years,
            tree.Tiers: self._tiers,
            tree.ByCode: self._by_code,
            tree.Whole: lambda node: Ratio(algebra.rounded(self.number(node.item), node.mode), algebra.constant(1)),
        }

    def number(self, node: tree.Number) -> Ratio:
        """The exact quotient of a number."""
        return self._rules[type(node)](node)

    def usable(self, fact: str, part: str = "") -> str:
        """A fact's column where its value is fresh enough, else NULL."""
        column = name(f"{fact}__{part}" if part else fact)
        fresh = self.catalogue.by_code[fact].freshness_days
        if fresh is None or self.lenient:
            return column
        as_of = name(f"{fact}__asof")
        return f"(CASE WHEN {as_of} IS NULL OR {day_number(self.on)} - {as_of} <= {fresh} THEN {column} END)"

    def compared(self, operator: str, left: tree.Number, right: tree.Number) -> str:
        """left op right as a boolean expression."""
        if is_growth(left):
            return self._growth_against(operator, left, self.number(right))
        if is_growth(right):
            return self._growth_against(_MIRRORED[operator], right, self.number(left))
        if isinstance(left, tree.Value) and isinstance(right, tree.Literal):
            return self._threshold(operator, left, right.value)
        return self.algebra.compared(operator, self.number(left), self.number(right))

    def figure(self, series: str, year: int) -> Term:
        """One year's figure as stored."""
        return self.algebra.column(self.usable(series, str(year)))

    def scale(self, fact: str) -> Term:
        """Stored integers per base unit of a fact."""
        return self.algebra.constant(self.catalogue.by_code[fact].measure.scale)

    def _stored(self, fact: str) -> Ratio:
        return Ratio(self.algebra.column(self.usable(fact)), self.scale(fact))

    def _threshold(self, operator: str, left: tree.Value, bound: Fraction) -> str:
        """A stored number against a literal needs no arithmetic: the literal becomes the nearest stored integer."""
        return stored_against(operator, self.usable(left.fact), bound * self.catalogue.by_code[left.fact].measure.scale)

    def _pick(self, node: tree.Pick) -> Ratio:
        terms, below = self.algebra.common([self.number(one) for one in node.items])
        if node.function == "合计":
            return Ratio(reduce(self.algebra.plus, terms), below)
        return Ratio(self.algebra.extreme(node.function, terms), below)

    def _over_years(self, node: tree.OverYears) -> Ratio:
        if node.function.endswith("增长率"):
            return self._yearly_growth(node)
        figures = [self.figure(node.series, year) for year in range(self.on.year - node.years, self.on.year)]
        share = self.algebra.constant(node.years if node.function == "平均" else 1)
        return Ratio(reduce(self.algebra.plus, figures), self.algebra.times(self.scale(node.series), share))

    def _growing(self, node: tree.OverYears) -> Growing:
        ends = [self.figure(node.series, year) for year in (self.on.year - 1 - node.years, self.on.year - 1)]
        return Growing(ends[0], ends[1], node.years)

    def _yearly_growth(self, node: tree.OverYears) -> Ratio:
        if is_growth(node):
            raise NotPortableError("复合增长率只能直接比较")
        found = self._growing(node)
        risen = self.algebra.plus(found.end, found.base, "-")
        above = Term(f"(CASE WHEN {found.base.text} > 0 THEN {risen.text} END)", risen.reach)
        return Ratio(above, found.base)

    def _growth_against(self, operator: str, node: Any, rate: Ratio) -> str:
        """end × t^n op base × ±|s|^n, where 1 + rate = s ÷ t; unknown where the base is not positive."""
        found, algebra = self._growing(node), self.algebra
        step = algebra.arithmetic("+", algebra.exactly(Fraction(1)), rate)
        if step.above.constant is not None and step.below.constant is not None:
            step = algebra.exactly(Fraction(step.above.constant, step.below.constant))
        power = algebra.power(step.above, found.years)
        if found.years % 2 == 0:
            size = _size(step.above, algebra)
            power = algebra.times(step.above, algebra.power(size, found.years - 1))
        left = algebra.times(found.end, algebra.power(step.below, found.years))
        test = algebra.compared(
            operator, Ratio(left, algebra.constant(1)), Ratio(algebra.times(found.base, power), algebra.constant(1))
        )
        return f"(CASE WHEN {found.base.text} > 0 THEN {test} END)"

    def _tiers(self, node: tree.Tiers) -> Ratio:
        if node.sliced:
            return self._slices(node)
        tests = [self.compared(arm.operator, node.base, arm.bound) for arm in node.arms]
        arms = [(test, self.number(arm.result)) for test, arm in zip(tests, node.arms, strict=True)]
        return self.algebra.chosen([(f"{tests[0]} IS NULL", NOTHING), *arms], self.number(node.other))

    def _slices(self, node: tree.Tiers) -> Ratio:
        base = self.number(node.base)
        if base.below.constant is None:
            raise NotPortableError("分段的基数不能是除法的结果")
        slices = slices_of(node)
        ends = [end for low, high, _ in slices for end in (low, high) if end is not None]
        shared = math.lcm(base.below.constant, *(end.denominator for end in ends))
        value = self.algebra.times(base.above, self.algebra.constant(shared // base.below.constant))
        parts = [
            self.algebra.arithmetic(
                "×", Ratio(self._width(value, low, high, shared), self.algebra.constant(shared)), self.number(rate)
            )
            for low, high, rate in slices
        ]
        return reduce(lambda left, right: self.algebra.arithmetic("+", left, right), parts)

    def _width(self, value: Term, low: Fraction | None, high: Fraction | None, shared: int) -> Term:
        """How much of `value` (counted in 1/shared) lies in a slice."""
        cases = [] if low is None else [(f"{value.text} <= {int(low * shared)}", self.algebra.constant(0))]
        if high is not None:
            full = self.algebra.constant(int((high - (low or 0)) * shared))
            cases.append((f"{value.text} > {int(high * shared)}", full))
        rest = value if low is None else self.algebra.plus(value, self.algebra.constant(int(low * shared)), "-")
        return self.algebra.choice(cases, rest)

    def _by_code(self, node: tree.ByCode) -> Ratio:
        code_list = self.catalogue.code_lists[self.catalogue.by_code[node.fact].code_list]
        arms = dict(node.arms)
        above = {code for arm in arms for code in code_list.lineage(arm)[1:]}
        column = self.usable(node.fact)
        unknown = f"{column} IS NULL" + (f" OR {column} IN ({listed(above)})" if above else "")
        cases = [(unknown, NOTHING)]
        for arm, result in arms.items():
            held = {code for code in (*code_list.names, arm) if _nearest(code_list.lineage(code), arms) == arm}
            cases.append((f"{column} IN ({listed(held)})", self.number(result)))
        return self.algebra.chosen(cases, NOTHING if node.other is None else self.number(node.other))


_MIRRORED = {"≥": "≤", ">": "<", "≤": "≥", "<": ">", "=": "=", "≠": "≠"}
_FAR = 10**18


def stored_against(operator: str, column: str, bound: Fraction) -> str:
    """A stored integer against a bound that need not be whole."""
    whole = bound.denominator == 1
    nearest = {"≥": math.ceil, "<": math.ceil, ">": math.floor, "≤": math.floor}.get(operator, math.floor)(bound)
    limit = max(min(nearest, _FAR), -_FAR)
    if operator in "=≠" and not whole:
        return f"(CASE WHEN {column} IS NOT NULL THEN {'FALSE' if operator == '=' else 'TRUE'} END)"
    sign = {"≥": ">=", ">": ">", "≤": "<=", "<": "<", "=": "=", "≠": "<>"}[operator]
    return f"({column} {sign} {limit})"


def listed(codes: set[str] | frozenset[str]) -> str:
    """Codes as the inside of IN ( )."""
    return ", ".join(quoted(one) for one in sorted(codes))


def is_growth(node: tree.Number) -> bool:
    """Is this the one number without an exact value?"""
    return isinstance(node, tree.OverYears) and node.function == "复合增长率"


def _nearest(lineage: tuple[str, ...], arms: dict[str, tree.Number]) -> str | None:
    return next((one for one in lineage if one in arms), None)


def _size(term: Term, algebra: Algebra) -> Term:
    return algebra.constant(abs(term.constant)) if term.constant is not None else Term(f"ABS({term.text})", term.reach)
