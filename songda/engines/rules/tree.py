"""The rule tree 规则树: the one meaning that every evaluator, the printer and the form share.

Nodes are frozen values. `span` (start, end in characters of the text as typed) never takes part in equality, so two
texts with the same meaning give equal trees. Facts and codes are held by *code*, names belong to the catalogue.
Literals keep the number as written (`"1.5"`) beside their unit (`"亿元"`); `Fraction` arithmetic starts from there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal as Choice

from songda.engines.rules.units import Unit, unit

Span = tuple[int, int]
Operator = Choice["≥", ">", "≤", "<", "=", "≠"]
PeriodUnit = Choice["年", "个月", "天", "工作日"]
Rounding = Choice["舍去", "进位", "四舍五入"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Any part of a rule."""

    span: Span | None = field(default=None, compare=False, repr=False)


# ---- conditions: 是 / 否 / 待核 ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class And(Node):
    """且: all of these. Never nested directly in another And (building folds)."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """或: any of these. Never nested directly in another Or."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """非, and with Within / Listed the words 不属于 / 不在."""

    item: Condition


@dataclass(frozen=True, slots=True)
class AtLeast(Node):
    """至少 n 项 {…}."""

    count: int
    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Holds(Node):
    """A yes/no fact that is 是. `X 为 否` is Not(Holds(X))."""

    fact: str


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """Two numbers compared; both sides have one dimension. Either side missing: 待核, also when both are the same fact."""

    operator: Operator
    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class Between(Node):
    """介于 low 与 high 之间; each end says whether it belongs (含 / 不含)."""

    value: Number
    low: Literal
    low_in: bool
    high: Literal
    high_in: bool


@dataclass(frozen=True, slots=True)
class Within(Node):
    """属于: the subject's code is one of these or below one of them. A code *above* one of these is 待核, not 否."""

    fact: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed(Node):
    """在 名单 [于 date]; without a date, on the day of the decision."""

    fact: str
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Elapsed(Node):
    """DATE 满 n 年 / 个月 / 天: the day n periods after the date has come. 2020-01-31 + 1个月 = 2020-02-29."""

    fact: str
    count: int
    period: PeriodUnit


@dataclass(frozen=True, slots=True)
class DateCompare(Node):
    """A dated fact against a day."""

    operator: Operator
    fact: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class DateBetween(Node):
    """A dated fact between two days, both named 含 or 不含."""

    fact: str
    low: dt.date
    low_in: bool
    high: dt.date
    high_in: bool


@dataclass(frozen=True, slots=True)
class Yearly(Node):
    """近N年 每年 / 任一年 SERIES op number: the N closed calendar years before the day of the decision, on.year-N … on.year-1.

    每年: one year 否 gives 否, else one year missing gives 待核. 任一年 is the dual.
    """

    years: int
    every: bool
    series: str
    operator: Operator
    right: Number


@dataclass(frozen=True, slots=True)
class Happened(Node):
    """近 n 个月 内 有 EVENT (Not: 无): some day d with d ≤ on whose period has not run yet (`arrive(d, n, period) > on`)."""

    fact: str
    count: int
    period: PeriodUnit


@dataclass(frozen=True, slots=True)
class Known(Node):
    """FACT 已知: asks for knowledge; the only predicate that is never 待核.

    A stale value is not known (unless inside `Latest`), a list that does not cover the day is not known, a series is known
    where the last closed year is.
    """

    fact: str


@dataclass(frozen=True, slots=True)
class Latest(Node):
    """… 以最近值计: inside, a stale value counts as it stands instead of making the answer 待核."""

    item: Condition


# ---- numbers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number as written with its unit."""

    number: str
    unit: str = ""

    @property
    def measure(self) -> Unit:
        """The unit; the parser has made sure that it is known."""
        found = unit(self.unit)
        if found is None:
            raise ValueError(f"未登记的单位「{self.unit}」")
        return found

    @property
    def value(self) -> Fraction:
        """The number in base units (5% → 1/20, 1.5亿元 → 150000000)."""
        return Fraction(self.number) * self.measure.factor


@dataclass(frozen=True, slots=True)
class Value(Node):
    """The number of a fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """left + − × ÷ right."""

    operator: Choice["+", "−", "×", "÷"]
    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class Pick(Node):
    """取小 / 取大 / 合计 of several numbers of one dimension."""

    function: Choice["取小", "取大", "合计"]
    items: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class OverYears(Node):
    """复合增长率 / 同比增长率 / 合计 / 平均 of a series over the last N closed years; any figure missing: missing.

    Growth over N years takes N steps from base = figure(on.year-1-N) to end = figure(on.year-1); base ≤ 0 is 待核.
    同比增长率 is (end − base) ÷ base. 复合增长率 has no exact value and is only compared: with r it compares as
    end with base × p, where p = (1+r)^N (for 1+r < 0: −|1+r|^N), never through a root.
    """

    function: Choice["复合增长率", "同比增长率", "合计", "平均"]
    series: str
    years: int


@dataclass(frozen=True, slots=True)
class Arm(Node):
    """One bracket: `operator bound → result` (brackets run in one direction)."""

    operator: Choice["≤", "<", "≥", ">"]
    bound: Literal
    result: Number


@dataclass(frozen=True, slots=True)
class Tiers(Node):
    """分档: the value of the bracket the base falls in; it is *not* multiplied, so a rate is written `投资额 × 分档(投资额: …)`.
    Only the chosen bracket's value is looked at.

    分段 (sliced): the sum over brackets of slice × rate, so 分段(招用人数: ≤ 3人 → 2000元/人; 其余 → 3000元/人) of 5人 is
    12000元. The lowest slice has no lower end. Any rate missing: missing.
    """

    sliced: bool
    base: Number
    arms: tuple[Arm, ...]
    other: Number


@dataclass(frozen=True, slots=True)
class ByCode(Node):
    """分类: a number by the subject's code: the arm nearest above or at it; else `other`; without `other` there is none.

    A subject's code with an arm *below* it is 待核 (only the upper level is known). Only the chosen arm is looked at.
    """

    fact: str
    arms: tuple[tuple[str, Number], ...]
    other: Number | None = None


@dataclass(frozen=True, slots=True)
class Whole(Node):
    """取整(number, mode): to whole base units (元, 人, 1). 舍去 towards 0, 进位 away from 0, 四舍五入 halves away from 0."""

    item: Number
    mode: Rounding


@dataclass(frozen=True, slots=True)
class Limit(Node):
    """上限 / 下限 literal."""

    upper: bool
    bound: Literal


@dataclass(frozen=True, slots=True)
class Amount(Node):
    """A formula of money: number, limits from left to right, and one rounding at the very end (default 分, half up)."""

    number: Number
    limits: tuple[Limit, ...] = ()
    unit: Choice["分", "元", "百元", "万元"] = "分"
    mode: Rounding = "四舍五入"


Condition = (
    And
    | Or
    | Not
    | AtLeast
    | Holds
    | Compare
    | Between
    | Within
    | Listed
    | Elapsed
    | DateCompare
    | DateBetween
    | Yearly
    | Happened
    | Known
    | Latest
)
Number = Literal | Value | Arithmetic | Pick | OverYears | Tiers | ByCode | Whole
Rule = Condition | Amount
