"""Adding values 汇总: only what counts the same things in the same unit over the same time (Appendix G 3 of the mission).

Rates are never added and never averaged: the sum of the numerators stands over the sum of the denominators.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from songda.kernel.words import gettext as _
from songda.office.indicators.rules.new_values import rate_of
from songda.office.indicators.rules.shown import Shown
from songda.office.indicators.states import Precision


class CannotAddError(ValueError):
    """Values that do not add; the message says why."""


def added(values: Sequence[Shown], organisation: str) -> Shown:
    """The values as one, of `organisation`; CannotAddError where they count different things, units, times or cells."""
    first = values[0]
    _same([(one.counts, one.unit) for one in values], _("计数对象或单位不同，不能相加。"))
    _same([one.code for one in values], _("不是同一个指标，不能相加。"))
    _same([(one.as_of, one.since) for one in values], _("各单位的时点不同，不相加。"))
    _same([one.cell for one in values], _("分组不同，不能相加。"))
    whole = replace(
        first, organisation=organisation, value_id=None, parts=tuple(part for one in values for part in one.parts),
        origin=first.origin if len({one.origin for one in values}) == 1 else "", source=_listed(one.source for one in values),
        scope=_listed(one.scope for one in values), precision=_weakest(values), reference="", explanation="",
        decimals=max(one.decimals for one in values),
    )  # fmt: skip
    if first.unit != "%":
        return replace(whole, number=sum((one.number for one in values), Fraction(0)))
    top, bottom = (_sum(parts) for parts in ([one.numerator for one in values], [one.denominator for one in values]))
    return replace(whole, numerator=top, denominator=bottom, number=rate_of(int(top), int(bottom), whole.decimals))


def _same(things: Sequence[object], message: str) -> None:
    if len(set(things)) > 1:
        raise CannotAddError(message)


def _sum(parts: Sequence[Fraction | None]) -> Fraction:
    if None in parts:
        raise CannotAddError(_("比率缺分子或分母，不能汇总。"))
    return sum((one for one in parts if one is not None), Fraction(0))


def _listed(texts: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(text for text in texts if text))


def _weakest(values: Sequence[Shown]) -> str:
    """Exact only if all are; a bound where all others are exact or the same bound; otherwise approximate."""
    found = {one.precision for one in values} - {Precision.EXACT.value}
    return found.pop() if len(found) == 1 else Precision.APPROX.value if found else Precision.EXACT.value
