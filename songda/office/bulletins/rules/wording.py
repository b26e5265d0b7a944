"""How values and moments read in a bulletin: 7140万元, 80余只, 近100人, 211.22%, 3月23日17时."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from songda.office.bulletins.rules.places import DAY_END
from songda.office.indicators.rules.shown import Shown

HOUR = dt.timedelta(hours=1)
ORIGINS = {"computed": "计算", "returned": "申报", "read": "摘录"}
_TON, _WAN, _YI = 1000, 10_000, 100_000_000


def said(value: Shown) -> str:
    """The number with its unit as it is printed, its bound in words (约, 余, 近).

    A sum of money in 元 or 万元 is told in 亿元 or 万元 where that takes no more than two decimals, 700,000 and more with a bound as
    70余万, whole tons as 吨. A bound below reads 80余只, of money 不低于6.2亿元.
    """
    number, scale, unit = _scaled(value)
    figure = figured(number, max(value.decimals, 2) if scale else value.decimals)
    match value.precision:
        case "approx":
            return f"约{figure}{scale}{unit}"
        case "less_than":
            return f"近{figure}{scale}{unit}"
        case "at_least":
            return f"不低于{figure}{scale}{unit}" if unit.endswith("元") or "." in figure else f"{figure}余{scale}{unit}"
        case _:
            return f"{figure}{scale}{unit}"


def figured(number: Fraction, decimals: int) -> str:
    """A number with at most so many decimals, rounded half up, without zeros at the end."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    text = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scaled(value: Shown) -> tuple[Fraction, str, str]:
    vague = value.precision != "exact" and value.number >= 10 * _WAN
    if value.unit == "公斤" and value.number and value.number % _TON == 0:
        return value.number / _TON, "", "吨"
    number, unit = (value.number * _WAN, "元") if value.unit == "万元" else (value.number, value.unit)
    if unit == "元" or vague:
        for size, word in ((_YI, "亿"), (_WAN, "万")):
            if number >= size and (number * 100 / size).denominator == 1:
                return number / size, word, unit
    return value.number, "", value.unit


def moment_said(moment: dt.datetime, place: dt.tzinfo, *, year: bool = False) -> str:
    """A moment in the words of such texts: 3月23日17时; the end of a day (23:59, 24:00) is the day itself, 3月18日."""
    local = moment.astimezone(place)
    if local.time() in (dt.time(), DAY_END):
        local, hour = local - HOUR, ""
    elif local.minute:
        hour = f"{local.hour}时{local.minute}分"
    else:
        hour = f"{local.hour}时"
    return f"{f'{local.year}年' if year else ''}{local.month}月{local.day}日{hour}"


def day_said(day: dt.date) -> str:
    """2020年3月18日."""
    return f"{day.year}年{day.month}月{day.day}日"
