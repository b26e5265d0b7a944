"""Exact integers by column: int64 while a bound proves that nothing can overflow, Python's integers beyond it.

Every value carries `reach`, a bound on its absolute size. An operation whose result might leave int64 is done on
Python integers (some fifty times slower, never wrong); rules over money rarely come there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from songda.engines.match.rails import Flags

LIMIT = 2**63 - 1
Values = npt.NDArray[Any]  # int64, or objects that are Python integers


@dataclass(frozen=True, slots=True)
class Ints:
    """Integers, one a subject or one for all (`values` of size 1), none greater than `reach` in absolute size."""

    values: Values
    reach: int

    @classmethod
    def of(cls, stored: Values, reach: int) -> Ints:
        """Stored integers of any width."""
        return cls(stored.astype(np.int64 if reach <= LIMIT else object, copy=False), reach)

    @classmethod
    def one(cls, value: int) -> Ints:
        """The same integer for every subject."""
        return cls(np.array([value], dtype=np.int64 if abs(value) <= LIMIT else object), abs(value))

    @property
    def is_one(self) -> bool:
        """Is it 1 for every subject?"""
        return self.reach == 1 and self.values.size == 1 and bool(self.values[0] == 1)

    def within(self, reach: int) -> Values:
        """The values in a type that holds results up to `reach`."""
        return self.values if reach <= LIMIT else self.values.astype(object)

    def times(self, other: Ints) -> Ints:
        """Product; by one it is the number itself."""
        if other.is_one:
            return self
        if self.is_one:
            return other
        reach = max(self.reach, 1) * max(other.reach, 1)
        return Ints(self.within(reach) * other.within(reach), reach)

    def plus(self, other: Ints) -> Ints:
        """Sum."""
        reach = self.reach + other.reach
        return Ints(self.within(reach) + other.within(reach), reach)

    def minus(self, other: Ints) -> Ints:
        """Difference."""
        reach = self.reach + other.reach
        return Ints(self.within(reach) - other.within(reach), reach)

    def over(self, other: Ints) -> Ints:
        """Floor of the quotient by a positive divisor."""
        return Ints(self.values // other.values, self.reach)

    def magnitude(self) -> Ints:
        """Absolute values."""
        return Ints(np.abs(self.values), self.reach) if (self.values < 0).any() else self

    def signed(self, negative: Flags) -> Ints:
        """With the sign changed where `negative`."""
        return Ints(np.where(negative, -self.values, self.values), self.reach) if negative.any() else self

    def where(self, chosen: Flags, other: Ints) -> Ints:
        """These values where `chosen`, the others elsewhere."""
        reach = max(self.reach, other.reach)
        return Ints(np.where(chosen, self.within(reach), other.within(reach)), reach)


ONE = Ints.one(1)
