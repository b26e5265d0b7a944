"""A value 值 as it is shown and printed: never a bare number."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction


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
