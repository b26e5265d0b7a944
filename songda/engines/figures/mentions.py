"""A figure as the grammar sees it 提及: exact values, where it stands in the plain text, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from songda.engines.figures.units import MONEY, class_of

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure: `value` as printed before its `scale` (6.2 and 亿), `unit` without the scale; `start` and `end` in the plain text.

    `before` and `after` are the words of its clause on both sides, up to a mark or the next figure; `lead` all words of the sentence
    before it since the figure before. `per` is what it is for one of (每人, 元/亩), else empty.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    scale: Decimal = Decimal(1)
    scale_word: str = ""
    upto: Decimal | None = None
    precision: str = "exact"
    kind: str = "measure"
    sentence: int = 0
    before: str = ""
    after: str = ""
    lead: str = ""
    per: str = ""
    subject: str = ""

    @property
    def base(self) -> Decimal:
        """The value in base units: 6.2亿元 is 620000000."""
        return self.value * self.scale

    @property
    def family(self) -> str:
        """What it may be added to and compared with."""
        return "%" if self.unit in ("%", "‰") else f"{class_of(self.unit)}/{self.per}" if self.per else class_of(self.unit)

    @property
    def step(self) -> Decimal:
        """The weight of its last printed digit where it has decimals or is a rate: 0.1亿元 for 6.2亿元; a whole number is exact, so 0."""
        exponent = self.value.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        return self.scale.scaleb(-places) if places or self.family in ("%", "百分点") else ZERO

    @property
    def grain(self) -> Decimal:
        """As `step`, but a whole number before 万 or 亿 counts as rounded: 20万元 may be 20.3万元 beside sums in 元."""
        return self.step or (self.scale if self.scale_word else ZERO)

    @property
    def is_percent(self) -> bool:
        """A share or a rate in per cent."""
        return self.unit == "%"

    @property
    def is_money(self) -> bool:
        """A sum of money."""
        return self.unit in MONEY

    @property
    def is_vague(self) -> bool:
        """Not meant to the last digit: 约, 余, 近, or a range."""
        return self.precision != "exact" or self.upto is not None
