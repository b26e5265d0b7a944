"""Numbers with bounds 约数: 余, 多, 超 and 不低于 give a lower bound, 近 an upper one, 约 neither; what sums and quotients keep of it.

Sums keep the weakest bound: 70余万 and 6万 are at least 76万. A quotient turns the bound of its divisor round.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from songda.office.indicators.states import Precision

EXACT, APPROX = Precision.EXACT.value, Precision.APPROX.value
AT_LEAST, LESS_THAN = Precision.AT_LEAST.value, Precision.LESS_THAN.value
_FLIPPED = {AT_LEAST: LESS_THAN, LESS_THAN: AT_LEAST}
_SIGNS = {EXACT: "", APPROX: "≈", AT_LEAST: "≥", LESS_THAN: "<"}


def flipped(precision: str) -> str:
    """The bound of what is taken away or divided by."""
    return _FLIPPED.get(precision, precision)


def weaker(left: str, right: str) -> str:
    """The weaker of two: a bound hides an approximation, opposite bounds leave an approximation."""
    pair = {left, right} - {EXACT}
    bounds = pair & _FLIPPED.keys()
    if len(bounds) == 2:
        return APPROX
    return next(iter(bounds or pair), EXACT)


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number of things (never below zero) as it was told: the number, and whether it is exact, about, at least or less than that."""

    number: Fraction
    precision: str = EXACT

    @property
    def lower(self) -> Fraction | None:
        """The least it can be; None where 约 leaves it open."""
        if self.precision == APPROX:
            return None
        return Fraction(0) if self.precision == LESS_THAN else self.number

    @property
    def upper(self) -> Fraction | None:
        """The most it can be (with 近: just below it); None where nothing says so."""
        return self.number if self.precision in (EXACT, LESS_THAN) else None

    @property
    def relation(self) -> str:
        """≥ < ≈ before the number; nothing before an exact one."""
        return _SIGNS[self.precision]

    def may_be(self, number: Fraction) -> bool:
        """Whether it can be this number; 约 forbids nothing."""
        if self.precision == EXACT:
            return number == self.number
        if self.precision == LESS_THAN:
            return number < self.number
        return self.precision == APPROX or number >= self.number

    def __add__(self, other: Bounded) -> Bounded:
        return Bounded(self.number + other.number, weaker(self.precision, other.precision))

    def __sub__(self, other: Bounded) -> Bounded:
        return Bounded(self.number - other.number, weaker(self.precision, flipped(other.precision)))

    def __mul__(self, other: Bounded) -> Bounded:
        return Bounded(self.number * other.number, weaker(self.precision, other.precision))

    def __truediv__(self, other: Bounded) -> Bounded:
        return Bounded(self.number / other.number, weaker(self.precision, flipped(other.precision)))


def added(numbers: list[Bounded]) -> Bounded:
    """The sum of several, with the weakest bound among them."""
    return sum(numbers, Bounded(Fraction(0)))
