"""Exact arithmetic as SQL text: integers with a known reach, and quotients of them, for the dialects we speak.

Every term knows a bound on its absolute size. A product or sum that the dialect could not hold exactly is refused with
`NotPortableError` when the text is made: a gap is declared, never silent. Stored columns are bounded by `COLUMN_REACH`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

_LONGEST_TEXT = 200_000  # nested 取整 and 分档 repeat their parts, so the text may grow with a power of the depth
COLUMN_REACH = 10**15  # fen: ten trillion yuan; ratios in millionths: 10^9


class NotPortableError(ValueError):
    """This rule has no exact text in this dialect; the message says which part."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one database writes what differs."""

    name: str
    wide: str  # the widest exact integer type
    reach: int | None  # what it holds; None: anything
    quotient: str  # division truncating towards 0, of {0} by {1}
    least: str
    greatest: str


DIALECTS = {
    "duckdb": Dialect("duckdb", "HUGEINT", 2**127 - 1, "({0} // {1})", "LEAST", "GREATEST"),
    "postgresql": Dialect("postgresql", "NUMERIC", None, "div({0}, {1})", "LEAST", "GREATEST"),
    "sqlite": Dialect("sqlite", "INTEGER", 2**63 - 1, "({0} / {1})", "MIN", "MAX"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """An integer expression, none of whose values exceeds `reach`; `constant` where it is one."""

    text: str
    reach: int
    constant: int | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """above ÷ below, with below > 0 wherever it is known."""

    above: Term
    below: Term


NOTHING = Ratio(Term("NULL", 0), Term("1", 1, 1))


@dataclass(frozen=True, slots=True)
class Algebra:
    """Arithmetic on terms and ratios in one dialect."""

    dialect: Dialect

    def constant(self, value: int) -> Term:
        """An integer literal, cast so that a product of two literals is wide too."""
        text = str(value) if self.dialect.wide == "INTEGER" else f"CAST({value} AS {self.dialect.wide})"
        return self._held(text, abs(value), value)

    def column(self, text: str) -> Term:
        """A stored integer, in the dialect's widest exact type. What is out of bounds where it could lose digits is unknown."""
        if self.dialect.name == "sqlite":
            text = f"(CASE WHEN ABS({text}) <= {COLUMN_REACH} THEN {text} END)"
        return Term(f"CAST({text} AS {self.dialect.wide})", COLUMN_REACH)

    def times(self, left: Term, right: Term) -> Term:
        """Product."""
        if left.constant is not None and right.constant is not None:
            return self.constant(left.constant * right.constant)
        for one, other in ((left, right), (right, left)):
            if one.constant == 1:
                return other
        return self._held(f"({left.text} * {right.text})", left.reach * right.reach)

    def plus(self, left: Term, right: Term, operator: str = "+") -> Term:
        """Sum, or difference with `-`."""
        return self._held(f"({left.text} {operator} {right.text})", left.reach + right.reach)

    def power(self, term: Term, count: int) -> Term:
        """`count`-fold product (count ≥ 1)."""
        made = term
        for _ in range(count - 1):
            made = self.times(made, term)
        return made

    def exactly(self, value: Fraction) -> Ratio:
        """A literal."""
        return Ratio(self.constant(value.numerator), self.constant(value.denominator))

    def common(self, ratios: list[Ratio]) -> tuple[list[Term], Term]:
        """The same ratios over one divisor."""
        constants = [one.below.constant for one in ratios if one.below.constant is not None]
        shared = math.lcm(*constants)
        if len(constants) == len(ratios):
            made = [self.times(one.above, self.constant(shared // (one.below.constant or 1))) for one in ratios]
            return made, self.constant(shared)
        aboves = []
        for place, one in enumerate(ratios):
            above = one.above
            for other in (*ratios[:place], *ratios[place + 1 :]):
                above = self.times(above, other.below)
            aboves.append(above)
        below = ratios[0].below
        for one in ratios[1:]:
            below = self.times(below, one.below)
        return aboves, below

    def arithmetic(self, operator: str, left: Ratio, right: Ratio) -> Ratio:
        """left + − × ÷ right; a division by 0 is NULL."""
        if operator == "×":
            return Ratio(self.times(left.above, right.above), self.times(left.below, right.below))
        if operator == "÷":
            return self._divided(left, right)
        (one, other), below = self.common([left, right])
        return Ratio(self.plus(one, other, "+" if operator == "+" else "-"), below)

    def compared(self, operator: str, left: Ratio, right: Ratio) -> str:
        """left op right by cross-multiplication, as a boolean."""
        one, other = self.times(left.above, right.below), self.times(right.above, left.below)
        return f"({one.text} {SIGNS[operator]} {other.text})"

    def rounded(self, ratio: Ratio, mode: str) -> Term:
        """A whole number, as `numbers.round_to`."""
        above, below = ratio.above, ratio.below
        if mode == "舍去":
            return self._held(self.dialect.quotient.format(above.text, below.text), above.reach)
        if mode == "四舍五入":
            two = self.constant(2)
            above, extra, below = self.times(above, two), below, self.times(below, two)
        else:
            extra = self.plus(below, self.constant(1), "-")
        up, down = (self.plus(above, extra, sign) for sign in "+-")
        whole = [self.dialect.quotient.format(one.text, below.text) for one in (up, down)]
        return self._held(f"(CASE WHEN {above.text} >= 0 THEN {whole[0]} ELSE {whole[1]} END)", above.reach + extra.reach)

    def choice(self, cases: list[tuple[str, Term]], other: Term) -> Term:
        """CASE WHEN … THEN … ELSE other END."""
        text = " ".join(f"WHEN {condition} THEN {term.text}" for condition, term in cases)
        reach = max(term.reach for term in (*(term for _, term in cases), other))
        return self._held(f"(CASE {text} ELSE {other.text} END)", reach)

    def chosen(self, cases: list[tuple[str, Ratio]], other: Ratio) -> Ratio:
        """The ratio of the first case that holds. Divisors are chosen too: one that is unknown must not spoil another's arm."""
        ratios = [*(ratio for _, ratio in cases), other]
        tests = [test for test, _ in cases]
        if all(one.below.constant is not None for one in ratios):
            aboves, below = self.common(ratios)
            return Ratio(self.choice(list(zip(tests, aboves[:-1], strict=True)), aboves[-1]), below)
        above = self.choice([(test, one.above) for test, one in cases], other.above)
        return Ratio(above, self.choice([(test, one.below) for test, one in cases], other.below))

    def extreme(self, function: str, terms: list[Term]) -> Term:
        """The least or greatest of terms; NULL if any is NULL (LEAST skips NULLs in some dialects)."""
        word = self.dialect.least if function == "取小" else self.dialect.greatest
        unknown = " OR ".join(f"{one.text} IS NULL" for one in terms)
        listed = ", ".join(one.text for one in terms)
        return self._held(f"(CASE WHEN {unknown} THEN NULL ELSE {word}({listed}) END)", max(one.reach for one in terms))

    def _divided(self, left: Ratio, right: Ratio) -> Ratio:
        by, scaled, divided = right.above, right.below, left.below
        if scaled.constant is not None and divided.constant is not None:
            shared = math.gcd(scaled.constant, divided.constant)
            scaled, divided = (self.constant((one.constant or 1) // shared) for one in (scaled, divided))
        if by.constant is not None:
            flip = self.constant(-1 if by.constant < 0 else 1)
            above = self.times(self.times(left.above, scaled), flip)
            return Ratio(above, self.times(divided, self.constant(abs(by.constant))))
        sign = Term(f"CAST(SIGN({by.text}) AS {self.dialect.wide})", 1)
        size = Term(f"NULLIF(ABS({by.text}), 0)", by.reach)
        return Ratio(self.times(self.times(left.above, scaled), sign), self.times(divided, size))

    def _held(self, text: str, reach: int, constant: int | None = None) -> Term:
        if self.dialect.reach is not None and reach > self.dialect.reach:
            raise NotPortableError(f"{self.dialect.name} 的整数容不下这一步计算，不能保证精确")
        if len(text) > _LONGEST_TEXT:
            raise NotPortableError("嵌套的取整、取小、分档太多，写成查询会过长")
        return Term(text, reach, constant)


SIGNS = {"≥": ">=", ">": ">", "≤": "<=", "<": "<", "=": "=", "≠": "<>"}
