"""Numbers of this room in templates."""

from __future__ import annotations

from fractions import Fraction

from django import template

from songda.office.economy.queries.stabilities import Held
from songda.office.economy.queries.standing import Standing
from songda.office.economy.rules import spelling
from songda.office.economy.rules.entry import ten_thousands
from songda.office.indicators.rules.shown import Shown
from songda.office.indicators.states import Origin

register = template.Library()


@register.filter
def said(one: Standing, number: Fraction | None) -> str:
    """A number of a target with the target's decimals."""
    return one.said(number)


@register.filter
def share(part: Fraction | None) -> str:
    """A share of one in per cent."""
    return spelling.share(part)


@register.filter
def shown(value: Shown) -> str:
    """A value's number with its decimals."""
    return spelling.figure(value.number, value.decimals)


@register.filter
def difference(one: Held) -> str:
    """How far an indicator went, with its sign."""
    number = one.change.difference
    decimals = max(one.indicator.decimals, spelling.places(number))
    return f"{'+' if number > 0 else ''}{spelling.figure(number, decimals)}"


@register.filter
def origin(value: str) -> str:
    """计算, 申报 or 取自文本."""
    return str(Origin(value).label)


register.filter("ten_thousands", ten_thousands)
