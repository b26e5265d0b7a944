"""What is in force 现值: from the rows of one fact about one subject to the value a rule sees on a day.

The same reading is done for all subjects at once by `queries.pivot`; a test holds the two together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from songda.engines.rules.catalogue import FactKind, Kind
from songda.engines.rules.days import EPOCH
from songda.engines.rules.facts import Datum, Plain, Standing, Stretch

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one fact, as known: from a day, a number or a text, from a source; `void` takes the day's value back."""

    day: dt.date
    num: int | None
    text: str | None
    source: str
    void: bool = False


def in_force(rows: Iterable[Row]) -> list[Row]:
    """The last word on each day, withdrawn days left out, by day. `rows` come in the order in which they were recorded."""
    latest = {row.day: row for row in rows}
    return sorted((row for row in latest.values() if not row.void), key=lambda row: row.day)


def datum(fact: FactKind, rows: Sequence[Row], covered: Sequence[Stretch] = ()) -> Datum | None:
    """The value of a fact from its rows in force (all on or before the day asked about); None where nothing is known.

    `covered` are the days for which a list is stated to be complete for this subject. What a row says of the subject
    itself (在 or 不在) is known from its day on, whether the list is complete or not.
    """
    if fact.kind is Kind.LIST:
        standing = _standing(rows, covered)
        source = rows[-1].source if rows else ""
        return Datum(standing, rows[-1].day if rows else None, source) if standing.covered else None
    if not rows:
        return None
    return Datum(_value(fact, rows), taken_on(fact.kind, rows[-1].day), rows[-1].source)


def taken_on(kind: Kind, latest: dt.date) -> dt.date:
    """The day a value speaks of, for its freshness: a year's figure speaks of the year to its end."""
    return latest.replace(month=12, day=31) if kind is Kind.SERIES else latest


def _value(fact: FactKind, rows: Sequence[Row]) -> Plain:
    last = rows[-1]
    match fact.kind:
        case Kind.BOOL:
            return bool(last.num)
        case Kind.NUM:
            return Fraction(last.num or 0, fact.measure.scale)
        case Kind.DATE:
            return EPOCH + dt.timedelta(days=last.num or 0)
        case Kind.SERIES:
            return {row.day.year: Fraction(row.num or 0, fact.measure.scale) for row in rows}
        case Kind.EVENT:
            return tuple(row.day for row in rows if row.num)
        case _:
            return last.text or ""


def _standing(rows: Sequence[Row], covered: Sequence[Stretch]) -> Standing:
    ends: list[dt.date | None] = [row.day - ONE_DAY for row in rows[1:]]
    stretches = [(row.day, end, bool(row.num)) for row, end in zip(rows, [*ends, None], strict=False)]
    member = tuple((start, end) for start, end, inside in stretches if inside)
    return Standing(member, (*covered, *((start, end) for start, end, _inside in stretches)))
