"""The canonical print 规范文本: symbols for comparison and arithmetic, Chinese words for the rest, every token free-standing.

`parse(show(x)) == x` for every checked tree, so the text on the page is the rule, and can be signed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.days import spell_day
from songda.engines.rules.lexicon import WALLS, half_width, lexicon_of
from songda.engines.rules.walk import names_of

__all__ = ["names_of", "show", "show_code", "show_literal"]

Print = Callable[[Any, Catalogue], str]


def show(node: tree.Node, catalogue: Catalogue) -> str:
    """A condition, number or amount as its canonical text."""
    return _PRINTS[type(node)](node, catalogue)


def show_literal(node: tree.Literal) -> str:
    """500万元, −5%."""
    return f"−{node.number[1:]}{node.unit}" if node.number.startswith("-") else f"{node.number}{node.unit}"


def show_code(code: str, code_list: str, catalogue: Catalogue) -> str:
    """A code by its name; with code and name, C37「…」, where the name is shared or holds a delimiter."""
    table = lexicon_of(catalogue).codes.get(code_list)
    name = catalogue.code_lists[code_list].names.get(code, "") if table is not None else ""
    if table is not None and _plain(name) and table.meanings.get(half_width(name)) == [("CODE", (code,))]:
        return name
    if _plain(code):
        return f"{code}「{name}」" if name and not set("「」") & set(name) else code
    return f"「{code}」"


def _plain(word: str) -> bool:
    return bool(word) and not any(one in WALLS or one.isspace() for one in half_width(word))


def _name(code: str, catalogue: Catalogue) -> str:
    fact = catalogue.by_code.get(code)
    if fact is None:
        return f"「{code}」"
    return fact.name if _plain(fact.name) else f"「{fact.name}」"


# ---- conditions ---------------------------------------------------------------------------------------------------


def _inside(node: tree.Node, catalogue: Catalogue, *bracketed: type[tree.Node]) -> str:
    text = show(node, catalogue)
    return f"({text})" if isinstance(node, bracketed) else text


def _and(node: tree.And, catalogue: Catalogue) -> str:
    return " 且 ".join(_inside(one, catalogue, tree.And, tree.Or) for one in node.items)


def _or(node: tree.Or, catalogue: Catalogue) -> str:
    return " 或 ".join(_inside(one, catalogue, tree.And, tree.Or) for one in node.items)


def _not(node: tree.Not, catalogue: Catalogue) -> str:
    sugar = _NEGATED.get(type(node.item))
    if sugar is not None:
        return sugar(node.item, catalogue)
    return f"非 {_inside(node.item, catalogue, tree.And, tree.Or)}"


def _at_least(node: tree.AtLeast, catalogue: Catalogue) -> str:
    return f"至少{node.count}项 {{{'；'.join(show(one, catalogue) for one in node.items)}}}"


def _latest(node: tree.Latest, catalogue: Catalogue) -> str:
    prefixed = isinstance(node.item, tree.Not) and type(node.item.item) not in _NEGATED
    text = show(node.item, catalogue)
    return f"({text}) 以最近值计" if prefixed or isinstance(node.item, tree.And | tree.Or) else f"{text} 以最近值计"


def _holds(node: tree.Holds, catalogue: Catalogue) -> str:
    return _name(node.fact, catalogue)


def _compare(node: tree.Compare, catalogue: Catalogue) -> str:
    return f"{show(node.left, catalogue)} {node.operator} {show(node.right, catalogue)}"


def _mark(*, included: bool) -> str:
    return "(含)" if included else "(不含)"


def _between(node: tree.Between, catalogue: Catalogue) -> str:
    low, high = show_literal(node.low), show_literal(node.high)
    return f"{show(node.value, catalogue)} 介于 {low} {_mark(included=node.low_in)} 与 {high} {_mark(included=node.high_in)} 之间"


def _within(word: str) -> Print:
    def text(node: tree.Within, catalogue: Catalogue) -> str:
        fact = catalogue.by_code.get(node.fact)
        code_list = fact.code_list if fact else ""
        codes = "；".join(show_code(one, code_list, catalogue) for one in node.codes)
        return f"{_name(node.fact, catalogue)} {word} {{{codes}}}"

    return text


def _listed(word: str) -> Print:
    def text(node: tree.Listed, catalogue: Catalogue) -> str:
        day = f" 于 {spell_day(node.on)}" if node.on else ""
        return f"{word} {_name(node.fact, catalogue)}{day}"

    return text


def _elapsed(node: tree.Elapsed, catalogue: Catalogue) -> str:
    return f"{_name(node.fact, catalogue)} 满 {node.count}{node.period}"


def _date_compare(node: tree.DateCompare, catalogue: Catalogue) -> str:
    return f"{_name(node.fact, catalogue)} {node.operator} {spell_day(node.day)}"


def _date_between(node: tree.DateBetween, catalogue: Catalogue) -> str:
    low, high = spell_day(node.low), spell_day(node.high)
    return f"{_name(node.fact, catalogue)} 介于 {low} {_mark(included=node.low_in)} 与 {high} {_mark(included=node.high_in)} 之间"


def _yearly(node: tree.Yearly, catalogue: Catalogue) -> str:
    every = "每年" if node.every else "任一年"
    return f"近{node.years}年 {every} {_name(node.series, catalogue)} {node.operator} {show(node.right, catalogue)}"


def _happened(word: str) -> Print:
    def text(node: tree.Happened, catalogue: Catalogue) -> str:
        return f"近{node.count}{node.period} 内 {word} {_name(node.fact, catalogue)}"

    return text


def _known(word: str) -> Print:
    return lambda node, catalogue: f"{_name(node.fact, catalogue)} {word}"


# ---- numbers ------------------------------------------------------------------------------------------------------


def _literal(node: tree.Literal, _catalogue: Catalogue) -> str:
    return show_literal(node)


def _arithmetic(node: tree.Arithmetic, catalogue: Catalogue) -> str:
    level = _level(node)
    left, right = show(node.left, catalogue), show(node.right, catalogue)
    left = f"({left})" if _level(node.left) < level else left
    right = f"({right})" if _level(node.right) <= level else right
    return f"{left} {node.operator} {right}"


def _level(node: tree.Node) -> int:
    if not isinstance(node, tree.Arithmetic):
        return 3
    return 1 if node.operator in "+−" else 2


def _pick(node: tree.Pick, catalogue: Catalogue) -> str:
    return f"{node.function}({', '.join(show(one, catalogue) for one in node.items)})"


def _over_years(node: tree.OverYears, catalogue: Catalogue) -> str:
    return f"{node.function}({_name(node.series, catalogue)}, {node.years}年)"


def _tiers(node: tree.Tiers, catalogue: Catalogue) -> str:
    arms = [f"{one.operator} {show_literal(one.bound)} → {show(one.result, catalogue)}" for one in node.arms]
    arms.append(f"其余 → {show(node.other, catalogue)}")
    return f"{'分段' if node.sliced else '分档'}({show(node.base, catalogue)}: {'；'.join(arms)})"


def _by_code(node: tree.ByCode, catalogue: Catalogue) -> str:
    fact = catalogue.by_code.get(node.fact)
    code_list = fact.code_list if fact else ""
    arms = [f"{show_code(code, code_list, catalogue)} → {show(number, catalogue)}" for code, number in node.arms]
    if node.other is not None:
        arms.append(f"其余 → {show(node.other, catalogue)}")
    return f"分类({_name(node.fact, catalogue)}: {'；'.join(arms)})"


def _whole(node: tree.Whole, catalogue: Catalogue) -> str:
    return f"取整({show(node.item, catalogue)}, {node.mode})"


def _limit(node: tree.Limit, _catalogue: Catalogue) -> str:
    return f"{'上限' if node.upper else '下限'} {show_literal(node.bound)}"


def _amount(node: tree.Amount, catalogue: Catalogue) -> str:
    parts = [show(node.number, catalogue), *(show(one, catalogue) for one in node.limits)]
    if (node.unit, node.mode) != ("分", "四舍五入"):
        parts.append(f"取整到 {node.unit} {node.mode}")
    return " ".join(parts)


_PRINTS: dict[type[tree.Node], Print] = {
    tree.And: _and,
    tree.Or: _or,
    tree.Not: _not,
    tree.AtLeast: _at_least,
    tree.Latest: _latest,
    tree.Holds: _holds,
    tree.Compare: _compare,
    tree.Between: _between,
    tree.Within: _within("属于"),
    tree.Listed: _listed("在"),
    tree.Elapsed: _elapsed,
    tree.DateCompare: _date_compare,
    tree.DateBetween: _date_between,
    tree.Yearly: _yearly,
    tree.Happened: _happened("有"),
    tree.Known: _known("已知"),
    tree.Literal: _literal,
    tree.Value: _holds,
    tree.Arithmetic: _arithmetic,
    tree.Pick: _pick,
    tree.OverYears: _over_years,
    tree.Tiers: _tiers,
    tree.ByCode: _by_code,
    tree.Whole: _whole,
    tree.Limit: _limit,
    tree.Amount: _amount,
}
_NEGATED: dict[type[tree.Node], Print] = {
    tree.Within: _within("不属于"),
    tree.Listed: _listed("不在"),
    tree.Happened: _happened("无"),
    tree.Known: _known("未知"),
}
