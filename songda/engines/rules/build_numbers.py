"""From the parser's reductions to the numbers of the tree, with their spans; `build` adds conditions.

What the grammar cannot say (a growth over months, an ambiguous code name) raises a `Snag`, which ends that reading of the
text; `blame` turns it into a `Problem`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from lark import Token, Transformer, v_args

from songda.engines.rules import tree
from songda.engines.rules.tree import Number, Operator, Span

OPERATORS: dict[str, Operator] = {
    "GE": "≥", "GE_WORD": "≥", "GT": ">", "LE": "≤", "LT": "<", "NOT_FULL": "<", "EQ": "=", "NE": "≠",
    "UP_IN": "≥", "UP_OUT": ">", "DOWN_IN": "≤", "DOWN_OUT": "<",
}  # fmt: skip


class Snag(Exception):
    """A part that reads but cannot be meant: a code, its span and what the message needs."""

    def __init__(self, code: str, span: Span, **data: Any) -> None:
        super().__init__(code)
        self.code, self.span, self.data = code, span, data


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of one set and the place where it ends in the text."""

    codes: tuple[str, ...]
    end: int


def span_of(part: Token | tree.Node) -> Span:
    """Where a part stands in the text."""
    if isinstance(part, Token):
        return part.start_pos or 0, part.end_pos or 0
    return part.span or (0, 0)


def across(first: Token | tree.Node, last: Token | tree.Node) -> Span:
    """From the beginning of one part to the end of another."""
    return span_of(first)[0], span_of(last)[1]


@v_args(inline=True)
class NumberBuilder(Transformer[Token, Any]):
    """Numbers and amounts."""

    def lit(self, *parts: Token) -> tree.Literal:
        digits, unit = parts[-1].value
        return tree.Literal(f"-{digits}" if len(parts) == 2 else digits, unit, span=across(parts[0], parts[-1]))

    def value(self, name: Token) -> tree.Value:
        return tree.Value(name.value, span=span_of(name))

    def number_bracket(self, opening: Token, number: Number, closing: Token) -> Number:
        return replace(number, span=across(opening, closing))

    def arithmetic(self, left: Number, operator: Token, right: Number) -> tree.Arithmetic:
        return tree.Arithmetic(operator_of(operator), left, right, span=across(left, right))

    def pick(self, function: Token, *parts: Any) -> tree.Pick:
        return tree.Pick(function.value, _numbers(parts), span=across(function, parts[-1]))

    def series_number(self, function: Token, *parts: Token) -> tree.OverYears:
        series, period = parts[1], parts[3]
        return tree.OverYears(function.value, series.value, years(period), span=across(function, parts[-1]))

    def arm(self, operator: Token, bound: tree.Literal, _arrow: Token, result: Number) -> tree.Arm:
        return tree.Arm(OPERATORS[operator.type], bound, result, span=across(operator, result))  # type: ignore[arg-type]

    def arm_cmp(self, operator: Token) -> Token:
        return operator

    def tiers(self, function: Token, *parts: Any) -> tree.Tiers:
        arms = tuple(one for one in parts if isinstance(one, tree.Arm))
        return tree.Tiers(function.value == "分段", parts[1], arms, parts[-2], span=across(function, parts[-1]))

    def codes(self, *parts: Token) -> Codes:
        found = tuple(dict.fromkeys(_one_code(one) for one in parts if one.type == "CODE"))
        return Codes(found, span_of(parts[-1])[1])

    def code_arm(self, codes: Codes, _arrow: Token, result: Number) -> tuple[tuple[str, Number], ...]:
        return tuple((code, result) for code in codes.codes)

    def other(self, *parts: Any) -> tree.Node:
        return parts[-1]  # type: ignore[no-any-return]

    def by_code(self, function: Token, _open: Token, fact: Token, *parts: Any) -> tree.ByCode:
        arms = tuple(arm for one in parts if isinstance(one, tuple) for arm in one)
        other = next((one for one in parts if isinstance(one, tree.Node)), None)
        return tree.ByCode(fact.value, arms, other, span=across(function, parts[-1]))  # type: ignore[arg-type]

    def whole(self, function: Token, *parts: Any) -> tree.Whole:
        return tree.Whole(parts[1], parts[3].value, span=across(function, parts[-1]))

    def limit(self, word: Token, bound: tree.Literal) -> tree.Limit:
        return tree.Limit(word.type == "CAP", bound, span=across(word, bound))

    def rounding(self, _to: Token, unit: Token, mode: Token) -> tuple[Token, Token]:
        return unit, mode

    def amount(self, number: Number, *parts: Any) -> tree.Amount:
        limits = tuple(one for one in parts if isinstance(one, tree.Limit))
        unit: Any
        mode: Any
        unit, mode = next(((one[0].value, one[1].value) for one in parts if isinstance(one, tuple)), ("分", "四舍五入"))
        return tree.Amount(number, limits, unit, mode, span=across(number, limits[-1] if limits else number))


def operator_of(token: Token) -> Any:
    """The tree's sign of an arithmetic token."""
    return {"PLUS": "+", "MINUS": "−", "TIMES": "×", "OVER": "÷"}[token.type]


def _one_code(token: Token) -> str:
    codes: tuple[str, ...] = token.value
    if len(codes) > 1:
        raise Snag("ambiguous_code", span_of(token), codes=codes)
    return codes[0]


def years(period: Token) -> int:
    count, unit = period.value
    if unit != "年":
        raise Snag("years_expected", span_of(period), count=count)
    return int(count)


def _numbers(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(one for one in parts if not isinstance(one, Token))
