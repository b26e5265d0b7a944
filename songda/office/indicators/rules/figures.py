"""A figure 数 as the rules see it, and how it is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from songda.kernel.words import gettext as _

DAY, MONTH = "日期", "月份"  # units of figures that are a day (20200318) or a month (202003)
_BEFORE = frozenset({"约", "近", "超", "超过", "不低于", "满"})  # words said before the number; the others come after it


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `value` counts 10^-scale of `unit`; the base value, where there is one, whole base units (元, 公斤, 只).

    `as_of` is 2020, 2020-03, 2020-03-18 or 2020-03-23T17:00, or empty. `place` is whose figure it is; `items` are what the
    text lists; `numerator` and `denominator` are codes of figures.
    """

    code: str
    label: str
    indicator: str
    kind: str
    value: int
    unit: str
    scale: int = 0
    base_value: int | None = None
    base_unit: str = ""
    precision: str = "exact"
    precision_word: str = ""
    as_of: str = ""
    scope: str = ""
    place: str = ""
    items: tuple[str, ...] = ()
    numerator: str = ""
    denominator: str = ""

    @property
    def exact(self) -> Fraction:
        """The value in its own unit."""
        return Fraction(self.value, 10**self.scale)

    @property
    def rhetorical(self) -> bool:
        """Whether the number is no datum at all."""
        return self.kind == "rhetorical"


def place_of(area: str, body: str) -> str:
    """Whose figure: the area's code and the unit as the text calls it."""
    return f"{area}/{body}" if body else area


def day_of(value: int) -> dt.date:
    """The day of 20200318; ValueError where there is none."""
    return dt.date(value // 10_000, value // 100 % 100, value % 100)


def in_words(figure: Figure) -> str:
    """约4,000亩, 80余只, 48.95万元, 2020年3月18日: with the word that says how exact, the unit beside the number."""
    if figure.unit == DAY:
        return as_of_words(day_of(figure.value).isoformat())
    if figure.unit == MONTH:
        return as_of_words(f"{figure.value // 100}-{figure.value % 100:02d}")
    if figure.rhetorical:
        return figure.label
    word = figure.precision_word
    number = plain(figure.value, figure.scale, marks=figure.unit != "年")
    if word in _BEFORE:
        return f"{word}{number}{figure.unit}"
    large = figure.unit[:1] if figure.unit in ("亿元", "万元") else ""
    return f"{number}{large}{word}{figure.unit.removeprefix(large)}"  # 6.2亿余元, 80余只


def plain(value: int, scale: int, *, marks: bool = True) -> str:
    """The decimal of value × 10^-scale, with thousands marks: (21122, 2) → 211.22."""
    whole, rest = divmod(value, 10**scale)
    return (f"{whole:,}" if marks else f"{whole}") + (f".{rest:0{scale}d}" if scale else "")


def as_of_words(text: str) -> str:
    """2020-03-23T17:00 → 2020年3月23日17时; nothing for nothing."""
    day, _sign, hour = text.partition("T")
    numbers = dict(zip("ymd", (int(part) for part in day.split("-") if part), strict=False))
    forms = (_("%(y)d年"), _("%(y)d年%(m)d月"), _("%(y)d年%(m)d月%(d)d日"))
    said = forms[len(numbers) - 1] % numbers if numbers else ""
    return said + (_("%(h)d时") % {"h": int(hour[:2])} if hour else "")
