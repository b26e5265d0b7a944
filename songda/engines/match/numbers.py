"""Numbers by column, exactly: each is factor × top ÷ below with a rational factor and integer columns, never a float."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache, reduce

import numpy as np

from songda.engines.match.ints import ONE, Ints
from songda.engines.match.rails import Flags, Words, both, pack
from songda.engines.rules.tree import Literal

COMPARISONS: dict[str, np.ufunc] = {
    "≥": np.greater_equal,
    ">": np.greater,
    "≤": np.less_equal,
    "<": np.less,
    "=": np.equal,
    "≠": np.not_equal,
}


@dataclass(frozen=True, slots=True)
class Num:
    """One number a subject, in base units, where `known` (None: everywhere). `below` is positive."""

    factor: Fraction
    top: Ints = ONE
    below: Ints = ONE
    known: Words | None = None

    @classmethod
    def of(cls, value: Fraction) -> Num:
        """The same number for every subject."""
        return cls(value)

    def known_in(self, known: Words | None) -> Num:
        """The same number, known only there."""
        return replace(self, known=known)

    def times(self, other: Num) -> Num:
        """Product; missing times anything is missing, zero too."""
        known = both(self.known, other.known)
        return Num(self.factor * other.factor, self.top.times(other.top), self.below.times(other.below), known)

    def plus(self, other: Num, sign: int = 1) -> Num:
        """Sum, or with sign −1 the difference."""
        mine, theirs, shared = _shares(self.factor, sign * other.factor)
        left, right = _crossed(self, mine, other, theirs)
        return Num(shared, left.plus(right), self.below.times(other.below), both(self.known, other.known))

    def divided(self, other: Num, n: int) -> Num:
        """Quotient; missing where the divisor is 0."""
        if not other.factor:
            return Num(Fraction(0), known=pack(np.zeros(n, bool)))
        zero = other.top.values == 0
        size = other.top.magnitude().where(~zero, ONE)
        known = both(self.known, other.known)
        if zero.any():
            known = both(known, ~pack(spread(zero, n)))
        top = self.top.times(other.below).signed(other.top.values < 0)
        return Num(self.factor / other.factor, top, self.below.times(size), known)

    def signed_power(self, exponent: int) -> Num:
        """The absolute value to this power, with the number's own sign."""
        power = reduce(Num.times, [Num(abs(self.factor), self.top.magnitude(), self.below, self.known)] * exponent)
        return replace(power, top=power.top.signed((self.top.values < 0) != (self.factor < 0)))

    def whole(self, mode: str) -> Num:
        """To whole base units: 舍去 down, 进位 up, 四舍五入 half away from zero."""
        return Num(Fraction(1), self.rounded(mode), known=self.known)

    def rounded(self, mode: str) -> Ints:
        """The integers nearest by `mode`; rounding is by size, so −2.5 becomes −3 half up."""
        twice = 2 if mode == "四舍五入" else 1
        below = self.below.times(Ints.one(self.factor.denominator))
        size = self.top.magnitude().times(Ints.one(abs(self.factor.numerator) * twice))
        if mode == "进位":
            size = size.plus(below.minus(ONE))
        elif mode == "四舍五入":
            size = size.plus(below)
        whole = size.over(below.times(Ints.one(twice)))
        return whole.signed((self.top.values < 0) != (self.factor < 0))

    def where(self, chosen: Flags, other: Num, n: int) -> Num:
        """This number where `chosen`, the other elsewhere; known as the one that was taken is."""
        mine, theirs, shared = _shares(self.factor, other.factor)
        top = self.top.times(Ints.one(mine)).where(chosen, other.top.times(Ints.one(theirs)))
        below = self.below.where(chosen, other.below)
        if self.known is None and other.known is None:
            return Num(shared, top, below)
        bits = pack(spread(chosen, n))
        known = (bits if self.known is None else bits & self.known) | (~bits if other.known is None else other.known & ~bits)
        return Num(shared, top, below, known)


def compare(operator: str, left: Num, right: Num) -> Flags:
    """Which subjects' left stands in this relation to their right (one flag for all if both are constants)."""
    mine, theirs, _ = _shares(left.factor, right.factor)
    ours, other = _crossed(left, mine, right, theirs)
    reach = max(ours.reach, other.reach)
    flags: Flags = COMPARISONS[operator](ours.within(reach), other.within(reach))
    return flags


@lru_cache(maxsize=4096)
def worth(literal: Literal) -> Fraction:
    """A literal in base units, worked out once."""
    return literal.value


@lru_cache(maxsize=4096)
def stored(literal: Literal, scale: int) -> int | Fraction:
    """A literal in the unit of a column with that many stored integers per base unit, worked out once."""
    value = literal.value * scale
    return value.numerator if value.denominator == 1 else value


def spread(flags: Flags, n: int) -> Flags:
    """Flags for n subjects, from n or from one for all."""
    return np.broadcast_to(flags, (n,)) if flags.size == 1 else flags


def _shares(left: Fraction, right: Fraction) -> tuple[int, int, Fraction]:
    """Whole multipliers and a common factor: left = m₁ × factor, right = m₂ × factor."""
    bottom = math.lcm(left.denominator, right.denominator)
    mine, theirs = int(left * bottom), int(right * bottom)
    shared = math.gcd(mine, theirs) or 1
    return mine // shared, theirs // shared, Fraction(shared, bottom)


def _crossed(left: Num, mine: int, right: Num, theirs: int) -> tuple[Ints, Ints]:
    """Both tops over the product of both bottoms."""
    return (
        left.top.times(Ints.one(mine)).times(right.below),
        right.top.times(Ints.one(theirs)).times(left.below),
    )
