"""A value 值 before it is kept: what is said of it, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from songda.kernel.words import gettext as _
from songda.office.indicators.rules.definitions import Definition
from songda.office.indicators.states import Origin, Precision, Spread

MOST_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class NewValue:
    """A value to be recorded. `number` in the unit of its indicator, exact; `organisation_id` whose territory it is about.

    `since`: the first day of a period count; None: the day of `as_of` alone. A rate is in per cent, with numerator and denominator
    in whole ones. `source` says whose it is or which text, `reference` what leads to it (`return:12`, `figure:hj-rate-21122`).
    """

    code: str
    organisation_id: int
    as_of: dt.datetime
    number: Fraction
    since: dt.date | None = None
    cell: str = ""
    numerator: int | None = None
    denominator: int | None = None
    precision: str = Precision.EXACT.value
    scope: str = ""
    origin: str = Origin.RETURNED.value
    source: str = ""
    reference: str = ""
    digest: str = ""
    explanation: str = ""
    demonstration: bool = False


def faults_of(value: NewValue, definition: Definition, day: dt.date) -> dict[str, str]:
    """What is wrong, by field. `day`: the local day of its as-of."""
    found = {}
    if value.as_of.tzinfo is None:
        found["as_of"] = _("截至时间须带时区。")
    if decimals_of(value.number) is None:
        found["number"] = _("数值写不成 %(n)d 位以内的小数。") % {"n": MOST_DECIMALS}
    if value.since is not None and value.since > day:
        found["since"] = _("起算日晚于截至日。")
    if definition.spread == Spread.MOMENT and value.since not in (None, day):
        found["since"] = _("时点数没有起算日。")
    if value.cell and value.origin == Origin.COMPUTED and not definition.cells:
        found["cell"] = _("“%(label)s”不分组。") % {"label": definition.label}
    if not value.source:
        found["source"] = _("没有写明来源。")
    return found | _faults_of_rate(value, definition)


def _faults_of_rate(value: NewValue, definition: Definition) -> dict[str, str]:
    given = (value.numerator is not None, value.denominator is not None)
    if given[0] != given[1]:
        return {"denominator": _("分子、分母须同时给出。")}
    if given[0] and not definition.is_rate:
        return {"numerator": _("“%(label)s”不是比率。") % {"label": definition.label}}
    if value.denominator is not None and value.denominator <= 0:
        return {"denominator": _("分母须大于零。")}
    if definition.is_rate and value.origin == Origin.COMPUTED and not given[0]:
        return {"numerator": _("计算的比率须有分子和分母。")}
    return {}


def decimals_of(number: Fraction) -> int | None:
    """How many decimals write a number exactly; None where nine do not."""
    return next((scale for scale in range(MOST_DECIMALS + 1) if (number * 10**scale).denominator == 1), None)


def rate_of(numerator: int, denominator: int, decimals: int) -> Fraction:
    """Per cent, rounded half up to the decimals that its indicator prints."""
    scale = 10**decimals
    return Fraction((2 * numerator * 100 * scale + denominator) // (2 * denominator), scale)


def plainly(number: int, scale: int) -> str:
    """The decimal number × 10^-scale without marks: (21122, 2) → 211.22."""
    sign, digits = ("-" if number < 0 else ""), str(abs(number)).zfill(scale + 1)
    return f"{sign}{digits[:-scale]}.{digits[-scale:]}" if scale else f"{sign}{digits}"
