"""What reading gives 读出的草稿: frozen values, each with the verbatim piece of the text it was read from.

Offsets count characters of `Document.text`; for every `Quote`, `document.text[quote.start:quote.end] == quote.text`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece 原文 of the text: half-open character span and the characters themselves."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Quote:
        """The piece of `text` in the span, without blanks at its edges."""
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Named:
    """A value in normal form and the piece it was read from: a number 文号, an ISO date, a name joined over lines."""

    value: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Department:
    """A unit 单位 named for an article: as written, and its part (`responsible` 责任, `lead` 牵头, `support` 配合, `actor`)."""

    name: str
    role: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with unit: `low` alone, or a range `low` to `high`, in `unit` as the text counts (20 万元, 5 %, 3 月).

    role: fixed, cap, floor, threshold, per_unit, fund_size, split; rate, increase, decrease, growth_target; exact.
    `quote` is the clause, `mark` the number itself, `scope` what the figure is per (每家企业, 每年), as written.
    `tier` 档: figures of one measure with the same tier belong together (n thresholds to n sums, split by 分别), from 1.
    """

    low: Decimal
    high: Decimal | None
    unit: str
    role: str
    quote: Quote
    mark: Quote
    scope: str = ""
    tier: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A calendar date or span 日期: ISO `YYYY-MM-DD` or `YYYY-MM`; `last` for a span. role: from, until, by, exact."""

    first: str
    last: str | None
    role: str
    quote: Quote
    mark: Quote


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition phrase 条件, verbatim. `rule` is drafted rule text where it is sure, else empty: an open question 待定."""

    quote: Quote
    rule: str = ""

    @property
    def open(self) -> bool:
        """A person must still say what this phrase means as a rule."""
        return not self.rule


@dataclass(frozen=True, slots=True)
class Measure:
    """One benefit 措施 of an article. `kind`: fund 资金奖补 or service 优化服务; `benefit` is its sort (loan, rent, refund …).

    `departments` only where the measure names its own, apart from its article's; `papers` 申报材料 one each; `stacking` what it says
    of other benefits (就高不重复 …); `definitions` sentences elsewhere in the text that define words of `who` and `conditions`.
    `rule` joins all conditions where each is drafted; `amount_rule` is the drafted formula; both empty where a person must write them.
    """

    quote: Quote
    kind: str
    benefit: str
    what: Quote
    who: Quote | None = None
    conditions: tuple[Condition, ...] = ()
    amounts: tuple[Figure, ...] = ()
    rates: tuple[Figure, ...] = ()
    durations: tuple[Figure, ...] = ()
    counts: tuple[Figure, ...] = ()
    dates: tuple[Moment, ...] = ()
    channel: Quote | None = None
    departments: tuple[Department, ...] = ()
    papers: tuple[Quote, ...] = ()
    stacking: Quote | None = None
    definitions: tuple[Quote, ...] = ()
    rule: str = ""
    amount_rule: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading 章节 above articles; `level` 0 is the outermost."""

    label: str
    level: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class Article:
    """One numbered article 条: `body` runs from its label to its end. kind: `measures`, or why it has none
    (`admin` 组织管理, `definition` 定义, `conditions` 认定条件, `general` 一般规定)."""

    number: str
    label: Quote
    section: Quote | None
    title: Quote | None
    body: Quote
    kind: str = "general"
    departments: tuple[Department, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled field 栏目 of a card or a guide (服务对象, 条件要求, 联络方式 …): the label and its words, verbatim."""

    label: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document the text names 引用. kind: `supersedes` 替代, `implements` 落实, `cites` 引用; `number` 文号 where given."""

    kind: str
    title: str
    number: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at 疑点. `weight` 1 (glance) … 9 (likely wrong); `message` says what and what to do.

    kind is a short key: `numbering`, `frame`, `measure`, `figure`, `date`, `department`, `condition`, `layout`.
    """

    kind: str
    weight: int
    message: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Document:
    """A policy document as read. Fields the text does not give are None or empty, never guessed.

    genre 体裁: `measures` 若干措施, `regulation` 办法条例, `guide` 申报指南, `card` 政策卡片, `qa` 问答, `digest` 报道.
    `validity_duration` is a validity told as a length (3 月), whose end has no calendar date in the text.
    """

    text: str
    title: Named | None = None
    issuers: tuple[Named, ...] = ()
    number: Named | None = None
    issued_on: Named | None = None
    valid_from: Named | None = None
    valid_until: Named | None = None
    validity: Quote | None = None
    applicability: tuple[Quote, ...] = ()
    supersedes: tuple[Quote, ...] = ()
    sections: tuple[Section, ...] = ()
    articles: tuple[Article, ...] = ()
    opening: Quote | None = None
    closing: Quote | None = None
    genre: str = "measures"
    fields: tuple[Field, ...] = ()
    references: tuple[Reference, ...] = ()
    interpreter: Quote | None = None
    validity_duration: tuple[Decimal, str] | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def issue_date(self) -> dt.date | None:
        """The day of issue, where the text gives a whole date."""
        return dt.date.fromisoformat(self.issued_on.value) if self.issued_on else None
