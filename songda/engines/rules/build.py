"""From the parser's reductions to the conditions of the tree. Spans run from the first to the last token of each part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from lark import Token, v_args

from songda.engines.rules import tree
from songda.engines.rules.build_numbers import OPERATORS, Codes, NumberBuilder, SnagError, across, span_of, years
from songda.engines.rules.tree import Condition, Number, Operator, Span

_MARKED: dict[tuple[str, str], Operator] = {
    ("<", "IN"): "≤", ("≤", "IN"): "≤", ("<", "OUT"): "<", (">", "IN"): "≥", ("≥", "IN"): "≥", (">", "OUT"): ">",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chain:
    """Conditions joined by 且 and 或 on one level, before it is known that only one of the two is used."""

    items: tuple[Condition, ...]
    joiners: tuple[Token, ...]


def all_of(items: tuple[Condition, ...], span: Span | None = None) -> Condition:
    """且 of these, folded: no And directly inside an And; one item is itself."""
    flat = tuple(part for one in items for part in (one.items if isinstance(one, tree.And) else (one,)))
    return flat[0] if len(flat) == 1 else tree.And(flat, span=span)


def any_of(items: tuple[Condition, ...], span: Span | None = None) -> Condition:
    """或 of these, folded."""
    flat = tuple(part for one in items for part in (one.items if isinstance(one, tree.Or) else (one,)))
    return flat[0] if len(flat) == 1 else tree.Or(flat, span=span)


def finish(part: Chain | Condition) -> Condition:
    """A whole level as one condition; 且 and 或 mixed without brackets is refused."""
    if not isinstance(part, Chain):
        return part
    kinds = {one.type for one in part.joiners}
    if len(kinds) > 1:
        raise SnagError("mixed_logic", chain_span(part), chain=part)
    make = all_of if kinds == {"AND"} else any_of
    return make(part.items, chain_span(part))


def chain_span(chain: Chain) -> Span:
    """Where a chain stands in the text."""
    return across(chain.items[0], chain.items[-1])


@v_args(inline=True)
class Builder(NumberBuilder):
    """Conditions."""

    def condition(self, part: Chain | Condition, *_stop: Token) -> Condition:
        """A whole text."""
        return finish(part)

    def joined(self, left: Chain | Condition, joiner: Token, right: Condition) -> Chain:
        """a 且 b, a 或 b."""
        if isinstance(left, Chain):
            return Chain((*left.items, right), (*left.joiners, joiner))
        return Chain((left, right), (joiner,))

    def negated(self, word: Token, item: Condition) -> tree.Not:
        """非 a."""
        return tree.Not(item, span=across(word, item))

    def latest(self, item: Condition, word: Token) -> tree.Latest:
        """a 以最近值计."""
        return tree.Latest(item, span=across(item, word))

    def bracket(self, opening: Token, part: Chain | Condition, closing: Token) -> Condition:
        """( a )."""
        return replace(finish(part), span=across(opening, closing))

    def conditions(self, *parts: Any) -> tuple[Condition, ...]:
        """a；b；c."""
        return tuple(finish(one) for one in parts if not isinstance(one, Token))

    def all_of(self, word: Token, _open: Token, items: tuple[Condition, ...], close: Token) -> Condition:
        """同时满足 {a；b}."""
        return all_of(items, across(word, close))

    def any_of(self, word: Token, _open: Token, items: tuple[Condition, ...], close: Token) -> Condition:
        """满足任一 {a；b}."""
        return any_of(items, across(word, close))

    def at_least(self, word: Token, _open: Token, items: tuple[Condition, ...], close: Token) -> tree.AtLeast:
        """至少2项 {a；b；c}."""
        return tree.AtLeast(word.value, items, span=across(word, close))

    def holds(self, name: Token, *parts: Token) -> tree.Holds:
        """FACT, FACT 为 是."""
        return tree.Holds(name.value, span=across(name, parts[-1] if parts else name))

    def fails(self, name: Token, _is: Token, word: Token) -> tree.Not:
        """FACT 为 否."""
        return tree.Not(tree.Holds(name.value, span=span_of(name)), span=across(name, word))

    def compare(self, left: Number, operator: Token, right: Number) -> tree.Compare:
        """a ≥ b."""
        return tree.Compare(OPERATORS[operator.type], left, right, span=across(left, right))

    def compare_marked(self, left: Number, operator: Token, literal: Token, mark: Token) -> tree.Compare:
        """a 小于 5000万元(含)."""
        sign = OPERATORS[operator.type]
        meant = _MARKED.get((sign, mark.type))
        if meant is None:
            raise SnagError("contradicting_mark", across(operator, mark), operator=sign)
        return tree.Compare(meant, left, self.lit(literal), span=across(left, mark))

    def compare_bound(self, left: Number, *parts: Token) -> tree.Compare:
        """a 50人以上(含)."""
        literal, bound = parts[-2:]
        return tree.Compare(OPERATORS[bound.type], left, self.lit(literal), span=across(left, bound))

    def between(self, value: Number, *parts: Any) -> tree.Between:
        """a 介于 5 (含) 与 9 (不含) 之间."""
        _word, low, low_end, _to, high, high_end = parts[:6]
        span = across(value, parts[-1])
        return tree.Between(value, low, low_end.type == "IN", high, high_end.type == "IN", span=span)

    def within(self, fact: Token, word: Token, codes: Codes) -> Condition:
        """FACT 属于 {…}."""
        span = (span_of(fact)[0], codes.end)
        found = tree.Within(fact.value, codes.codes, span=span)
        return tree.Not(found, span=span) if word.type in ("NOT_WITHIN", "IS_NOT") else found

    def listed(self, word: Token, name: Token, *day: Token) -> Condition:
        """在 名单 于 2020年1月1日."""
        span = across(word, day[-1] if day else name)
        found = tree.Listed(name.value, day[-1].value if day else None, span=span)
        return tree.Not(found, span=span) if word.type == "OFF_LIST" else found

    def elapsed(self, fact: Token, word: Token, period: Token) -> Condition:
        """FACT 满 2年."""
        count, unit = period.value
        found = tree.Elapsed(fact.value, count, unit, span=across(fact, period))
        return tree.Not(found, span=found.span) if word.type == "NOT_FULL" else found

    def date_compare(self, fact: Token, operator: Token, day: Token) -> tree.DateCompare:
        """FACT ≥ 2020年1月1日."""
        return tree.DateCompare(OPERATORS[operator.type], fact.value, day.value, span=across(fact, day))

    def date_between(self, fact: Token, *parts: Token) -> tree.DateBetween:
        """FACT 介于 day (含) 与 day (含)."""
        _word, low, low_end, _to, high, high_end = parts[:6]
        span = across(fact, parts[-1])
        return tree.DateBetween(fact.value, low.value, low_end.type == "IN", high.value, high_end.type == "IN", span=span)

    def yearly_holds(self, recent: Token, every: Token, series: Token, operator: Token, right: Number) -> tree.Yearly:
        """近3年 每年 SERIES ≥ a."""
        sign = OPERATORS[operator.type]
        return tree.Yearly(years(recent), every.type == "EVERY", series.value, sign, right, span=across(recent, right))

    def happened(self, recent: Token, *parts: Token) -> Condition:
        """近6个月 内 无 EVENT."""
        count, unit = recent.value
        having, event = parts[-2:]
        found = tree.Happened(event.value, count, unit, span=across(recent, event))
        return tree.Not(found, span=found.span) if having.type == "HAVE_NOT" else found

    def known(self, fact: Token, word: Token) -> Condition:
        """FACT 已知."""
        found = tree.Known(fact.value, span=across(fact, word))
        return tree.Not(found, span=found.span) if word.type == "UNKNOWN" else found

    def _keep(self, token: Token) -> Token:
        return token

    cmp = bound = end = membership = yearly = having = fact = sep = _keep
