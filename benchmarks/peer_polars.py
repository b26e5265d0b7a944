"""The rules as Polars expressions, as one who knows Polars writes them: enum columns, lazy, nulls for what is missing."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl

from benchmarks.firms import ON, Columns, code_lists, texts_of
from songda.engines.rules.days import day_number, latest_start
from songda.engines.rules.tree import (
    And,
    Arithmetic,
    AtLeast,
    Between,
    Compare,
    Condition,
    DateCompare,
    Elapsed,
    Happened,
    Holds,
    Listed,
    Literal,
    Not,
    Number,
    Or,
    Value,
    Within,
    Yearly,
)

SCALES = {"人": 1, "元": 100, "万元": 100, "%": 1_000_000}
_OPERATORS: dict[str, Callable[[pl.Expr, Any], pl.Expr]] = {
    "≥": lambda left, right: left >= right,
    ">": lambda left, right: left > right,
    "≤": lambda left, right: left <= right,
    "<": lambda left, right: left < right,
}


def frame_of(table: Columns) -> pl.DataFrame:
    """The firms as a Polars frame: codes as enums, numbers as Int64, missing as null."""
    series = []
    for name, values in table.items():
        if name in code_lists():
            kind = pl.Enum(list(code_lists()[name].names))
            series.append(pl.Series(name, texts_of(table, name).tolist(), dtype=kind))
            continue
        one = pl.Series(name, np.ma.getdata(values))
        series.append(one.set(pl.Series(np.ma.getmaskarray(values)), None))
    return pl.DataFrame(series)


def expression(node: Condition) -> pl.Expr:
    """A condition as a boolean expression with null for 待核 (Polars' own logic is Kleene's)."""
    return _MAKE[type(node)](node)


def _and(node: And) -> pl.Expr:
    return pl.all_horizontal([expression(item) for item in node.items])


def _or(node: Or) -> pl.Expr:
    return pl.any_horizontal([expression(item) for item in node.items])


def _at_least(node: AtLeast) -> pl.Expr:
    items = [expression(item) for item in node.items]
    sure = pl.sum_horizontal([item.fill_null(value=False).cast(pl.UInt8) for item in items])
    hoped = pl.sum_horizontal([item.fill_null(value=True).cast(pl.UInt8) for item in items])
    return pl.when(sure >= node.count).then(True).when(hoped >= node.count).then(None).otherwise(False)


def _within(node: Within) -> pl.Expr:
    codes = code_lists()[node.fact]
    asked = set(node.codes)
    inside = [code for code in codes.names if asked.intersection(codes.lineage(code))]
    broad = {above for code in asked for above in codes.lineage(code)}.difference(inside)
    kind = pl.Enum(list(codes.names))
    answer = pl.col(node.fact).is_in(pl.Series(inside, dtype=kind).implode())
    if not broad:
        return answer
    return pl.when(pl.col(node.fact).is_in(pl.Series(sorted(broad), dtype=kind).implode())).then(None).otherwise(answer)


def stored(node: Number) -> int:
    """A literal as the integer that the column stores."""
    value = node.value * SCALES[node.unit] if isinstance(node, Literal) else Fraction(1, 2)
    if value.denominator != 1:
        raise ValueError(node)
    return int(value)


def _compare(node: Compare) -> pl.Expr:
    if isinstance(node.right, Literal):
        return _OPERATORS[node.operator](_column(node.left), stored(node.right))
    if not isinstance(node.right, Arithmetic) or not isinstance(node.right.right, Literal):
        raise TypeError(node)
    share = node.right.right.value
    right = _column(node.right.left) * share.numerator
    return _OPERATORS[node.operator](_column(node.left) * share.denominator, right)


def _column(node: Number) -> pl.Expr:
    if not isinstance(node, Value):
        raise TypeError(node)
    return pl.col(node.fact)


def _between(node: Between) -> pl.Expr:
    return _column(node.value).is_between(stored(node.low), stored(node.high), closed="left")


def _yearly(node: Yearly) -> pl.Expr:
    if not isinstance(node.right, Literal):
        raise TypeError(node)
    years = range(ON.year - node.years, ON.year)
    each = [_OPERATORS[node.operator](pl.col(f"{node.series}__{year}"), stored(node.right)) for year in years]
    return pl.all_horizontal(each) if node.every else pl.any_horizontal(each)


def _happened(node: Happened) -> pl.Expr:
    return pl.col(node.fact) > day_number(latest_start(ON, node.count, node.period))


_MAKE: dict[type, Callable[[Any], pl.Expr]] = {
    And: _and,
    Or: _or,
    Not: lambda node: ~expression(node.item),
    AtLeast: _at_least,
    Holds: lambda node: pl.col(node.fact),
    Listed: lambda node: pl.col(node.fact),
    Within: _within,
    Compare: _compare,
    Between: _between,
    Yearly: _yearly,
    Elapsed: lambda node: pl.col(node.fact) <= day_number(latest_start(ON, node.count, node.period)),
    Happened: _happened,
    DateCompare: lambda node: _OPERATORS[node.operator](pl.col(node.fact), day_number(node.day)),
}


def prepare(rules: dict[str, Condition]) -> list[pl.Expr]:
    """One boolean column a rule."""
    return [expression(rule).alias(name) for name, rule in rules.items()]


def run(frame: pl.DataFrame, ready: list[pl.Expr]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every rule's answers, then how many are true and how many null: the quickest way found."""
    answers = frame.lazy().select(ready).collect()
    counts = answers.lazy().select(pl.all().sum().name.suffix("+"), pl.all().null_count().name.suffix("?")).collect()
    return answers, counts


def run_in_one(frame: pl.DataFrame, ready: list[pl.Expr]) -> pl.DataFrame:
    """是, 否 and 待核 counted for every rule in one query, as one first writes it."""
    yes = [one.sum().name.suffix("+") for one in ready]
    no = [(~one).sum().name.suffix("-") for one in ready]
    return frame.lazy().select([*yes, *no, *(one.is_null().sum().name.suffix("?") for one in ready)]).collect()
