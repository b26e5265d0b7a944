"""Figures read from a bulletin as drafts 待审的数: what the reader found, said in the words of this room, for a person to judge."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from songda.engines.figures.bulletin import Bulletin, Figure, Flag
from songda.engines.figures.units import SCALES, class_of
from songda.office.indicators.states import Basis, FlagKind, Precision, Severity

Span = tuple[int, int]
_KINDS = {
    "above_100": FlagKind.RATIO_OVER_100, "exactly_100": FlagKind.FULL_100, "two_totals": FlagKind.TWO_TOTALS,
    "magnitude": FlagKind.UNIT, "subset": FlagKind.PART_OVER_WHOLE,
}  # fmt: skip
_NOW = frozenset({"目前", "至今", "迄今", "今日", "今天"})
_WORDS = ("不低于", "不少于", "不超过", "超过", "将近", "大约", "余", "多", "约", "近", "超", "逾")
_QUOTE = 300
_DAY = re.compile(r"(?P<year>\d{4}|-)-(?P<rest>\d{2}(?:-\d{2})?(?:T\d{2}:\d{2})?)$")


@dataclass(frozen=True, slots=True)
class Draft:
    """One figure that was read, dates apart. `value`, `upto` and `base` are decimals in words; `doubts` are severity, sort, reason."""

    start: int
    end: int
    value: str
    upto: str
    base: str
    unit: str
    kind: str
    precision: str
    subject: str
    scope: str
    as_of: str
    as_of_basis: str
    per: str
    doubts: list[dict[str, str]]
    weight: str


def drafts(bulletin: Bulletin, issued_on: dt.date | None) -> list[Draft]:
    """The figures in the order of the text. What holds “目前” holds on the day of issue, as far as that is known."""
    against: dict[Span, list[Flag]] = {}
    for flag in bulletin.flags:
        against.setdefault(flag.span, []).append(flag)
    return [_draft(one, against.get(one.span, []), issued_on) for one in bulletin.figures if one.kind != "date"]


def _draft(one: Figure, flags: Sequence[Flag], issued_on: dt.date | None) -> Draft:
    as_of, basis = resolved(one.as_of, issued_on)
    severities = {flag.severity for flag in flags}
    return Draft(
        *one.span, value=_plain(one.value), upto=_plain(one.upto), base=_plain(one.base), unit=one.unit, kind=one.kind,
        precision=Precision.LESS_THAN.value if one.precision == "at_most" else one.precision, subject=one.subject[:80],
        scope=one.scope[:200], as_of=as_of, as_of_basis=basis, per=one.per[:20],
        doubts=[{"severity": flag.severity, "sort": flag.sort, "reason": flag.reason} for flag in flags],
        weight=next((grade for grade in (Severity.HIGH.value, Severity.MEDIUM.value) if grade in severities), ""),
    )  # fmt: skip


def resolved(told: str, issued_on: dt.date | None) -> tuple[str, str]:
    """When a figure holds, as 2020-03-18 or 2020-03-18T17:00, and whether the text says it; the year is that of the issue."""
    if told in _NOW:
        return (issued_on.isoformat(), Basis.IMPLIED.value) if issued_on else ("", "")
    day = _DAY.match(told)
    if day is None or (day["year"] == "-" and issued_on is None):
        return "", ""
    year = str(issued_on.year) if day["year"] == "-" and issued_on else day["year"]
    return f"{year}-{day['rest']}", Basis.STATED.value


def relations_of(bulletin: Bulletin) -> list[dict[str, Any]]:
    """The relations the text states, worked out: what is stored of them."""
    return [
        {
            "kind": check.kind, "spans": [list(span) for span in check.spans], "numbers": [_plain(one) for one in check.numbers],
            "computed": _plain(round(check.computed, 4)), "holds": check.holds, "note": check.note,
        }
        for check in bulletin.checks
    ]  # fmt: skip


def flag_kind(sort: str) -> FlagKind:
    """The kind of flag that an observation bears for a doubt of this sort."""
    return _KINDS.get(sort, FlagKind.UNUSUAL)


def parted(unit: str) -> tuple[int, str]:
    """万元 → 10000 and 元; a unit without 万 or 亿 is itself."""
    word = next((word for word in sorted(SCALES, key=len, reverse=True) if unit.startswith(word) and unit != word), "")
    return (int(SCALES[word]), unit.removeprefix(word)) if word and unit != "百分点" else (1, unit)


def in_unit(value: Fraction, unit: str, wanted: str) -> Fraction | None:
    """A value in the unit wanted; None where the two count different things (户 and 人)."""
    factor, base = parted(unit)
    other, wanted_base = parted(wanted)
    return value * factor / other if class_of(base) == class_of(wanted_base) else None


def quote_at(text: str, span: Span) -> str:
    """The sentence in which a figure stands, at most three hundred characters around it."""
    left = max(text.rfind(mark, 0, span[0]) for mark in "。\n") + 1
    ends = [at for mark in "。\n" if (at := text.find(mark, span[1])) >= 0]
    right = min(ends, default=len(text))
    left = max(left, span[0] - _QUOTE // 2)
    return text[left : min(right, left + _QUOTE)].strip()


def word_at(text: str, span: Span, precision: str) -> str:
    """The word that says how exact a number is (余, 近, 不低于), from within it or from before it."""
    if precision == Precision.EXACT:
        return ""
    around = text[max(0, span[0] - 3) : span[1]]
    return next((word for word in _WORDS if word in around), "")


def line_of(text: str, at: int) -> int:
    """The number of the line, from 1."""
    return text.count("\n", 0, at) + 1


def _plain(number: Decimal | str | None) -> str:
    if number is None:
        return ""
    words = f"{Decimal(number):f}"
    return words.rstrip("0").rstrip(".") if "." in words else words
