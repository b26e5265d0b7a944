"""What the row evaluator knows about one subject: dated, sourced values by fact code. An absent code is a missing fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Day = dt.date
Stretch = tuple[Day, Day | None]  # from, until (inclusive; None: still running)


@dataclass(frozen=True, slots=True)
class Standing:
    """A subject's standing on a list 名单: when it was a member, and for which days the list is known to be complete.

    Outside `covered` the answer is 待核; inside it, 是 or 否. A list loaded and empty is covered with no member.
    """

    member: tuple[Stretch, ...] = ()
    covered: tuple[Stretch, ...] = ()


Plain = bool | Fraction | dt.date | str | Standing | Mapping[int, Fraction] | tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class Datum:
    """One value with its day and source. Numbers are Fractions in base units (元, not 万元; 5% is 1/20).

    By kind: BOOL bool, NUM Fraction, DATE date, CODE str, SERIES {year: Fraction}, LIST Standing, EVENT tuple of days.
    """

    value: Plain
    as_of: Day | None = None
    source: str = ""


Facts = Mapping[str, Datum]
