"""Checks 核对: an expression over figures, worked out exactly, and what comes of it: 成立, 不成立 or 无从核对.

无从核对 is an answer with a reason: nothing is printed to compare with, a premise is not in the text, the units differ, the
figure is rhetoric, or only a bound is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from songda.kernel.words import gettext as _
from songda.office.indicators.rules.arithmetic import Quantity, UnknownValueError, same_unit, spell, worked_out
from songda.office.indicators.rules.expressions import Alike, Sentence, parse
from songda.office.indicators.rules.figures import DAY, Figure
from songda.office.indicators.states import Outcome

_FACTORS = {"亿元": 100_000_000, "万元": 10_000, "吨": 1000}
_PLACES = 4
parsed = lru_cache(maxsize=2048)(parse)


@dataclass(frozen=True, slots=True)
class Finding:
    """How a check comes out. `computed` is in the unit asked for; of a ≤ it is the left side in per cent of the right."""

    outcome: Outcome
    reason: str = ""
    computed: Fraction | None = None
    precision: str = "exact"
    unit: str = ""

    def text(self, places: int = _PLACES) -> str:
        """The computed value with at most so many decimals, rounded half to even; empty where there is none."""
        return "" if self.computed is None else rounded(self.computed, places)


def find(expression: str, figures: Mapping[str, Figure], *, unit: str = "", premise: str = "") -> Finding:
    """Work a check out over the figures in effect. ExpressionError where it cannot be read."""
    said = parsed(expression)
    if isinstance(said, Alike):
        return _alike(said, figures)
    try:
        found = _compared(said, figures, unit)
    except UnknownValueError as cause:
        return Finding(Outcome.OPEN, str(cause))
    if premise and said.relation:
        return Finding(Outcome.OPEN, premise, found.computed, found.precision, found.unit)
    return found


def agrees(finding: Finding, expected: str, computed: str = "") -> bool:
    """Whether a finding is the expected one; a computed value, where one is expected, to the decimals it is given with."""
    places = len(computed.partition(".")[2])
    return str(finding.outcome) == expected and (not computed or finding.text(places) == computed)


def rounded(value: Fraction, places: int) -> str:
    """A decimal with at most `places` decimals."""
    scaled = round(value * 10**places)
    sign, scaled = ("-" if scaled < 0 else ""), abs(scaled)
    whole, rest = divmod(scaled, 10**places)
    tail = f"{rest:0{places}d}".rstrip("0") if places else ""
    return f"{sign}{whole}" + (f".{tail}" if tail else "")


def _compared(said: Sentence, figures: Mapping[str, Figure], unit: str) -> Finding:
    left = worked_out(said.left, figures)
    words = unit or spell(left.dimension)
    shown = None if words == DAY else left.value / _FACTORS.get(words.split("/")[0], 1)
    if said.right is None:
        return Finding(Outcome.OPEN, _("原文没有印出可比的数。"), shown, left.precision, words)
    right = worked_out(said.right, figures)
    same_unit(left, right)
    if said.relation == "≤" and right.value:
        shown, words = left.value / right.value * 100, "%"
    holds = _holds(said.relation, left, right)
    if not _certain(said.relation, left, right, holds=holds):
        return Finding(Outcome.OPEN, _("只有上下限，不能断定。"), shown, left.precision, words)
    return Finding(Outcome.HOLDS if holds else Outcome.FAILS, "", shown, left.precision, words)


def _holds(relation: str, left: Quantity, right: Quantity) -> bool:
    match relation:
        case "≤":
            return left.value <= right.value
        case "≥":
            return left.value >= right.value
        case "<":
            return left.value < right.value
        case ">":
            return left.value > right.value
    if right.places is None or left.places is not None:
        return left.value == right.value
    digits: int = 10**right.places
    return round(left.value * digits) == right.value * digits  # as printed: 211.2197 is 211.22


def _certain(relation: str, left: Quantity, right: Quantity, *, holds: bool) -> bool:
    """Whether bounds leave the answer open: “at least 70” ≤ 80 is not known to hold."""
    if relation == "=":
        return not {left.precision, right.precision} & {"at_least", "less_than"}
    small, large = (left, right) if (relation in "≤<") == holds else (right, left)
    return small.precision != "at_least" and large.precision != "less_than"


def _alike(said: Alike, figures: Mapping[str, Figure]) -> Finding:
    known = [figures[code] for code in said.codes if code in figures]
    if len(known) < len(said.codes) or any(figure.rhetorical for figure in known):
        return Finding(Outcome.OPEN, _("有的数不在库中，或是修辞。"))
    meanings = {(figure.indicator, figure.base_unit or figure.unit) for figure in known}
    if len(meanings) == 1:
        return Finding(Outcome.HOLDS)
    units = {figure.base_unit or figure.unit for figure in known}
    if len(units) > 1:
        return Finding(Outcome.FAILS, _("计量单位不同：%(units)s。") % {"units": "、".join(sorted(units))})
    return Finding(Outcome.FAILS, _("不是同一指标：%(labels)s。") % {"labels": "、".join(one.label for one in known)})
