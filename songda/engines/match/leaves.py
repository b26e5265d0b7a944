"""The leaves of the rule tree: each condition on facts, evaluated once for all subjects into two bit rails."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

from songda.engines.match.codes import flags_of, runs_above, runs_within
from songda.engines.match.column import NEAR, Column
from songda.engines.match.figures import MIRRORED, figure, of_year, relation
from songda.engines.match.numbers import COMPARISONS, Num, compare, spread, stored
from songda.engines.match.rails import Flags, Rails, both, every, pack, settled, some
from songda.engines.match.sight import Sight
from songda.engines.rules.catalogue import Kind
from songda.engines.rules.days import day_number, latest_start
from songda.engines.rules.tree import (
    Between,
    Compare,
    DateBetween,
    DateCompare,
    Elapsed,
    Happened,
    Holds,
    Known,
    Listed,
    Literal,
    Number,
    Value,
    Within,
    Yearly,
)

Leaf = Holds | Compare | Between | Within | Listed | Elapsed | DateCompare | DateBetween | Yearly | Happened | Known
Rational = int | Fraction


def judge(leaf: Leaf, sight: Sight) -> Rails:
    """The rails of one condition."""
    return _LEAVES[type(leaf)](leaf, sight)


def _unknown(sight: Sight) -> Rails:
    return settled(sight.nowhere(), sight.nowhere())


def _holds(leaf: Holds | Listed, sight: Sight) -> Rails:
    day = leaf.on.strftime("%Y%m%d") if isinstance(leaf, Listed) and leaf.on is not None else ""
    column = sight.column(leaf.fact, day)
    return _unknown(sight) if column is None else settled(column.data, column.known)


def _known(leaf: Known, sight: Sight) -> Rails:
    part = str(sight.on.year - 1) if sight.fact(leaf.fact).kind is Kind.SERIES else ""
    column = sight.column(leaf.fact, part)
    known = sight.nowhere() if column is None else column.known
    return settled(~sight.nowhere() if known is None else known, None)


def _within(leaf: Within, sight: Sight) -> Rails:
    column = sight.column(leaf.fact)
    if column is None or not column.names:
        return _unknown(sight)
    inside = runs_within(leaf.codes, column)
    broad = [
        run
        for run in runs_above(leaf.codes, column, sight.codes(leaf.fact))
        if not any(one[0] <= run[0] < one[1] for one in inside)
    ]
    known = both(column.known, ~pack(flags_of(broad, column))) if broad else column.known
    return settled(pack(flags_of(inside, column)), known)


def _compare(leaf: Compare, sight: Sight) -> Rails:
    return _relation(leaf.operator, leaf.left, leaf.right, sight)


def _between(leaf: Between, sight: Sight) -> Rails:
    low, high = "≥" if leaf.low_in else ">", "≤" if leaf.high_in else "<"
    if isinstance(leaf.value, Value):
        scale = sight.scale(leaf.value.fact)
        bounds = ((low, stored(leaf.low, scale)), (high, stored(leaf.high, scale)))
        return _bounded(sight.column(leaf.value.fact), bounds, sight)
    return every([_relation(low, leaf.value, leaf.low, sight), _relation(high, leaf.value, leaf.high, sight)])


def _relation(operator: str, left: Number, right: Number, sight: Sight) -> Rails:
    """Two numbers compared; one stored number against a literal needs no arithmetic at all."""
    if isinstance(left, Literal) and not isinstance(right, Literal):
        return _relation(MIRRORED[operator], right, left, sight)
    if isinstance(left, Value) and isinstance(right, Literal):
        return _bounded(sight.column(left.fact), ((operator, stored(right, sight.scale(left.fact))),), sight)
    flags, known = relation(operator, left, right, sight)
    return settled(pack(spread(flags, sight.n)), known)


def _settle(operator: str, left: Num, right: Num, sight: Sight) -> Rails:
    return settled(pack(spread(compare(operator, left, right), sight.n)), both(left.known, right.known))


def _bounded(column: Column | None, bounds: Iterable[tuple[str, Rational]], sight: Sight) -> Rails:
    """Stored integers within one or two rational bounds, exactly: a bound moves to the next whole number on its side."""
    if column is None:
        return _unknown(sight)
    parts = [_beyond(operator, column, bound) for operator, bound in bounds]
    return settled(pack(parts[0] if len(parts) == 1 else reduce(np.logical_and, parts)), column.known)


def _beyond(operator: str, column: Column, bound: Rational) -> Flags:
    at = math.ceil(bound) if operator in ("≥", "<") else math.floor(bound)
    data = column.near if column.near is not None and -NEAR < at < NEAR else column.data
    if operator in ("=", "≠") and at != bound:
        return np.full(len(data), operator == "≠")
    flags: Flags = COMPARISONS[operator](data, at)
    return flags


def _yearly(leaf: Yearly, sight: Sight) -> Rails:
    years = range(sight.on.year - leaf.years, sight.on.year)
    if isinstance(leaf.right, Literal):
        bound = stored(leaf.right, sight.scale(leaf.series))
        each = [_bounded(sight.column(leaf.series, str(year)), ((leaf.operator, bound),), sight) for year in years]
    else:
        right = figure(leaf.right, sight)
        each = [_settle(leaf.operator, of_year(leaf.series, year, sight), right, sight) for year in years]
    return every(each) if leaf.every else some(each)


def _elapsed(leaf: Elapsed, sight: Sight) -> Rails:
    start = day_number(latest_start(sight.on, leaf.count, leaf.period))
    return _bounded(sight.column(leaf.fact), (("≤", start),), sight)


def _happened(leaf: Happened, sight: Sight) -> Rails:
    run_out = day_number(latest_start(sight.on, leaf.count, leaf.period))
    return _bounded(sight.column(leaf.fact), ((">", run_out), ("≤", day_number(sight.on))), sight)


def _date(leaf: DateCompare, sight: Sight) -> Rails:
    return _bounded(sight.column(leaf.fact), ((leaf.operator, day_number(leaf.day)),), sight)


def _dates(leaf: DateBetween, sight: Sight) -> Rails:
    low, high = "≥" if leaf.low_in else ">", "≤" if leaf.high_in else "<"
    return _bounded(sight.column(leaf.fact), ((low, day_number(leaf.low)), (high, day_number(leaf.high))), sight)


_LEAVES: dict[type, Callable[[Any, Sight], Rails]] = {
    Holds: _holds,
    Listed: _holds,
    Known: _known,
    Within: _within,
    Compare: _compare,
    Between: _between,
    Yearly: _yearly,
    Elapsed: _elapsed,
    Happened: _happened,
    DateCompare: _date,
    DateBetween: _dates,
}
