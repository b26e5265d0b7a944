"""Expressions over figures 核对算式: `a + b = c`, `a ÷ b × 100 = c`, `a ≤ b`, `项数(a) = a`, `同口径(a, b)`.

Names are codes of figures (hj-now-17075); a hyphen belongs to a name, the minus sign is −. Read by hand, never by eval.

    sentence := 同口径 "(" name {"," name} ")" | sum [("=" | "≤" | "≥" | "<" | ">") sum]
    sum      := product {("+" | "−") product}
    product  := atom {("×" | "÷") atom}
    atom     := number | name | 项数 "(" name ")" | "(" sum ")"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

COUNT, ALIKE = "项数", "同口径"
RELATIONS = ("=", "≤", "≥", "<", ">")
_TOKEN = re.compile(
    r"\s*(?:(?P<word>[a-z][a-z0-9]*(?:-[a-z0-9]+)*|项数|同口径)|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+−×÷=≤≥<>(),，]))"
)


class ExpressionError(ValueError):
    """What is wrong with an expression, with the letter it is wrong at (from 1)."""

    def __init__(self, at: int, message: str) -> None:
        super().__init__(f"第 {at} 字：{message}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the expression."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Name:
    """A figure by its code; `counted` asks for the number of items it lists."""

    code: str
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two terms joined by + − × ÷."""

    sign: str
    left: Term
    right: Term


Term = Number | Name | Pair


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement: two sides and a relation; one side alone states nothing and is only worked out."""

    left: Term
    relation: str = ""
    right: Term | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """The statement that figures mean the same and may be put side by side."""

    codes: tuple[str, ...]


def parse(text: str) -> Sentence | Alike:
    """Read an expression; ExpressionError where it cannot be read."""
    return _Reader(text).whole()


def names_in(parsed: Sentence | Alike | Term) -> Iterator[str]:
    """The codes an expression speaks of, in order."""
    match parsed:
        case Alike(codes):
            yield from codes
        case Sentence(left, _relation, right):
            yield from names_in(left)
            yield from names_in(right) if right is not None else ()
        case Pair(_sign, left, right):
            yield from names_in(left)
            yield from names_in(right)
        case Name(code):
            yield code


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0

    def whole(self) -> Sentence | Alike:
        if self.kept == ALIKE:
            found: Sentence | Alike = self.alike()
        else:
            found = self.sentence()
        if self.kept:
            raise self.wrong(f"多出“{self.kept}”")
        return found

    def sentence(self) -> Sentence:
        left = self.joined(("+", "−"))
        if self.kept not in RELATIONS:
            return Sentence(left)
        return Sentence(left, self.take(), self.joined(("+", "−")))

    def alike(self) -> Alike:
        self.take()
        codes = [*self.inside()]
        if len(codes) < 2:
            raise self.wrong("同口径至少要两个数")
        return Alike(tuple(codes))

    def joined(self, signs: tuple[str, str]) -> Term:
        def part() -> Term:
            return self.atom() if "×" in signs else self.joined(("×", "÷"))

        left = part()
        while self.kept in signs:
            left = Pair(self.take(), left, part())
        return left

    def atom(self) -> Term:
        if self.kept == COUNT:
            self.take()
            codes = [*self.inside()]
            if len(codes) != 1:
                raise self.wrong("项数只问一个数")
            return Name(codes[0], counted=True)
        if self.kept == "(":
            self.take()
            found = self.joined(("+", "−"))
            self.expect(")")
            return found
        if self.kept[:1].isdecimal():
            return Number(Fraction(self.take()))
        return Name(self.name())

    def inside(self) -> Iterator[str]:
        self.expect("(")
        yield self.name()
        while self.kept == ",":
            self.take()
            yield self.name()
        self.expect(")")

    def name(self) -> str:
        if not self.kept[:1].isalpha() or self.kept in (COUNT, ALIKE):
            raise self.wrong("应为数的代码、数字或括号")
        return self.take()

    def expect(self, sign: str) -> None:
        if self.kept != sign:
            raise self.wrong(f"应为“{sign}”")
        self.take()

    @property
    def kept(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]

    def wrong(self, message: str) -> ExpressionError:
        place = (
            self.tokens[self.at][0]
            if self.at < len(self.tokens)
            else sum((self.tokens[-1][0], len(self.tokens[-1][1])))
            if self.tokens
            else 0
        )
        return ExpressionError(place + 1, message)


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None or found[0].strip() == "-":
            at += len(text[at:]) - len(text[at:].lstrip())
            raise ExpressionError(at + 1, f"不认识“{text[at]}”" + ("；减号写作 −" if text[at] == "-" else ""))
        word = found[0].strip().replace("，", ",")
        yield found.end() - len(word), word
        at = found.end()
