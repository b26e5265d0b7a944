"""A small catalogue with every kind of fact, firms drawn from it, and the same firms as columns."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from songda.engines.match.column import ASOF, NEVER
from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind
from songda.engines.rules.days import day_number
from songda.engines.rules.facts import Datum, Facts, Standing

ON = dt.date(2020, 2, 29)
LISTED_ON = dt.date(2020, 1, 15)
YEARS = (2016, 2017, 2018, 2019)
DAYS = (
    [dt.date(2019, 12, day) for day in (28, 29, 30, 31)]
    + [dt.date(2020, 1, day) for day in (1, 29, 30, 31)]
    + [ON, dt.date(2016, 2, 29)]
)
AREA = CodeList("area", dict.fromkeys(("P", "Q", "PA", "PB", "PAX", "ZONE")), {"PA": "P", "PB": "P", "PAX": "PA", "ZONE": "PA"})
SIZE = CodeList("size", dict.fromkeys(("1", "2", "3")))
_FACTS = [
    *(FactKind(name, name, Kind.BOOL) for name in ("key", "export")),
    FactKind("insured", "insured", Kind.BOOL, freshness_days=30),
    *(FactKind(name, name, Kind.NUM, "元") for name in ("revenue", "rnd", "profit")),
    FactKind("huge", "huge", Kind.NUM, "亿元"),
    FactKind("staff", "staff", Kind.NUM, "人", freshness_days=90),
    FactKind("rate", "rate", Kind.NUM, "%"),
    FactKind("founded", "founded", Kind.DATE),
    FactKind("renewed", "renewed", Kind.DATE, freshness_days=10),
    FactKind("area", "area", Kind.CODE, code_list="area"),
    FactKind("size", "size", Kind.CODE, code_list="size", freshness_days=60),
    FactKind("output", "output", Kind.SERIES, "元"),
    FactKind("taxes", "taxes", Kind.SERIES, "元", freshness_days=60),
    FactKind("bad", "bad", Kind.LIST),
    FactKind("white", "white", Kind.LIST, freshness_days=30),
    FactKind("accident", "accident", Kind.EVENT),
]
CATALOGUE = Catalogue.of(_FACTS, [AREA, SIZE])
BIG = 2**62  # stored integers near the end of int64, so that arithmetic on them must leave it
_POOLS: dict[str, Sequence[int]] = {
    "元": (0, 1, 99, 100, 101, -250, 5_000, 1_000_000, 123_456_789, -7),
    "亿元": (BIG, -BIG, -(2**63), BIG - 1, 0, 3 * 10**18, 10**17),
    "人": (0, 1, 3, 10, 49, 50, 51),
    "%": (0, 1, 50_000, 55_000, 100_000, -30_000, 1_000_000, -1_200_000),
}


def firms(rng: random.Random, n: int, missing: float = 0.25) -> list[Facts]:
    """n firms, values drawn from few so that bounds are hit, some missing, some stale."""
    return [{fact.code: _datum(rng, fact) for fact in _FACTS if rng.random() >= missing} for _ in range(n)]


def _datum(rng: random.Random, fact: FactKind) -> Datum:
    as_of = rng.choice((None, ON, ON - dt.timedelta(9), ON - dt.timedelta(30), ON - dt.timedelta(31), ON - dt.timedelta(91)))
    return Datum(_value(rng, fact), as_of)


def _value(rng: random.Random, fact: FactKind) -> Any:
    if fact.kind is Kind.BOOL:
        return rng.random() < 0.5
    if fact.kind is Kind.NUM:
        return Fraction(rng.choice(_POOLS[fact.unit]), fact.measure.scale)
    if fact.kind is Kind.DATE:
        return rng.choice(DAYS)
    if fact.kind is Kind.CODE:
        return rng.choice(tuple(CATALOGUE.code_lists[fact.code_list].names))
    if fact.kind is Kind.SERIES:
        return {year: Fraction(rng.choice(_POOLS["元"]), 100) for year in YEARS if rng.random() < 0.85}
    if fact.kind is Kind.EVENT:
        return tuple(rng.sample(DAYS, rng.randint(0, 2)))
    stretches = ((), ((DAYS[0], None),), ((ON, ON),), ((DAYS[0], LISTED_ON),))
    return Standing(rng.choice(stretches), rng.choice(stretches))


def columns(people: Sequence[Facts]) -> dict[str, Any]:
    """The firms as snapshot columns (see `snapshot.py`), missing values masked."""
    names = [(fact, part) for fact in _FACTS for part in _parts(fact)]
    made = {f"{fact.code}__{part}" if part else fact.code: [_stored(one, fact, part) for one in people] for fact, part in names}
    return {name: _masked(values, coded=name in ("area", "size")) for name, values in made.items()}


def _parts(fact: FactKind) -> tuple[str, ...]:
    if fact.kind is Kind.SERIES:
        return (*(str(year) for year in YEARS), ASOF)
    return ("", f"{LISTED_ON:%Y%m%d}", ASOF) if fact.kind is Kind.LIST else ("", ASOF)


def _stored(facts: Facts, fact: FactKind, part: str) -> Any:
    datum = facts.get(fact.code)
    if datum is None:
        return None
    if part == ASOF:
        return None if datum.as_of is None else day_number(datum.as_of)
    value: Any = datum.value
    if fact.kind is Kind.SERIES:
        return int(value[int(part)] * fact.measure.scale) if int(part) in value else None
    if fact.kind is Kind.LIST:
        return _standing(value, LISTED_ON if part else ON)
    return _plain(value, fact)


def _plain(value: Any, fact: FactKind) -> Any:
    if fact.kind is Kind.NUM:
        return int(value * fact.measure.scale)
    if fact.kind is Kind.DATE:
        return day_number(value)
    if fact.kind is Kind.EVENT:
        return max((day_number(day) for day in value), default=NEVER)
    return value


def _standing(standing: Standing, day: dt.date) -> bool | None:
    def inside(stretches: Any) -> bool:
        return any(start <= day and (until is None or day <= until) for start, until in stretches)

    return inside(standing.member) if inside(standing.covered) else None


def _masked(values: list[Any], *, coded: bool) -> Any:
    gone = [one is None for one in values]
    if coded:
        return np.ma.masked_array(np.array(values, object), gone)
    return np.ma.masked_array(np.array([0 if one is None else int(one) for one in values], np.int64), gone)
