"""Flags that the rules raise by themselves 核对提示: they need no one to have noticed.

- a rate above 100 %: an explanation is wanted, or it is not printed (Appendix G 6 of the mission);
- a rate of exactly 100 %: completeness is rarely true;
- a rate without numerator and denominator;
- a part larger than its whole (a ≤ check that fails);
- two values for one indicator of one place at one time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from songda.kernel.words import gettext as _
from songda.office.indicators.rules.figures import Figure, in_words
from songda.office.indicators.states import FlagKind, Outcome, Severity

FULL = 100  # per cent


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag on a figure, by its code."""

    code: str
    kind: FlagKind
    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A check as it came out: on which figure, by which expression."""

    figure: str
    expression: str
    outcome: str


def raised(figures: Mapping[str, Figure], tried: Iterable[Tried]) -> list[Raised]:
    """All flags over the figures in effect, in no particular order, one of a kind a figure."""
    data = [figure for figure in figures.values() if not figure.rhetorical]
    found = [*_of_rates(data), *_of_parts(tried), *_of_doubles(data)]
    return list({(one.code, one.kind): one for one in found}.values())


def _of_rates(figures: Iterable[Figure]) -> Iterator[Raised]:
    for figure in figures:
        if figure.kind != "rate":
            continue
        if figure.exact > FULL:
            text = _("比率为%(value)s，超过100%%：请说明原因，否则不发布。") % {"value": in_words(figure)}
            yield Raised(figure.code, FlagKind.RATIO_OVER_100, Severity.HIGH, text)
        if figure.exact == FULL:
            yield Raised(figure.code, FlagKind.FULL_100, Severity.MEDIUM, _("恰为100%：请列明例外，或确认没有例外。"))
        if not (figure.numerator and figure.denominator):
            yield Raised(figure.code, FlagKind.BASE, Severity.MEDIUM, _("没有分子和分母，不能单独发布。"))


def _of_parts(tried: Iterable[Tried]) -> Iterator[Raised]:
    for one in tried:
        if "≤" in one.expression and one.outcome == Outcome.FAILS:
            text = _("部分大于整体：%(expression)s 不成立。") % {"expression": one.expression}
            yield Raised(one.figure, FlagKind.PART_OVER_WHOLE, Severity.HIGH, text)


def _of_doubles(figures: Iterable[Figure]) -> Iterator[Raised]:
    same: defaultdict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        same[figure.indicator, figure.place, figure.as_of].append(figure)
    for group in same.values():
        if len({(one.exact, one.unit) for one in group}) > 1:
            values = "、".join(in_words(one) for one in group)
            for one in group:
                text = _("同一指标同一时点有两个数：%(values)s。") % {"values": values}
                yield Raised(one.code, FlagKind.TWO_TOTALS, Severity.HIGH, text)
