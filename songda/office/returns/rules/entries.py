"""What was typed, as a number 录入: full-width digits, thousands marks, 万 and 亿, 约 and 余, the unit behind it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from songda.kernel.words import gettext as _
from songda.office.indicators.rules.new_values import rate_of
from songda.office.indicators.states import Precision

_SIZES = {"": 1, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_BEFORE = {
    "约": Precision.APPROX, "大约": Precision.APPROX, "近": Precision.LESS_THAN, "超": Precision.AT_LEAST, "超过": Precision.AT_LEAST,
    "不低于": Precision.AT_LEAST, "不少于": Precision.AT_LEAST,
}  # fmt: skip
_TYPED = re.compile(
    r"(?P<before>大约|约|近|超过|超|不低于|不少于)?(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"(?P<more>[余多])?(?P<size>万亿|[万亿])?(?P<after>[余多])?(?P<unit>[^\d\s,.]{0,8})"
)
MOST_PLACES, MOST = 6, 10**15


class EntryError(ValueError):
    """Something that is no number; the message says what is expected."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A number in the indicator's unit and how exact it is; `number` × 10^-`scale` is how it is kept."""

    exact: Fraction
    precision: str = Precision.EXACT.value

    @property
    def scale(self) -> int:
        """Fewest decimal places that keep it whole."""
        return next(places for places in range(MOST_PLACES + 1) if (self.exact * 10**places).denominator == 1)

    @property
    def number(self) -> int:
        """The whole number of 10^-scale."""
        return int(self.exact * 10**self.scale)


def read_entry(text: str, unit: str) -> Entry | None:
    """The number typed for an indicator counted in `unit` (万元, 家, %), None for nothing typed. EntryError otherwise.

    万 and 亿 count what the unit itself counts: 3.2亿 for an indicator in 亿元 is 3.2, in 万元 32,000.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("，", ",")
    if not plain:
        return None
    found = _TYPED.fullmatch(plain)
    if found is None:
        raise EntryError(_("“%(text)s”不是数：请填数字，如 1,234 或 1.2万。") % {"text": text.strip()[:20]})
    own = next((size for size in ("万亿", "亿", "万") if unit.startswith(size)), "")
    written = _unit_size(found["unit"], unit, found["size"] or "")
    exact = Fraction(found["number"].replace(",", ""))
    if written:
        exact = exact * _SIZES[written] / _SIZES[own]
    if (exact * 10**MOST_PLACES).denominator != 1 or abs(exact) >= MOST:
        raise EntryError(_("“%(text)s”小数位太多或数太大，请核对单位。") % {"text": text.strip()[:20]})
    return Entry(exact, _precision(found["before"], found["more"] or found["after"]))


def _unit_size(typed: str, unit: str, size: str) -> str:
    """The 万 or 亿 that was written (before the unit's name), after making sure that the unit is the one asked for."""
    if typed and size + typed != unit and typed not in (unit, unit.lstrip("万亿")):
        raise EntryError(_("单位应为“%(unit)s”，填的是“%(typed)s”。") % {"unit": unit, "typed": size + typed})
    return size


def _precision(before: str | None, more: str | None) -> str:
    if before:
        return _BEFORE[before].value
    return Precision.AT_LEAST.value if more else Precision.EXACT.value


def worked_out(numerator: Entry, denominator: Entry, decimals: int) -> Entry | None:
    """The rate in per cent of two whole numbers, rounded half up to its decimals; None over nothing."""
    if denominator.exact <= 0 or numerator.exact.denominator * denominator.exact.denominator != 1:
        return None
    exact = numerator.precision == denominator.precision == Precision.EXACT
    rate = rate_of(int(numerator.exact), int(denominator.exact), decimals)
    return Entry(rate, (Precision.EXACT if exact else Precision.APPROX).value)


def shown(entry: Entry) -> str:
    """The number with thousands marks, and the word that says how exact: 约6,000, ≥3,200."""
    whole, rest = divmod(abs(entry.number), 10**entry.scale)
    tail = f".{rest:0{entry.scale}d}" if entry.scale else ""
    sign = "-" if entry.number < 0 else ""
    mark = {Precision.APPROX.value: "约", Precision.AT_LEAST.value: "≥", Precision.LESS_THAN.value: "近"}.get(entry.precision, "")
    return f"{mark}{sign}{whole:,}{tail}"
