"""Verdicts 判定: 是 / 否 / 待核, always with the conditions that led there."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from fractions import Fraction


class Answer(enum.Enum):
    """Kleene's three values."""

    YES = "是"
    NO = "否"
    UNKNOWN = "待核"


class Cause(enum.StrEnum):
    """Why an answer is 待核 (or that it is not)."""

    NONE = ""
    MISSING = "缺失"
    STALE = "已过期"
    UNCOVERED = "名单未覆盖"
    TOO_BROAD = "只知上级"  # knows only 郑州市, asked 郑州高新区
    ZERO_DIVISOR = "分母为零"
    NOT_COMPARABLE = "无法计算"  # growth from a base ≤ 0


@dataclass(frozen=True, slots=True)
class Used:
    """A value a condition looked at: fact code, name, value in words, day, source and what is wrong with it, if anything."""

    fact: str
    name: str
    value: str
    as_of: dt.date | None
    source: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition (a leaf of the rule) as judged. `matters`: its answer decides, or could still change, the verdict."""

    text: str
    answer: Answer
    used: tuple[Used, ...]
    matters: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One fact to change and the value in words that would turn it (`用工人数` 48人 → 50人)."""

    fact: str
    name: str
    now: str
    needed: str
    fixed: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer with every leaf's reason, in the order of the text.

    `changes`: for 否, the shortest set of changes that gives 是, at most three (empty: too far).
    `settling`: for 待核, codes of the facts whose knowledge could settle it.
    """

    answer: Answer
    reasons: tuple[Reason, ...]
    changes: tuple[Change, ...] = ()
    settling: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """A computed amount: fen (None: not computable, see `missing`), the steps in words, and the cap as an upper bound, if any."""

    fen: int | None
    steps: tuple[str, ...]
    missing: tuple[str, ...] = ()
    upper_bound: Fraction | None = None
