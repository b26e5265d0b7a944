"""Units 计量单位: what a number in a rule counts, and how two units combine.

A unit is a factor and a *dimension*: a product of base units with whole powers. 万元 is 10000 of {元: 1},
元/人次 is {元: 1, 人次: -1}; a ratio has the empty dimension. 人 and 人次 are different base units and never add
(Appendix G 3 of the mission), neither do 元 and 美元.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

Dimension = tuple[tuple[str, int], ...]
RATIO: Dimension = ()

# Base units that a catalogue fact may be counted in. Each is a dimension of its own, and 万 may stand before all but 分.
COUNTED = (
    "人", "人次", "户", "台", "项", "件", "分", "家", "个", "吨", "次", "辆", "间", "张", "份", "只", "套", "箱", "标箱", "艘", "艘次",
    "车次", "架次", "公里", "吨公里", "小时", "千瓦", "千瓦时", "平方米", "立方米",
)  # fmt: skip
_FACTORS: dict[str, tuple[Fraction, str]] = {
    "元": (Fraction(1), "元"),
    "千元": (Fraction(1000), "元"),
    "万元": (Fraction(10_000), "元"),
    "百万元": (Fraction(1_000_000), "元"),
    "亿元": (Fraction(100_000_000), "元"),
    "美元": (Fraction(1), "美元"),
    "万美元": (Fraction(10_000), "美元"),
    "亿美元": (Fraction(100_000_000), "美元"),
    "亩": (Fraction(1), "亩"),
    **{name: (Fraction(1), name) for name in COUNTED},
    **{f"万{name}": (Fraction(10_000), name) for name in COUNTED if name != "分"},
}
_RATIOS = {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "倍": Fraction(1), "个百分点": Fraction(1, 100), "": Fraction(1)}
# Every simple unit a literal may carry, longest first; 元/人次 and the like are made of two.
UNIT_NAMES = tuple(sorted((*_FACTORS, *(name for name in _RATIOS if name)), key=lambda name: (-len(name), name)))
PERIODS = {"年": "months", "个月": "months", "天": "days", "工作日": "workdays"}

# How many stored integers make one base unit, by dimension: money is kept in fen, ratios in millionths.
_SCALES = {"元": 100, "美元": 100, "亩": 10_000, "吨": 1000, "平方米": 100, "公里": 1000, "小时": 100, "立方米": 1000}
RATIO_SCALE = 1_000_000


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written (`万元/亩`), its factor to base units and its dimension."""

    name: str
    factor: Fraction
    dimension: Dimension

    @property
    def scale(self) -> int:
        """Stored integers per base unit for a fact of this dimension (元 → 100 fen)."""
        if not self.dimension:
            return RATIO_SCALE
        powers = dict(self.dimension)
        return next((_SCALES[base] for base in powers if base in _SCALES and powers[base] > 0), 1)


@lru_cache(maxsize=256)
def unit(name: str) -> Unit | None:
    """The unit called `name`, or None where it is unknown. `/` divides: 元/人次, 万元/亩."""
    if name in _RATIOS:
        return Unit(name, _RATIOS[name], RATIO)
    factor = Fraction(1)
    powers: dict[str, int] = {}
    for place, part in enumerate(name.split("/")):
        if part not in _FACTORS:
            return None
        share, base = _FACTORS[part]
        sign = 1 if place == 0 else -1
        factor *= share**sign
        powers[base] = powers.get(base, 0) + sign
    return Unit(name, factor, _tidy(powers))


def times(left: Dimension, right: Dimension) -> Dimension:
    """The dimension of a product."""
    return _combine(left, right, 1)


def over(left: Dimension, right: Dimension) -> Dimension:
    """The dimension of a quotient."""
    return _combine(left, right, -1)


def spell(dimension: Dimension) -> str:
    """A dimension in words, for messages: 元/人次, or 比率 for a ratio."""
    if not dimension:
        return "比率"
    above = "·".join(base for base, power in dimension if power > 0) or "1"
    below = "".join(f"/{base}" for base, power in dimension if power < 0)
    return above + below


def _combine(left: Dimension, right: Dimension, sign: int) -> Dimension:
    powers = dict(left)
    for base, power in right:
        powers[base] = powers.get(base, 0) + sign * power
    return _tidy(powers)


def _tidy(powers: dict[str, int]) -> Dimension:
    return tuple(sorted((base, power) for base, power in powers.items() if power))
