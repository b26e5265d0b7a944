"""Dimensions of numbers: what may be added, compared and multiplied, and what a formula's result is counted in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.nearest import nearest
from songda.engines.rules.problem import Fix, Problem, RuleError
from songda.engines.rules.show import show, show_literal
from songda.engines.rules.units import RATIO, Dimension, over, spell, times

_KIND_NAMES = {
    Kind.BOOL: "是否事实",
    Kind.NUM: "数值",
    Kind.DATE: "日期",
    Kind.CODE: "分类",
    Kind.SERIES: "年度序列",
    Kind.LIST: "名单",
    Kind.EVENT: "事件",
}
_MOST_YEARS = 50


class NumberChecker:
    """Checks numbers against one catalogue; every method raises `RuleError` at the smallest wrong node."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._rules: dict[type[tree.Node], Callable[[Any], Dimension]] = {
            tree.Literal: self._literal,
            tree.Value: lambda node: self.fact(node, node.fact, Kind.NUM).measure.dimension,
            tree.Arithmetic: self._arithmetic,
            tree.Pick: self._pick,
            tree.OverYears: self._over_years,
            tree.Tiers: self._tiers,
            tree.ByCode: self._by_code,
            tree.Whole: lambda node: self.number(node.item),
        }

    def refuse(self, node: tree.Node, code: str, message: str, **more: Any) -> NoReturn:
        """Raise the problem at this node."""
        start, end = node.span or (0, 0)
        raise RuleError(Problem(code, start, end, message, show(node, self.catalogue), **more))

    def fact(self, node: tree.Node, code: str, *kinds: Kind) -> FactKind:
        """The catalogue entry of a fact, which must be of one of these kinds."""
        found = self.catalogue.by_code.get(code)
        if found is None:
            names = nearest(code, self.catalogue.by_code)
            self.refuse(node, "unknown_fact", f"事实目录里没有「{code}」", nearest=names)
        if found.kind not in kinds:
            wanted = "、".join(_KIND_NAMES[one] for one in kinds)
            self.refuse(node, "wrong_kind", f"「{found.name}」是{_KIND_NAMES[found.kind]}，这里应为{wanted}", expected=(wanted,))
        return found

    def codes(self, node: tree.Node, fact: FactKind, codes: tuple[str, ...]) -> None:
        """Every code is in the fact's own list."""
        known = self.catalogue.code_lists.get(fact.code_list)
        for code in codes:
            if known is None or code not in known.names:
                near = nearest(code, known.names) if known else ()
                self.refuse(node, "unknown_code", f"「{fact.name}」的代码表里没有「{code}」", nearest=near)

    def number(self, node: tree.Number, *, growth: bool = False) -> Dimension:
        """The dimension of a number. A 复合增长率, which has no exact value, may stand only where it is just compared."""
        if isinstance(node, tree.OverYears) and node.function == "复合增长率" and not growth:
            self.refuse(node, "growth_place", "复合增长率只能直接用来比较（如 复合增长率(营业收入, 3年) ≥ 20%），不能参与计算")
        return self._rules[type(node)](node)

    def same(self, whole: tree.Node, left: tree.Number, right: tree.Number, sides: tuple[Dimension, Dimension]) -> None:
        """Both sides are counted alike, or the smaller wrong side is named."""
        if sides[0] == sides[1]:
            return
        for node, own, other, partner in ((right, sides[1], sides[0], left), (left, sides[0], sides[1], right)):
            if isinstance(node, tree.Literal):
                self._wrong_literal(node, own, other, partner)
        message = f"单位不同，不能相比或相加：左边是 {spell(sides[0])}，右边是 {spell(sides[1])}"
        self.refuse(whole, "unit_mismatch", message, expected=(spell(sides[0]),))

    def _wrong_literal(self, node: tree.Literal, own: Dimension, other: Dimension, partner: tree.Number) -> NoReturn:
        unit = self._unit_of(partner) or spell(other)
        fixes = (Fix(f"补上单位 {unit}", f"{show_literal(tree.Literal(node.number))}{unit}"),) if other else ()
        if node.unit == "":
            self.refuse(node, "bare_number", f"「{node.number}」没有单位，这里应以 {unit} 计", expected=(unit,), fixes=fixes)
        message = f"单位不同：「{show_literal(node)}」以 {spell(own)} 计，这里应以 {spell(other)} 计"
        self.refuse(node, "unit_mismatch", message, expected=(unit,))

    def _unit_of(self, node: tree.Node) -> str:
        if isinstance(node, tree.Value):
            return self.catalogue.by_code[node.fact].unit
        return node.unit if isinstance(node, tree.Literal) else ""

    def _literal(self, node: tree.Literal) -> Dimension:
        try:
            _ = node.value
            return node.measure.dimension
        except ValueError:
            start, end = node.span or (0, 0)
            raise RuleError(Problem("bad_number", start, end, f"不是数：「{node.number}{node.unit}」")) from None

    def _arithmetic(self, node: tree.Arithmetic) -> Dimension:
        left, right = self.number(node.left), self.number(node.right)
        if node.operator == "×":
            return times(left, right)
        if node.operator == "÷":
            if isinstance(node.right, tree.Literal) and node.right.value == 0:
                self.refuse(node.right, "zero_divisor", "不能除以 0")
            return over(left, right)
        self.same(node, node.left, node.right, (left, right))
        return left

    def _pick(self, node: tree.Pick) -> Dimension:
        return self.alike(node, node.items)

    def alike(self, whole: tree.Node, items: tuple[tree.Number, ...]) -> Dimension:
        """One dimension for all of these."""
        if not items:
            self.refuse(whole, "empty", "至少要有一个数")
        # A bare number is judged by its neighbours, so the first item that has a unit sets the measure.
        lead = next((one for one in items if not (isinstance(one, tree.Literal) and one.unit == "")), items[0])
        dimension = self.number(lead)
        for one in items:
            self.same(whole, lead, one, (dimension, self.number(one)))
        return dimension

    def years(self, node: tree.Node, years: int) -> None:
        """A span of years that a series can have."""
        if not 1 <= years <= _MOST_YEARS:
            self.refuse(node, "years_range", f"年数应在 1 与 {_MOST_YEARS} 之间")

    def _over_years(self, node: tree.OverYears) -> Dimension:
        series = self.fact(node, node.series, Kind.SERIES)
        self.years(node, node.years)
        if node.function == "同比增长率" and node.years != 1:
            fixes = (Fix("复合增长率", show(tree.OverYears("复合增长率", node.series, node.years), self.catalogue)),)
            self.refuse(node, "growth_years", "同比增长率只看1年；多年请用 复合增长率", fixes=fixes)
        return RATIO if node.function.endswith("增长率") else series.measure.dimension

    def _tiers(self, node: tree.Tiers) -> Dimension:
        base = self.number(node.base, growth=not node.sliced)
        for arm in node.arms:
            self.same(arm.bound, node.base, arm.bound, (base, self.number(arm.bound)))
        self._bracket_order(node)
        result = self.alike(node, (*(arm.result for arm in node.arms), node.other))
        return times(base, result) if node.sliced else result

    def _bracket_order(self, node: tree.Tiers) -> None:
        rising = node.arms[0].operator in "≤<" if node.arms else True
        for arm in node.arms:
            if (arm.operator in "≤<") != rising:
                self.refuse(arm.bound, "tiers_direction", "分档要朝一个方向写：全用 ≤ 或 < 由小到大，或全用 ≥ 或 > 由大到小")
        for before, after in zip(node.arms, node.arms[1:], strict=False):
            if not _follows(before, after, rising=rising, sliced=node.sliced):
                self.refuse(after.bound, "tiers_order", f"档位次序不对：应由{'小到大' if rising else '大到小'}，不重不漏")

    def _by_code(self, node: tree.ByCode) -> Dimension:
        fact = self.fact(node, node.fact, Kind.CODE)
        codes = tuple(code for code, _ in node.arms)
        self.codes(node, fact, codes)
        if len(set(codes)) != len(codes):
            self.refuse(node, "code_twice", "同一代码写了两次")
        return self.alike(node, (*(one for _, one in node.arms), *((node.other,) if node.other is not None else ())))


def _follows(before: tree.Arm, after: tree.Arm, *, rising: bool, sliced: bool) -> bool:
    if before.bound.value != after.bound.value:
        return (before.bound.value < after.bound.value) == rising
    return not sliced and before.operator in "<>" and after.operator in "≤≥"
