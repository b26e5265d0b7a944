"""Rates 率: never without numerator, denominator and variant; never capped; added up as sum over sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from songda.kernel.words import gettext as _

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as numerator ÷ denominator. `may_exceed`: above 100 % is possible (people) and asks for a reason; else it is an error."""

    numerator: int
    denominator: int
    may_exceed: bool = False

    @property
    def value(self) -> Fraction | None:
        """Percent, exact; None without a denominator."""
        return Fraction(self.numerator * HUNDRED, self.denominator) if self.denominator > 0 else None

    @property
    def over(self) -> bool:
        """Whether it is above 100 %."""
        return self.denominator > 0 and self.numerator > self.denominator

    @property
    def blocked(self) -> bool:
        """Whether it cannot be right and must not be used."""
        return self.over and not self.may_exceed

    @property
    def text(self) -> str:
        """Percent to two places, rounded half up, as printed; what is wrong where it must not be printed."""
        if self.value is None:
            return _("无分母")
        if self.blocked:
            return _("超过100%，分母有误")
        return f"{printed(self.value)}%"


def printed(value: Fraction) -> str:
    """Two decimal places, half up, without needless zeros."""
    cents = (value * HUNDRED + Fraction(1, 2)).__floor__()
    whole, rest = divmod(cents, HUNDRED)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".")


def added(rates: Iterable[Rate]) -> Rate:
    """The rate of a whole from its parts: the sum of numerators over the sum of denominators, never a mean of rates."""
    found = list(rates)
    return Rate(sum(one.numerator for one in found), sum(one.denominator for one in found), any(one.may_exceed for one in found))
