"""Four cases suggested 建议案例 for a rule: one 是, one 否, one on an edge, one 待核, to be judged by the officer.

The values are made from the conditions and kept only where the row evaluator gives what each is meant to show. The expected
amount is left open on purpose: a sum that the formula itself worked out would prove nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from songda.engines.rules import tree
from songda.engines.rules.cases import Case, run_cases
from songda.engines.rules.catalogue import Catalogue, CodeList, Kind
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show_literal
from songda.engines.rules.walk import names_of
from songda.kernel.words import gettext as _

Given = dict[str, str]
UNKNOWN = "未知"
_PLAIN = {Kind.BOOL: "是", Kind.DATE: "2019年1月1日", Kind.LIST: "在"}
_TWICE, _HALF = Decimal(2), Decimal("0.5")
_TIMES = {">": (_TWICE, _HALF), "≥": (_TWICE, _HALF), "<": (_HALF, _TWICE), "≤": (_HALF, _TWICE)}


@dataclass(frozen=True, slots=True)
class Trial:
    """One fact of a condition: its name, a value that holds, one that does not, and one exactly on the edge (or empty)."""

    name: str
    good: str
    bad: str
    edge: str = ""


def suggested(
    condition: tree.Condition, amount: tree.Amount | None, catalogue: Catalogue, on: dt.date
) -> list[dict[str, object]]:
    """Cases in the shape of `case_lines`; a sort for which no values could be made is left out."""
    trials = list(_trials(condition, catalogue))
    if not trials:
        return []
    good = {**_needed(amount, catalogue), **{one.name: one.good for one in trials}}
    asked: tuple[tuple[str, str, Iterable[Given]], ...] = (
        (_("符合条件"), "是", [good]),
        (_("不符合"), "否", _with_bad(good, trials)),
        (_("恰在界线上"), "", _with_edge(good, trials)),
        (_("数据不全"), "待核", _with_gap(good, trials)),
    )
    found = [_first(name, wanted, tries, condition, catalogue, on) for name, wanted, tries in asked]
    return [case for case in found if case is not None]


def _first(
    name: str, wanted: str, tries: Iterable[Given], condition: tree.Condition, catalogue: Catalogue, on: dt.date
) -> dict[str, object] | None:
    """The first try that gives the wanted answer; any answer will do for the edge, which says what the rule says of it."""
    for given in tries:
        try:
            (result,) = run_cases(condition, None, [Case(name, given, wanted or "是", on)], catalogue)
        except RuleError:
            continue  # a value of a kind that these trials do not know
        if not wanted or result.answer.value == wanted:
            told = {key: value for key, value in given.items() if value != UNKNOWN}
            return {
                "name": name,
                "on": on,
                "given": told,
                "expect": wanted or result.answer.value,
                "amount": "",
                "boundary": not wanted,
            }
    return None


def _with_bad(good: Given, trials: list[Trial]) -> Iterator[Given]:
    """One condition failing, each in turn; then all of them."""
    yield from ({**good, one.name: one.bad} for one in reversed(trials))
    yield {**good, **{one.name: one.bad for one in trials}}


def _with_edge(good: Given, trials: list[Trial]) -> Iterator[Given]:
    """One fact exactly on its edge, numbers first; a rule without any edge is just met."""
    edged = sorted((one for one in trials if one.edge), key=lambda one: not one.edge[0].isdigit())
    yield from ({**good, one.name: one.edge} for one in edged)
    yield good


def _with_gap(good: Given, trials: list[Trial]) -> Iterator[Given]:
    """One fact not known, each in turn; then none known."""
    yield from ({**good, one.name: UNKNOWN} for one in trials)
    yield {**good, **{one.name: UNKNOWN for one in trials}}


def _trials(condition: tree.Condition, catalogue: Catalogue) -> Iterator[Trial]:
    """The trials of every leaf; under 非 good and bad change places."""
    if isinstance(condition, tree.And | tree.Or | tree.AtLeast):
        for item in condition.items:
            yield from _trials(item, catalogue)
    elif isinstance(condition, tree.Not):
        yield from (replace(one, good=one.bad, bad=one.good) for one in _trials(condition.item, catalogue))
    elif isinstance(condition, tree.Latest):
        yield from _trials(condition.item, catalogue)
    elif trial := _trial(condition, catalogue):
        yield trial


def _trial(leaf: tree.Condition, catalogue: Catalogue) -> Trial | None:
    if isinstance(leaf, tree.Holds):
        return Trial(_name(leaf.fact, catalogue), "是", "否")
    if isinstance(leaf, tree.Listed):
        return Trial(_name(leaf.fact, catalogue), "在", "不在")
    if isinstance(leaf, tree.Within):
        return _coded(leaf, catalogue)
    if isinstance(leaf, tree.Compare) and isinstance(leaf.left, tree.Value) and isinstance(leaf.right, tree.Literal):
        return _measured(_name(leaf.left.fact, catalogue), leaf.operator, leaf.right)
    return None


def _coded(leaf: tree.Within, catalogue: Catalogue) -> Trial | None:
    known = catalogue.code_lists.get(catalogue.by_code[leaf.fact].code_list)
    if known is None:
        return None
    other = next((code for code in known.names if not _kin(code, leaf.codes, known)), "")
    last = leaf.codes[-1]
    edge = _spelt(last, known) if len(leaf.codes) > 1 else ""
    return Trial(_name(leaf.fact, catalogue), _spelt(leaf.codes[0], known), _spelt(other, known) if other else UNKNOWN, edge)


def _kin(code: str, codes: tuple[str, ...], known: CodeList) -> bool:
    """Whether a code is one of these, below one, or above one."""
    return any(code in known.lineage(one) or one in known.lineage(code) for one in codes)


def _spelt(code: str, known: CodeList) -> str:
    name = known.names[code]
    return name if list(known.names.values()).count(name) == 1 else code


def _measured(name: str, operator: str, bound: tree.Literal) -> Trial | None:
    if operator not in _TIMES:
        return None
    more, less = (_scaled(bound, by) for by in _TIMES[operator])
    return Trial(name, more, less, show_literal(bound))


def _scaled(bound: tree.Literal, by: Decimal) -> str:
    number = Decimal(bound.number) * by
    return f"{number.normalize():f}{bound.unit}" if number or by < 1 else _plain(Kind.NUM, bound.unit)


def _needed(amount: tree.Amount | None, catalogue: Catalogue) -> Given:
    """A value for every fact of the formula, so that the officer can work the sum out by hand."""
    if amount is None:
        return {}
    facts = [catalogue.by_code[code] for code in names_of(amount) if code in catalogue.by_code]
    return {fact.name: _plain(fact.kind, fact.unit) for fact in facts if fact.kind in (Kind.NUM, *_PLAIN)}


def _plain(kind: Kind, unit: str) -> str:
    values: Mapping[Kind, str] = {**_PLAIN, Kind.NUM: f"{'10万' if unit == '元' else '10'}{unit}"}
    return values[kind]


def _name(code: str, catalogue: Catalogue) -> str:
    return catalogue.by_code[code].name
