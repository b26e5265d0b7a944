"""Values in words 取值文字: 48人, 1,250.5万元 as 1250.5万元, 是, 2020年3月17日."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.days import spell_day
from songda.engines.rules.facts import Plain, Standing, Stretch
from songda.engines.rules.units import Unit

_MOST_PLACES = 6
_MOST_YEARS = 6


def tell(value: Plain, fact: FactKind, catalogue: Catalogue, on: dt.date) -> str:
    """A fact's value as a person would write it; a list's standing as of `on`."""
    found: Any = value
    match fact.kind:
        case Kind.BOOL:
            return "是" if found else "否"
        case Kind.NUM:
            return tell_number(found, fact.measure)
        case Kind.DATE:
            return spell_day(found)
        case Kind.CODE:
            return tell_code(found, fact, catalogue)
        case Kind.SERIES:
            return _series(found, fact)
        case Kind.LIST:
            return tell_standing(found, on)
        case Kind.EVENT:
            return f"最近一次 {spell_day(max(found))}" if found else "从未发生"


def tell_number(value: Fraction, measure: Unit) -> str:
    """A number of base units in its own unit: 12505000 in 万元 is 1250.5万元. What has no short decimal is given as 约."""
    digits = decimal(value.numerator * measure.factor.denominator, value.denominator * measure.factor.numerator)
    return f"{digits}{measure.name}"


def decimal(above: int, below: int) -> str:
    """above ÷ below in decimals, exact to six places, else rounded to six and marked 约."""
    for places in range(_MOST_PLACES + 1):
        scaled, rest = divmod(above * 10**places, below)
        if not rest:
            return _point(scaled, places)
    return "约" + _point(round(Fraction(above * 10**_MOST_PLACES, below)), _MOST_PLACES)


def tell_code(code: str, fact: FactKind, catalogue: Catalogue) -> str:
    """A code's name, or the code itself where the list does not know it."""
    known = catalogue.code_lists.get(fact.code_list)
    return (known.names.get(code) if known else None) or code


def tell_standing(standing: Standing, day: dt.date) -> str:
    """在, 不在, or that the list says nothing about that day."""
    if not inside(standing.covered, day):
        return "名单未覆盖该日"
    return "在" if inside(standing.member, day) else "不在"


def inside(stretches: tuple[Stretch, ...], day: dt.date) -> bool:
    """Does any stretch hold the day (both ends included)?"""
    return any(start <= day and (until is None or day <= until) for start, until in stretches)


def _series(figures: Mapping[int, Fraction], fact: FactKind) -> str:
    years = sorted(figures)[-_MOST_YEARS:]
    return "；".join(f"{year}年 {tell_number(figures[year], fact.measure)}" for year in years)


def _point(scaled: int, places: int) -> str:
    sign, digits = "−" if scaled < 0 else "", str(abs(scaled)).rjust(places + 1, "0")
    if not places:
        return sign + digits
    return sign + f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")
