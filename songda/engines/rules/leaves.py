"""Leaf conditions 单项条件 as closures over a `Sight`: True, False, or the `Gap` that makes them 待核."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue, Kind
from songda.engines.rules.days import latest_start
from songda.engines.rules.numbers import TESTS, Compute, Look, closed_years, look_for, number, order
from songda.engines.rules.sight import Gap, Sight
from songda.engines.rules.tell import inside
from songda.engines.rules.verdict import Cause

Decide = Callable[[Sight], Any]  # True, False or Gap
_PLAIN: dict[str, Callable[[Any, Any], bool]] = {
    "≥": operator.ge, ">": operator.gt, "≤": operator.le, "<": operator.lt, "=": operator.eq, "≠": operator.ne,
}  # fmt: skip


@lru_cache(maxsize=2048)
def decide(leaf: tree.Condition, catalogue: Catalogue, *, lenient: bool) -> Decide:
    """The closure of a leaf, made once. `lenient`: it stands inside 以最近值计."""
    return _Compiler(catalogue, lenient=lenient).leaf(leaf)


class _Compiler:
    def __init__(self, catalogue: Catalogue, *, lenient: bool) -> None:
        self.catalogue = catalogue
        self.lenient = lenient
        self.look = look_for(lenient=lenient)
        self._rules: dict[type[tree.Node], Callable[[Any], Decide]] = {
            tree.Holds: lambda node: self.look(node.fact),
            tree.Compare: self._compare,
            tree.Between: self._between,
            tree.Within: self._within,
            tree.Listed: self._listed,
            tree.Elapsed: self._elapsed,
            tree.DateCompare: self._date_compare,
            tree.DateBetween: self._date_between,
            tree.Yearly: self._yearly,
            tree.Happened: self._happened,
            tree.Known: self._known,
        }

    def leaf(self, node: tree.Condition) -> Decide:
        return self._rules[type(node)](node)

    def number(self, node: tree.Number) -> Compute:
        return number(node, self.catalogue, lenient=self.lenient)

    def _compare(self, node: tree.Compare) -> Decide:
        left, right = self.number(node.left), self.number(node.right)
        if isinstance(node.right, tree.Literal) and not _is_growth(node.left):
            return _against(left, node.right.value, _PLAIN[node.operator])
        test = TESTS[node.operator]

        def judge(sight: Sight) -> bool | Gap:
            one, other = left(sight), right(sight)
            if isinstance(one, Gap):
                return one
            return other if isinstance(other, Gap) else test(order(one, other))

        return judge

    def _between(self, node: tree.Between) -> Decide:
        value = self.number(node.value)
        tests = [(TESTS["≥" if node.low_in else ">"], node.low.value), (TESTS["≤" if node.high_in else "<"], node.high.value)]

        def judge(sight: Sight) -> bool | Gap:
            found = value(sight)
            return found if isinstance(found, Gap) else all(test(order(found, bound)) for test, bound in tests)

        return judge

    def _within(self, node: tree.Within) -> Decide:
        look, broad = self.look(node.fact), Gap(Cause.TOO_BROAD, node.fact)
        code_list = self.catalogue.code_lists[self.catalogue.by_code[node.fact].code_list]
        asked = frozenset(node.codes)
        above = frozenset(one for code in node.codes for one in code_list.lineage(code)[1:])

        def judge(sight: Sight) -> bool | Gap:
            code = look(sight)
            if isinstance(code, Gap):
                return code
            return True if not asked.isdisjoint(code_list.lineage(code)) else broad if code in above else False

        return judge

    def _listed(self, node: tree.Listed) -> Decide:
        look, uncovered = self.look(node.fact), Gap(Cause.UNCOVERED, node.fact)

        def judge(sight: Sight) -> bool | Gap:
            standing, day = look(sight), node.on or sight.on
            if isinstance(standing, Gap):
                return standing
            return inside(standing.member, day) if inside(standing.covered, day) else uncovered

        return judge

    def _elapsed(self, node: tree.Elapsed) -> Decide:
        return _dated(self.look(node.fact), lambda day, on: day <= latest_start(on, node.count, node.period))

    def _date_compare(self, node: tree.DateCompare) -> Decide:
        test = _PLAIN[node.operator]
        return _dated(self.look(node.fact), lambda day, _: test(day, node.day))

    def _date_between(self, node: tree.DateBetween) -> Decide:
        low, high = _PLAIN["≥" if node.low_in else ">"], _PLAIN["≤" if node.high_in else "<"]
        return _dated(self.look(node.fact), lambda day, _: low(day, node.low) and high(day, node.high))

    def _yearly(self, node: tree.Yearly) -> Decide:
        look, right = self.look(node.series), self.number(node.right)
        test, missing = _PLAIN[node.operator], Gap(Cause.MISSING, node.series)

        def judge(sight: Sight) -> bool | Gap:
            series, bound = look(sight), right(sight)
            if isinstance(series, Gap):
                return series
            if isinstance(bound, Gap):
                return bound
            figures = [series.get(year) for year in closed_years(sight, node.years)]
            answers = [None if one is None else test(one, bound) for one in figures]
            if (not node.every) in answers:
                return not node.every
            return missing if None in answers else node.every

        return judge

    def _happened(self, node: tree.Happened) -> Decide:
        look = self.look(node.fact)

        def judge(sight: Sight) -> bool | Gap:
            days = look(sight)
            if isinstance(days, Gap):
                return days
            since = latest_start(sight.on, node.count, node.period)
            return any(since < day <= sight.on for day in days)

        return judge

    def _known(self, node: tree.Known) -> Decide:
        look, kind = self.look(node.fact), self.catalogue.by_code[node.fact].kind

        def judge(sight: Sight) -> bool:
            found = look(sight)
            if isinstance(found, Gap):
                return False
            if kind is Kind.LIST:
                return inside(found.covered, sight.on)
            return kind is not Kind.SERIES or sight.on.year - 1 in found

        return judge


def _is_growth(node: tree.Number) -> bool:
    return isinstance(node, tree.OverYears) and node.function == "复合增长率"


def _against(left: Compute, bound: Any, test: Callable[[Any, Any], bool]) -> Decide:
    def judge(sight: Sight) -> bool | Gap:
        found = left(sight)
        return found if isinstance(found, Gap) else test(found, bound)

    return judge


def _dated(look: Look, test: Callable[[dt.date, dt.date], bool]) -> Decide:
    def judge(sight: Sight) -> bool | Gap:
        day = look(sight)
        return day if isinstance(day, Gap) else test(day, sight.on)

    return judge
