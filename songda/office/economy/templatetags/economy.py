"""Numbers of this room in templates."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from django import template
from django.utils.translation import gettext as _

from songda.kernel.clock import place
from songda.kernel.screens.templatetags.screens import day, moment
from songda.office.economy.queries.monthly import last_day
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
def as_of(at: dt.datetime) -> str:
    """A moment; midnight is the end of the day before (2020年2月29日24时)."""
    return _("%(day)s24时") % {"day": day(last_day(at))} if at.astimezone(place()).time() == dt.time() else moment(at)


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
