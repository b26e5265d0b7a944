"""Where one fact must stand to turn one leaf: boundary values 临界值, found by solving for one unknown and then tested.

A comparison is solved where it is linear in the fact, or falls with 1 ÷ fact (研发费用 ÷ 营业收入 in 营业收入). What cannot be
solved has no remedy here; nothing is guessed, for every value is judged by the leaf itself before it is offered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue, Kind
from songda.engines.rules.facts import Datum, Facts
from songda.engines.rules.leaves import Decide
from songda.engines.rules.numbers import Growth, number
from songda.engines.rules.sight import Gap, Sight
from songda.engines.rules.walk import names_of


class Solver:
    """Solves leaves over numbers for one subject on one day; every fact is taken as it stands."""

    def __init__(self, facts: Facts, on: dt.date, catalogue: Catalogue) -> None:
        self.facts = facts
        self.on = on
        self.catalogue = catalogue

    def values(self, leaf: tree.Compare | tree.Between, test: Decide, *, want: bool) -> Iterator[tuple[str, Datum]]:
        """For each fact of the leaf, the value nearest to its present one that makes the leaf answer as wanted."""
        for fact in names_of(leaf):
            if self.catalogue.by_code[fact].kind not in (Kind.NUM, Kind.SERIES):
                continue
            now = self._now(fact)
            fitting = [one for one in self._boundaries(leaf, fact) if test(self._sight(fact, one)) is want]
            if fitting:
                yield fact, self._datum(fact, min(fitting, key=lambda one: (abs(one - now), one)))

    def _boundaries(self, leaf: tree.Compare | tree.Between, fact: str) -> Iterator[Fraction]:
        """Values on, just below and just above the point where a side of the leaf turns."""
        step = Fraction(1, self.catalogue.by_code[fact].measure.scale)
        for left, right in _sides(leaf):
            root = self._root(left, right, fact)
            if root is not None:
                below = root // step * step
                yield from (below - step, below, below + step, below + 2 * step)

    def _root(self, left: tree.Number, right: tree.Number, fact: str) -> Fraction | None:
        growth = self._found(left, fact, self._now(fact))
        if isinstance(growth, Growth):
            rate = self._found(right, fact, self._now(fact))
            step = None if isinstance(rate, Gap) else 1 + rate
            return (
                None if step is None else growth.base * (abs(step) ** growth.years if step >= 0 else -(abs(step) ** growth.years))
            )
        return self._linear(left, right, fact) or self._hyperbola(left, right, fact)

    def _linear(self, left: tree.Number, right: tree.Number, fact: str) -> Fraction | None:
        now = self._now(fact)
        found = [self._difference(left, right, fact, now + extra) for extra in range(3)]
        if any(one is None for one in found):
            return None
        first, second, third = (one or Fraction(0) for one in found)
        slope = second - first
        return now - first / slope if slope and third - second == slope else None

    def _hyperbola(self, left: tree.Number, right: tree.Number, fact: str) -> Fraction | None:
        """f(x) = a ÷ x + b, seen at x, 2x and 4x."""
        now = self._now(fact) or Fraction(1)
        found = [self._difference(left, right, fact, now * times) for times in (1, 2, 4)]
        if any(one is None for one in found):
            return None
        first, second, third = (one or Fraction(0) for one in found)
        above = 2 * now * (first - second)
        rest = first - above / now
        return -above / rest if rest and above and first - second == 2 * (second - third) else None

    def _difference(self, left: tree.Number, right: tree.Number, fact: str, value: Fraction) -> Fraction | None:
        one, other = self._found(left, fact, value), self._found(right, fact, value)
        return one - other if isinstance(one, Fraction) and isinstance(other, Fraction) else None

    def _found(self, node: tree.Number, fact: str, value: Fraction) -> Any:
        return number(node, self.catalogue, lenient=True)(self._sight(fact, value))

    def _sight(self, fact: str, value: Fraction) -> Sight:
        return Sight({**self.facts, fact: self._datum(fact, value)}, self.on, self.catalogue)

    def _now(self, fact: str) -> Fraction:
        datum = self.facts.get(fact)
        if datum is None:
            return Fraction(0)
        value: Any = datum.value
        series = self.catalogue.by_code[fact].kind is Kind.SERIES
        found: Fraction = value.get(self.on.year - 1, Fraction(0)) if series else value
        return found

    def _datum(self, fact: str, value: Fraction) -> Datum:
        """The fact with this value; of a series, the last closed year is the one that moves."""
        if self.catalogue.by_code[fact].kind is not Kind.SERIES:
            return Datum(value, self.on)
        datum = self.facts.get(fact)
        series: Any = datum.value if datum is not None else {}
        return Datum({**series, self.on.year - 1: value}, self.on)


def _sides(leaf: tree.Compare | tree.Between) -> Iterator[tuple[tree.Number, tree.Number]]:
    if isinstance(leaf, tree.Compare):
        yield leaf.left, leaf.right
        if isinstance(leaf.right, tree.OverYears):
            yield leaf.right, leaf.left
    else:
        yield leaf.value, leaf.low
        yield leaf.value, leaf.high
