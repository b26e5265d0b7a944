"""Rules as SQL 规则查询: one three-valued INTEGER expression (1 是, 0 否, NULL 待核) over a wide table, for where the data lives.

Columns: one per fact, named by its code. Numbers as BIGINT in base units × the unit's scale (元 × 100), yes/no as 0/1,
dates as BIGINT days since 1970-01-01, codes as text; series as `<code>__<year>`; lists as 1/0/NULL already resolved
on the day, `<code>__<yyyymmdd>` for 于 day; events as the days of the latest occurrence, `NEVER` where it is known that
there was none; and `<code>__asof` as days for every fact. All numbers are within ±10^15 as stored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue, Kind
from songda.engines.rules.days import day_number, latest_start
from songda.engines.rules.sql_numbers import SqlNumbers, listed, stored_against
from songda.engines.rules.sql_terms import DIALECTS, SIGNS, Algebra, NotPortableError, Ratio

__all__ = ["NEVER", "NotPortableError", "to_sql"]

NEVER = -1_000_000


def to_sql(rule: tree.Condition, catalogue: Catalogue, dialect: str, on: dt.date) -> str:
    """The rule's answer as SQL for `duckdb`, `postgresql` or `sqlite`. Raises `NotPortableError` where exactness cannot be had."""
    strict, lenient = (SqlNumbers(catalogue, Algebra(DIALECTS[dialect]), on, lenient=one) for one in (False, True))
    return f"CAST({_Writer(strict, lenient).condition(rule)} AS INTEGER)"


class _Writer:
    """Writes conditions as boolean expressions; SQL's AND, OR and NOT are Kleene's."""

    def __init__(self, numbers: SqlNumbers, lenient: SqlNumbers) -> None:
        self.numbers = numbers
        self.lenient = lenient
        self.on = numbers.on
        self._rules: dict[type[tree.Node], Callable[[Any], str]] = {
            tree.And: lambda node: self._joined(node.items, " AND "),
            tree.Or: lambda node: self._joined(node.items, " OR "),
            tree.Not: lambda node: f"(NOT {self.condition(node.item)})",
            tree.Latest: lambda node: _Writer(lenient, lenient).condition(node.item),
            tree.AtLeast: self._at_least,
            tree.Holds: lambda node: f"({self.numbers.usable(node.fact)} = 1)",
            tree.Compare: lambda node: self.numbers.compared(node.operator, node.left, node.right),
            tree.Between: self._between,
            tree.Within: self._within,
            tree.Listed: self._listed,
            tree.Elapsed: self._elapsed,
            tree.DateCompare: lambda node: self._day(node.fact, SIGNS[node.operator], node.day),
            tree.DateBetween: self._date_between,
            tree.Yearly: self._yearly,
            tree.Happened: self._happened,
            tree.Known: self._known,
        }

    def condition(self, node: tree.Condition) -> str:
        return self._rules[type(node)](node)

    def _joined(self, items: tuple[tree.Condition, ...], word: str) -> str:
        return f"({word.join(self.condition(one) for one in items)})"

    def _at_least(self, node: tree.AtLeast) -> str:
        answers = [f"CAST({self.condition(one)} AS INTEGER)" for one in node.items]
        sure, possible = (" + ".join(f"COALESCE({one}, {unknown})" for one in answers) for unknown in (0, 1))
        return f"(CASE WHEN {sure} >= {node.count} THEN TRUE WHEN {possible} < {node.count} THEN FALSE END)"

    def _between(self, node: tree.Between) -> str:
        low = self.numbers.compared("≥" if node.low_in else ">", node.value, node.low)
        high = self.numbers.compared("≤" if node.high_in else "<", node.value, node.high)
        return f"({low} AND {high})"

    def _within(self, node: tree.Within) -> str:
        catalogue = self.numbers.catalogue
        code_list = catalogue.code_lists[catalogue.by_code[node.fact].code_list]
        asked = set(node.codes)
        above = {one for code in node.codes for one in code_list.lineage(code)[1:]} - asked
        below = {code for code in code_list.names if asked.intersection(code_list.lineage(code))} | asked
        column = self.numbers.usable(node.fact)
        unknown = f"{column} IS NULL" + (f" OR {column} IN ({listed(above - below)})" if above - below else "")
        return f"(CASE WHEN {unknown} THEN NULL WHEN {column} IN ({listed(below)}) THEN TRUE ELSE FALSE END)"

    def _listed(self, node: tree.Listed) -> str:
        return f"({self.numbers.usable(node.fact, node.on.strftime('%Y%m%d') if node.on else '')} = 1)"

    def _elapsed(self, node: tree.Elapsed) -> str:
        return self._day(node.fact, "<=", latest_start(self.on, node.count, node.period))

    def _date_between(self, node: tree.DateBetween) -> str:
        low = self._day(node.fact, ">=" if node.low_in else ">", node.low)
        high = self._day(node.fact, "<=" if node.high_in else "<", node.high)
        return f"({low} AND {high})"

    def _day(self, fact: str, sign: str, day: dt.date) -> str:
        return f"({self.numbers.usable(fact)} {sign} {day_number(day)})"

    def _yearly(self, node: tree.Yearly) -> str:
        years = range(self.on.year - node.years, self.on.year)
        tests = [self._in_year(node, year) for year in years]
        return f"({(' AND ' if node.every else ' OR ').join(tests)})"

    def _in_year(self, node: tree.Yearly, year: int) -> str:
        if isinstance(node.right, tree.Literal):
            scale = self.numbers.catalogue.by_code[node.series].measure.scale
            return stored_against(node.operator, self.numbers.usable(node.series, str(year)), node.right.value * scale)
        figure = Ratio(self.numbers.figure(node.series, year), self.numbers.scale(node.series))
        return self.numbers.algebra.compared(node.operator, figure, self.numbers.number(node.right))

    def _happened(self, node: tree.Happened) -> str:
        column, since = self.numbers.usable(node.fact), latest_start(self.on, node.count, node.period)
        return f"({column} > {day_number(since)} AND {column} <= {day_number(self.on)})"

    def _known(self, node: tree.Known) -> str:
        series = self.numbers.catalogue.by_code[node.fact].kind is Kind.SERIES
        return f"({self.numbers.usable(node.fact, str(self.on.year - 1) if series else '')} IS NOT NULL)"
