"""The rules as a ZEN decision, as its users write them: one expression a rule, one evaluation a firm.

ZEN is two-valued: `null >= 5` throws and `null not in [...]` is true. So each expression says "certainly 是", every fact
guarded against null, and only the 是 can be compared. That is half of what the other engines give.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import zen

from benchmarks.firms import ON, Columns, code_lists, texts_of
from benchmarks.peer_polars import stored
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
    Or,
    Value,
    Within,
    Yearly,
)

_SIGNS = {"≥": ">=", ">": ">", "≤": "<=", "<": "<"}
_AGAINST = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


def firms_of(table: Columns) -> list[dict[str, Any]]:
    """One dictionary a firm, None for what is missing."""
    lists = {name: texts_of(table, name).tolist() if name in code_lists() else one.tolist() for name, one in table.items()}
    return [dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)]


def prepare(rules: dict[str, Condition]) -> zen.ZenDecision:
    """One decision with one expression a rule."""
    expressions = [{"id": name, "key": name, "value": certain(rule, is_yes=True)} for name, rule in rules.items()]
    place = {"x": 0, "y": 0}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": place},
        {"id": "ex", "type": "expressionNode", "name": "ex", "position": place, "content": {"expressions": expressions}},
        {"id": "out", "type": "outputNode", "name": "out", "position": place},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "ex", "type": "edge"},
        {"id": "2", "sourceId": "ex", "targetId": "out", "type": "edge"},
    ]
    return zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))


def run(decision: zen.ZenDecision, firms: list[dict[str, Any]], names: list[str]) -> dict[str, int]:
    """How many firms are 是 under each rule."""
    answers = [decision.evaluate(firm)["result"] for firm in firms]
    return {name: int(np.sum([one[name] for one in answers])) for name in names}


def certain(node: Condition, *, is_yes: bool) -> str:
    """The expression that is true where the condition is certainly 是 (or, not `is_yes`, certainly 否)."""
    if isinstance(node, Not):
        return certain(node.item, is_yes=not is_yes)
    if isinstance(node, And | Or):
        word = " and " if isinstance(node, And) == is_yes else " or "
        return "(" + word.join(certain(item, is_yes=is_yes) for item in node.items) + ")"
    if isinstance(node, AtLeast):
        least = node.count if is_yes else len(node.items) - node.count + 1
        return "(" + " + ".join(f"({certain(item, is_yes=is_yes)} ? 1 : 0)" for item in node.items) + f" >= {least})"
    if isinstance(node, Yearly):
        years = [f"{node.series}__{year}" for year in range(ON.year - node.years, ON.year)]
        parts = [_compared(name, _SIGNS[node.operator], stored(node.right), is_yes=is_yes) for name in years]
        return "(" + (" and " if node.every == is_yes else " or ").join(parts) + ")"
    return _LEAVES[type(node)](node, is_yes=is_yes)


def _compared(name: str, sign: str, bound: object, *, is_yes: bool) -> str:
    return f"({name} != null and {name} {sign if is_yes else _AGAINST[sign]} {bound})"


def _flag(node: Holds | Listed, *, is_yes: bool) -> str:
    return f"({node.fact} != null and {node.fact} == {'true' if is_yes else 'false'})"


def _within(node: Within, *, is_yes: bool) -> str:
    codes, asked = code_lists()[node.fact], set(node.codes)
    inside = [code for code in codes.names if asked.intersection(codes.lineage(code))]
    broad = {above for code in asked for above in codes.lineage(code)}.difference(inside)
    if is_yes:
        return f"({node.fact} != null and {node.fact} in {json.dumps(inside)})"
    return f"({node.fact} != null and {node.fact} not in {json.dumps(inside + sorted(broad))})"


def _compare(node: Compare, *, is_yes: bool) -> str:
    if not isinstance(node.left, Value):
        raise TypeError(node)
    if isinstance(node.right, Literal):
        return _compared(node.left.fact, _SIGNS[node.operator], stored(node.right), is_yes=is_yes)
    if (
        not isinstance(node.right, Arithmetic)
        or not isinstance(node.right.left, Value)
        or not isinstance(node.right.right, Literal)
    ):
        raise TypeError(node)
    share, other = node.right.right.value, node.right.left.fact
    sign = _SIGNS[node.operator] if is_yes else _AGAINST[_SIGNS[node.operator]]
    sides = f"{node.left.fact} * {share.denominator} {sign} {other} * {share.numerator}"
    return f"({node.left.fact} != null and {other} != null and {sides})"


def _between(node: Between, *, is_yes: bool) -> str:
    if not isinstance(node.value, Value):
        raise TypeError(node)
    name, low, high = node.value.fact, stored(node.low), stored(node.high)
    inside = f"{name} >= {low} and {name} < {high}" if is_yes else f"({name} < {low} or {name} >= {high})"
    return f"({name} != null and {inside})"


_LEAVES: dict[type, Callable[..., str]] = {
    Holds: _flag,
    Listed: _flag,
    Within: _within,
    Compare: _compare,
    Between: _between,
    Elapsed: lambda node, *, is_yes: _compared(
        node.fact, "<=", day_number(latest_start(ON, node.count, node.period)), is_yes=is_yes
    ),
    Happened: lambda node, *, is_yes: _compared(
        node.fact, ">", day_number(latest_start(ON, node.count, node.period)), is_yes=is_yes
    ),
    DateCompare: lambda node, *, is_yes: _compared(node.fact, _SIGNS[node.operator], day_number(node.day), is_yes=is_yes),
}
