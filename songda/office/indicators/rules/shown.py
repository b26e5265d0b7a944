"""A value 值 as it is shown and printed: never a bare number."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from songda.kernel.words import gettext_lazy as _

BOUNDS = {"approx": _("约"), "at_least": _("不少于"), "less_than": _("不足")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with all that a reader must know of it (Appendix G 1 and 6 of the mission).

    `number` in `unit`, exact. `value_id` is its row, None for one that was only added up here; `parts` are the rows of those.
    `as_of` is a moment, `since` the first day where it counts over a period. `origin` computed, returned or read; `source` whose
    or which text; `reference` what opens the rows behind it. A rate has `numerator` and `denominator`; above 100 % it has an
    `explanation` or is withheld. `precision` exact, approx, at_least or less_than.
    """

    code: str
    label: str
    number: Fraction
    unit: str
    counts: str
    organisation: str
    cell: str
    as_of: dt.datetime
    since: dt.date | None
    origin: str
    source: str
    reference: str
    scope: str = ""
    precision: str = "exact"
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    explanation: str = ""
    decimals: int = 0
    value_id: int | None = None
    parts: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The number with its bound and unit as pages print it: 约6,000只, 211.22%."""
        return f"{BOUNDS.get(self.precision, '')}{printed(self.number, self.decimals)}{self.unit}"

    @property
    def parts_in_words(self) -> str:
        """17,075 ÷ 8,084 of a rate; nothing of other numbers."""
        if self.numerator is None or self.denominator is None:
            return ""
        return f"{printed(self.numerator, 0)} ÷ {printed(self.denominator, 0)}"


def printed(number: Fraction, decimals: int) -> str:
    """With thousands marks and just so many decimals, rounded half away from zero: 19595 → 19,595."""
    scaled = abs(number) * 10**decimals
    whole, rest = divmod(int(scaled + Fraction(1, 2)), 10**decimals)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole:,}" + (f".{rest:0{decimals}d}" if decimals else "")
