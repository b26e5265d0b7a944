"""A quantity 数量: a number or a range with its unit, and the arithmetic of scales (万, 亿) in units of money."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


class Family(enum.StrEnum):
    """What a quantity counts."""

    MONEY = "money"
    RATE = "rate"
    TIME = "time"
    COUNT = "count"
    BARE = "bare"  # a number whose unit stands later in its list or range


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range with its unit; the span covers number and unit in the shadow of the text."""

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: str
    family: Family
    word: bool = False  # a word for a figure (减半, 全额), not a numeral


def money(scale: str, currency: str) -> tuple[int, str]:
    """The factor and the unit of a sum: 百万 元 is 100 万元; 千 元 is 1000 元."""
    currency = {"元人民币": "元", "美金": "美元", "港币": "港元"}.get(currency, currency)
    for head in ("亿", "万"):
        if scale.endswith(head):
            return times(scale[:-1]), head + currency
    return times(scale), currency


def times(scale: str) -> int:
    """The factor of a scale: 百万 is 1,000,000; of an empty one 1."""
    factor = 1
    for sign in scale:
        factor *= _SCALES[sign]
    return factor


def tidy(value: Decimal) -> Decimal:
    """At most four places, no trailing zeros and no exponent."""
    short = round(value, 4)
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short.normalize()


def in_unit(value: Decimal, unit: str, wanted: str) -> Decimal:
    """A sum in another multiple of its currency: 1 亿元 in 万元 is 10000."""
    return value if unit == wanted else tidy(value * _multiple(unit) / _multiple(wanted))


def _multiple(unit: str) -> int:
    return times(unit[: len(unit) - len(unit.lstrip("万亿"))])
