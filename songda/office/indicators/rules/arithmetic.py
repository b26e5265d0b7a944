"""Exact arithmetic with figures 精确运算: fractions, units that do not add, and bounds that carry through.

Firms, projects and people are different units and never add (Appendix G 3 of the mission). A sum keeps the weakest bound
(70余万 + 6万 is at least 76万); dividing by a lower bound gives an upper one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from songda.kernel.words import gettext as _
from songda.office.indicators.rules.bounds import flipped, weaker
from songda.office.indicators.rules.expressions import Name, Number, Pair, Term
from songda.office.indicators.rules.figures import DAY, Figure, day_of

Dimension = tuple[tuple[str, int], ...]


class UnknownValueError(Exception):
    """Why an expression cannot be worked out, in a sentence."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in base units; `plain` when it was made of written numbers only, which agree with any unit.

    `places`: the decimals it was printed with, None for what was worked out.
    """

    value: Fraction
    dimension: Dimension = ()
    precision: str = "exact"
    plain: bool = False
    places: int | None = None


def worked_out(term: Term, figures: Mapping[str, Figure]) -> Quantity:
    """The quantity of a term; UnknownValueError says what stands in the way."""
    match term:
        case Number(value):
            return Quantity(value, plain=True, places=0)
        case Name(code, counted):
            return _quantity(_known(code, figures), counted=counted)
        case Pair(sign, left, right):
            return _joined(sign, worked_out(left, figures), worked_out(right, figures))


def spell(dimension: Dimension) -> str:
    """A dimension in words: 元/家; empty for a bare number."""
    above = "·".join(name for name, power in dimension if power > 0)
    below = "".join(f"/{name}" for name, power in dimension if power < 0)
    return above + below


def same_unit(left: Quantity, right: Quantity) -> None:
    """Refuse to add or compare what is counted in different units."""
    if left.dimension != right.dimension and not left.plain and not right.plain:
        both = {"left": spell(left.dimension) or _("比率"), "right": spell(right.dimension) or _("比率")}
        raise UnknownValueError(_("计量单位不同（%(left)s、%(right)s），不能相加或比较。") % both)


def _known(code: str, figures: Mapping[str, Figure]) -> Figure:
    if code not in figures:
        raise UnknownValueError(_("没有这个数：%(code)s。") % {"code": code})
    figure = figures[code]
    if figure.rhetorical:
        raise UnknownValueError(_("“%(label)s”是修辞，不参与计算。") % {"label": figure.label})
    return figure


def _quantity(figure: Figure, *, counted: bool) -> Quantity:
    if counted:
        return Quantity(Fraction(len(set(figure.items))), plain=True, places=0)
    if figure.unit == DAY:
        return Quantity(Fraction(day_of(figure.value).toordinal()), ((DAY, 1),), places=0)
    if figure.base_value is not None:
        return Quantity(Fraction(figure.base_value), dimension_of(figure.base_unit), figure.precision, places=0)
    return Quantity(figure.exact, dimension_of(figure.unit), figure.precision, places=figure.scale)


def dimension_of(unit: str) -> Dimension:
    """份/家 → 份 by 家; a per cent is a bare number (211.22, not 2.1122): the expression says × 100."""
    if unit in ("%", "倍"):
        return ()
    above, *below = unit.split("/")
    return _tidy({above: 1, **dict.fromkeys(below, -1)})


def _joined(sign: str, left: Quantity, right: Quantity) -> Quantity:
    plain = left.plain and right.plain
    if sign in "+−":
        same_unit(left, right)
        dimension = right.dimension if left.plain else left.dimension
        if sign == "+":
            return Quantity(left.value + right.value, dimension, weaker(left.precision, right.precision), plain)
        days = dimension == ((DAY, 1),)
        kept = (("天", 1),) if days else dimension
        return Quantity(left.value - right.value, kept, weaker(left.precision, flipped(right.precision)), plain)
    if sign == "×":
        return Quantity(left.value * right.value, _powers(left, right, 1), weaker(left.precision, right.precision), plain)
    if not right.value:
        raise UnknownValueError(_("除数为零。"))
    return Quantity(left.value / right.value, _powers(left, right, -1), weaker(left.precision, flipped(right.precision)), plain)


def _powers(left: Quantity, right: Quantity, sign: int) -> Dimension:
    found = dict(left.dimension)
    for name, power in right.dimension:
        found[name] = found.get(name, 0) + sign * power
    return _tidy(found)


def _tidy(powers: Mapping[str, int]) -> Dimension:
    return tuple(sorted((name, power) for name, power in powers.items() if power))
