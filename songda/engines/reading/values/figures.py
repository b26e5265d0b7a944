"""Figures 数值: the quantities of a measure with their part in it (cap, threshold, rate …), what they are per, and their clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from songda.engines.reading.document import Figure, Quote
from songda.engines.reading.language.clauses import clause_around
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.values.figure_roles import Place, role
from songda.engines.reading.values.per_units import per
from songda.engines.reading.values.quantities import Family, Quantity, quantities
from songda.engines.reading.values.tiers import Clash, Tiered, clashes, tiers

_NEAR = 80  # words further off in a clause say nothing of a figure, and long clauses stay cheap
_SCOPE = re.compile(r"(?:单(?:个|户|台|一|笔|家)|同一|每(?:个|家|户|年)?|年度|累计)[^，。；、\d]{0,8}")
_SAME_LIST = re.compile(r"\s*(?:/\s*[^，。；、\d]{1,6})?\s*(?:[、和及或与]|以及|至|-)[^，。；;每\d]{0,8}")


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a stretch of text by family."""

    amounts: tuple[Figure, ...]
    rates: tuple[Figure, ...]
    durations: tuple[Figure, ...]
    counts: tuple[Figure, ...]


def figures(text: str, start: int, end: int) -> Figures:
    """All figures in the span."""
    plain = shadow(text)
    read = _read(plain, start, end)
    quotes = {clause: Quote.of(text, *clause) for clause in {one.place.clause for one in read}}
    steps = tiers(plain, start, read)
    made = [(one.family, _figure(text, one, quotes[one.place.clause], tier)) for one, tier in zip(read, steps, strict=True)]

    def of(family: Family) -> tuple[Figure, ...]:
        return tuple(figure for kind, figure in made if kind is family)

    return Figures(of(Family.MONEY), of(Family.RATE), of(Family.TIME), of(Family.COUNT))


def list_clashes(text: str, start: int, end: int) -> tuple[Clash, ...]:
    """The lists of the span that 分别 should pair and that differ in length."""
    plain = shadow(text)
    return tuple(clashes(plain, start, _read(plain, start, end)))


def _read(plain: str, start: int, end: int) -> list[Tiered]:
    found = quantities(plain, start, end)
    read: list[Tiered] = []
    for one, place in zip(found, _places(plain, found, start, end), strict=True):
        before = read[-1] if read and place.listed else None
        played = before.role if before and before.family is one.family else role(one, place)
        read.append(Tiered(one, played, place))
    return read


def _figure(text: str, read: Tiered, clause: Quote, tier: int | None) -> Figure:
    one, place = read.quantity, read.place
    return Figure(
        low=one.low,
        high=one.high,
        unit=f"{one.unit}/{place.per}" if one.family is Family.MONEY and place.per else one.unit,
        role=read.role,
        quote=clause,
        mark=Quote.of(text, one.start, one.end),
        scope=place.scope,
        tier=tier,
    )


def _places(plain: str, found: tuple[Quantity, ...], low: int, high: int) -> Iterator[Place]:
    last, unit, clause = low, "", (low, low)
    for one in found:
        if one.end > clause[1]:
            clause = clause_around(plain, one.start, one.end, max(low, clause[1]), high)
        begin = max(clause[0], last, one.start - _NEAR)
        listed = last > clause[0] and _SAME_LIST.fullmatch(plain[last : one.start]) is not None
        unit = per(plain, one, clause[0], begin, low) or (unit if listed else "")
        scopes = _SCOPE.findall(plain, max(clause[0], one.start - _NEAR), one.start)
        after = plain[one.end : min(clause[1], one.end + _NEAR)]
        scope = scopes[-1].strip() if scopes else ""
        lead = plain[max(clause[0], one.start - _NEAR) : one.start]
        yield Place(clause, lead, plain[begin : one.start], plain[one.start : one.end], after, unit, scope, listed)
        last = one.end
