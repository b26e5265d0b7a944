"""From the parser's reductions to the numbers of the tree, with their spans; `build` adds conditions.

What the grammar cannot say (a growth over months, an ambiguous code name) raises a `SnagError`, which ends that reading of the
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


class SnagError(Exception):
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
        """500万元, −5%."""
        digits, unit = parts[-1].value
        return tree.Literal(f"-{digits}" if len(parts) == 2 else digits, unit, span=across(parts[0], parts[-1]))

    def value(self, name: Token) -> tree.Value:
        """a fact's name."""
        return tree.Value(name.value, span=span_of(name))

    def number_bracket(self, opening: Token, number: Number, closing: Token) -> Number:
        """( number )."""
        return replace(number, span=across(opening, closing))

    def arithmetic(self, left: Number, operator: Token, right: Number) -> tree.Arithmetic:
        """a × b."""
        return tree.Arithmetic(operator_of(operator), left, right, span=across(left, right))

    def pick(self, function: Token, *parts: Any) -> tree.Pick:
        """取小(a, b)."""
        return tree.Pick(function.value, _numbers(parts), span=across(function, parts[-1]))

    def series_number(self, function: Token, *parts: Token) -> tree.OverYears:
        """合计(SERIES, 3年)."""
        series, period = parts[1], parts[3]
        return tree.OverYears(function.value, series.value, years(period), span=across(function, parts[-1]))

    def arm(self, operator: Token, bound: tree.Literal, _arrow: Token, result: Number) -> tree.Arm:
        """≤ 1000万元 → 2%."""
        sign: Any = OPERATORS[operator.type]
        return tree.Arm(sign, bound, result, span=across(operator, result))

    def arm_cmp(self, operator: Token) -> Token:
        """≤."""
        return operator

    def tiers(self, function: Token, *parts: Any) -> tree.Tiers:
        """分档(a: …；其余 → b)."""
        arms = tuple(one for one in parts if isinstance(one, tree.Arm))
        return tree.Tiers(function.value == "分段", parts[1], arms, parts[-2], span=across(function, parts[-1]))

    def codes(self, *parts: Token) -> Codes:
        """{C27；C37} or one code."""
        found = tuple(dict.fromkeys(_one_code(one) for one in parts if one.type == "CODE"))
        return Codes(found, span_of(parts[-1])[1])

    def code_arm(self, codes: Codes, _arrow: Token, result: Number) -> tuple[tuple[str, Number], ...]:
        """国家级 → 100万元."""
        return tuple((code, result) for code in codes.codes)

    def other(self, *parts: Any) -> tree.Node:
        """；其余 → b."""
        found: tree.Node = parts[-1]
        return found

    def by_code(self, function: Token, _open: Token, fact: Token, *parts: Any) -> tree.ByCode:
        """分类(FACT: …)."""
        arms = tuple(arm for one in parts if isinstance(one, tuple) for arm in one)
        other: Any = next((one for one in parts if isinstance(one, tree.Node)), None)
        return tree.ByCode(fact.value, arms, other, span=across(function, parts[-1]))

    def whole(self, function: Token, *parts: Any) -> tree.Whole:
        """取整(a, 舍去)."""
        return tree.Whole(parts[1], parts[3].value, span=across(function, parts[-1]))

    def limit(self, word: Token, bound: tree.Literal) -> tree.Limit:
        """上限 500万元."""
        return tree.Limit(word.type == "CAP", bound, span=across(word, bound))

    def rounding(self, _to: Token, unit: Token, mode: Token) -> tuple[Token, Token]:
        """取整到 元 舍去."""
        return unit, mode

    def amount(self, number: Number, *parts: Any) -> tree.Amount:
        """a 上限 b 取整到 元 舍去."""
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
        raise SnagError("ambiguous_code", span_of(token), codes=codes)
    return codes[0]


def years(period: Token) -> int:
    """The count of a period that must be in years."""
    count, unit = period.value
    if unit != "年":
        raise SnagError("years_expected", span_of(period), count=count)
    return int(count)


def _numbers(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(one for one in parts if not isinstance(one, Token))
