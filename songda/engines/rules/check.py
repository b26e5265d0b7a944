"""Type checking 类型检查: a tree against the catalogue: kinds, codes, units, counts and orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue, Kind
from songda.engines.rules.check_numbers import NumberChecker
from songda.engines.rules.problem import Fix, Problem, RuleError
from songda.engines.rules.show import show
from songda.engines.rules.units import Dimension, spell
from songda.engines.rules.walk import MOST_DEEP, too_deep

MONEY: Dimension = (("元", 1),)


def check(rule: tree.Rule, catalogue: Catalogue) -> None:
    """Return when the rule is well typed, else raise `RuleError` with the span of the smallest wrong node."""
    deepest = too_deep(rule)
    if deepest is not None:
        start, end = deepest.span or (0, 0)
        raise RuleError(Problem("too_deep", start, end, f"层次太多（最多{MOST_DEEP}层），请拆成几条规则"))
    checker = Checker(catalogue)
    if isinstance(rule, tree.Amount):
        checker.amount(rule)
    else:
        checker.condition(rule)


class Checker(NumberChecker):
    """Checks conditions and amounts."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        self._conditions: dict[type[tree.Node], Callable[[Any], object]] = {
            tree.And: self._all,
            tree.Or: self._all,
            tree.Not: lambda node: self.condition(node.item),
            tree.Latest: lambda node: self.condition(node.item),
            tree.AtLeast: self._at_least,
            tree.Holds: lambda node: self.fact(node, node.fact, Kind.BOOL),
            tree.Compare: self._compare,
            tree.Between: self._between,
            tree.Within: lambda node: self.codes(node, self.fact(node, node.fact, Kind.CODE), node.codes),
            tree.Listed: lambda node: self.fact(node, node.fact, Kind.LIST),
            tree.Elapsed: self._elapsed,
            tree.DateCompare: lambda node: self.fact(node, node.fact, Kind.DATE),
            tree.DateBetween: self._date_between,
            tree.Yearly: self._yearly,
            tree.Happened: self._happened,
            tree.Known: lambda node: self.fact(node, node.fact, *Kind),
        }

    def condition(self, node: tree.Condition) -> None:
        """Check one condition."""
        self._conditions[type(node)](node)

    def amount(self, node: tree.Amount) -> None:
        """A formula must give money, and its limits too."""
        dimension = self.number(node.number)
        if dimension != MONEY:
            self._not_money(node, dimension)
        for limit in node.limits:
            if self.number(limit.bound) != MONEY:
                self.refuse(
                    limit.bound, "not_money", f"「{show(limit, self.catalogue)}」应为金额（元、万元…）", expected=("金额",)
                )

    def _not_money(self, node: tree.Amount, dimension: Dimension) -> None:
        fixes = tuple(_per_unit(node.number, dimension, self.catalogue))
        message = f"算式的结果以 {spell(dimension)} 计，应为金额（元）"
        self.refuse(node.number, "not_money", message, expected=("金额",), fixes=fixes)

    def _all(self, node: tree.And | tree.Or) -> None:
        if not node.items:
            self.refuse(node, "empty", "至少要有一个条件")
        for one in node.items:
            self.condition(one)

    def _at_least(self, node: tree.AtLeast) -> None:
        if not 1 <= node.count <= len(node.items):
            self.refuse(node, "count_range", f"至少{node.count}项，但只列了{len(node.items)}项")
        for one in node.items:
            self.condition(one)

    def _compare(self, node: tree.Compare) -> None:
        growing = [isinstance(one, tree.OverYears) and one.function == "复合增长率" for one in (node.left, node.right)]
        left = self.number(node.left, growth=not growing[1])
        right = self.number(node.right, growth=not growing[0])
        self.same(node, node.left, node.right, (left, right))

    def _between(self, node: tree.Between) -> None:
        dimension = self.number(node.value, growth=True)
        for end in (node.low, node.high):
            self.same(end, node.value, end, (dimension, self.number(end)))
        self._ends(node, (node.low.value, node.high.value), closed=node.low_in and node.high_in)

    def _date_between(self, node: tree.DateBetween) -> None:
        self.fact(node, node.fact, Kind.DATE)
        self._ends(node, (node.low, node.high), closed=node.low_in and node.high_in)

    def _ends(self, node: tree.Node, ends: tuple[Any, Any], *, closed: bool) -> None:
        low, high = ends
        if low > high or (low == high and not closed):
            self.refuse(node, "between_order", "「介于」的前一个数应小于后一个数")

    def _elapsed(self, node: tree.Elapsed) -> None:
        self.fact(node, node.fact, Kind.DATE)
        self._period(node)

    def _happened(self, node: tree.Happened) -> None:
        self.fact(node, node.fact, Kind.EVENT)
        self._period(node)

    def _period(self, node: tree.Elapsed | tree.Happened) -> None:
        if node.period == "工作日":
            self.refuse(node, "workdays", "规则不带节假日历，期限请用 年、个月 或 天", expected=("年", "个月", "天"))
        if node.count < 1:
            self.refuse(node, "period_range", "期限至少为 1")

    def _yearly(self, node: tree.Yearly) -> None:
        series = self.fact(node, node.series, Kind.SERIES)
        self.years(node, node.years)
        dimension = self.number(node.right)
        if dimension != series.measure.dimension:
            self.same(node, _figure_in(series.unit), node.right, (series.measure.dimension, dimension))


def _figure_in(unit: str) -> tree.Literal:
    """A stand-in for one year's figure of a series, so that a message can name its unit."""
    return tree.Literal("0", unit)


def _per_unit(number: tree.Number, dimension: Dimension, catalogue: Catalogue) -> list[Fix]:
    """核酸检测人次 × 100元 counts 元·人次: offer 100元/人次."""
    powers = dict(dimension)
    extra = [base for base, power in powers.items() if base != "元" and power == 1]
    if powers.get("元") != 1 or len(extra) != 1 or not isinstance(number, tree.Arithmetic) or number.operator != "×":
        return []
    sides = ((number.left, _with_per(number.right, extra[0])), (_with_per(number.left, extra[0]), number.right))
    made = [tree.Arithmetic("×", left, right) for left, right in sides if left is not None and right is not None]
    return [Fix(f"改为 {show(one, catalogue)}", show(one, catalogue)) for one in made]


def _with_per(node: tree.Number, base: str) -> tree.Literal | None:
    if isinstance(node, tree.Literal) and node.measure.dimension == MONEY:
        return tree.Literal(node.number, f"{node.unit}/{base}")
    return None
