"""What is read from a bulletin 读出的简报: figures, checks and flags, each tied to its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure 数据.

    `value` and `unit` as printed (3.2, 亿元); `upto` is the upper end of a range; `base` the value in base units (320000000). A date's
    value is its text: 2020-03-18, --03-18 where no year is given. `span` is half-open in the text handed in; `quote` its characters
    without white space; `precision` exact, approx, at_least, less_than or at_most; `kind` measure, money, rate, structure or date.
    `subject` 对象, `scope` 口径 and `as_of` 时点 (a date, with T17:00 where the hour is told, or 目前) are the words around it, empty where there are none; `per` what it is for one of.
    """

    quote: str
    span: tuple[int, int]
    value: Decimal | str
    unit: str
    base: Decimal | None
    upto: Decimal | None
    precision: str
    kind: str
    subject: str
    scope: str
    as_of: str
    per: str
    clause: str


@dataclass(frozen=True, slots=True)
class CheckedRelation:
    """One stated relation 核对: its kind, the numbers in base units (the printed result first), the spans of their figures, what the
    others give, whether the printed result holds (None: the text does not say enough), and a sentence for people."""

    kind: str
    numbers: tuple[Decimal, ...]
    spans: tuple[tuple[int, int], ...]
    quotes: tuple[str, ...]
    computed: Decimal
    stated: Decimal
    holds: bool | None
    note: str


@dataclass(frozen=True, slots=True)
class Flag:
    """One doubt 疑点 about a figure: how grave (high, medium), of what sort, and the reason in a sentence."""

    quote: str
    span: tuple[int, int]
    severity: str
    sort: str
    reason: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    """All that was read, in the order of the text."""

    figures: tuple[Figure, ...]
    checks: tuple[CheckedRelation, ...]
    flags: tuple[Flag, ...]
