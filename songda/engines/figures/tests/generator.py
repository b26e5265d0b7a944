"""Invented bulletins with planted relations and errors: two families of wordings, written apart from the reader's patterns.

Family `a` may be looked at when the reader is tuned; of family `b` only the totals are looked at. Firms, places and numbers are
invented. Each bulletin says what was planted, so that what the reader finds can be counted.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

PLACES = ("青禾区", "临溪县", "云栖新区", "柳河市", "东篱镇", "白鹭开发区")
THINGS = (
    ("企业", "家", ("工业", "建筑业", "服务业", "农业")),
    ("商户", "户", ("餐饮", "零售", "物流", "住宿")),
    ("项目", "个", ("省级重点", "市级重点", "区级重点")),
    ("诉求", "件", ("用工类", "融资类", "用地类", "物流类")),
    ("员工", "人", ("本地", "省内其他地市", "外省")),
    ("贷款", "万元", ("国有银行", "股份制银行", "农商行")),
)
DONE = ("复工", "办结", "达产", "开工", "回访", "兑现")


@dataclass
class Planted:
    """One relation: its numbers in base units, whether it holds, and the number that was falsified (None where none was)."""

    numbers: tuple[Decimal, ...]
    holds: bool
    sort: str


@dataclass
class Invented:
    """A bulletin with what was planted in it; `odd` are quotes of figures that deserve a flag without any relation."""

    text: str = ""
    planted: list[Planted] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    clean: bool = True


class Desk:
    """Draws numbers and spells them; an error is planted in the next printed result when `wrong` is set."""

    def __init__(self, seed: int, *, errors: bool) -> None:
        self.draw = random.Random(seed)
        self.errors = errors
        self.wrong = False
        self.told = Invented()
        self.commas = self.draw.random() < 0.25
        self.wide = self.draw.random() < 0.15

    def pick(self, *choices: str) -> str:
        return self.draw.choice(choices)

    def count(self, low: int = 12, high: int = 900) -> int:
        return self.draw.randint(low, high)

    def begin(self) -> None:
        self.wrong = self.errors and self.draw.random() < 0.45

    def printed(self, value: int) -> int:
        """The result as it is printed: right, or changed as clerks change numbers (a digit, two digits exchanged, a slip)."""
        if not self.wrong:
            return value
        return self.draw.choice((self._digit, self._swap, self._near))(value)

    def _digit(self, value: int) -> int:
        digits = list(str(value))
        place = self.draw.randrange(len(digits))
        digits[place] = self.draw.choice([one for one in "123456789" if one != digits[place]])
        return int("".join(digits))

    def _swap(self, value: int) -> int:
        digits = list(str(value))
        places = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1] and digits[at + 1] != "0"]
        if not places:
            return self._near(value)
        at = self.draw.choice(places)
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
        return int("".join(digits))

    def _near(self, value: int) -> int:
        return value + self.draw.choice((-1, 1)) * self.draw.randint(2, max(3, value // 12))

    def share(self, top: int, bottom: int) -> Decimal:
        right = (Decimal(top) * 100 / bottom).quantize(Decimal(self.draw.choice(("0.1", "0.01", "1"))), ROUND_HALF_UP)
        if not self.wrong:
            return right
        shifted = right + self.draw.choice((-1, 1)) * self.draw.randint(3, 12)
        return shifted if 0 < shifted <= 100 or right > 100 else right - 4

    def plant(self, sort: str, *numbers: int | Decimal) -> None:
        self.told.planted.append(Planted(tuple(Decimal(one) for one in numbers), not self.wrong, sort))
        self.told.clean = self.told.clean and not self.wrong

    def say(self, value: int | Decimal) -> str:
        text = f"{value:,}" if self.commas and value >= 1000 else str(value)
        return text.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，")) if self.wide else text


Statement = Callable[[Desk], str]


def base(value: int | Decimal, unit: str) -> Decimal:
    """The number in base units."""
    return Decimal(value) * (10_000 if unit.startswith("万") else 1)


def bulletin(seed: int, family: tuple[Statement, ...], noise: tuple[str, ...], *, errors: bool) -> Invented:
    """One bulletin of 5 to 8 statements in paragraphs, with sentences without relations between them."""
    desk = Desk(seed, errors=errors)
    place = desk.pick(*PLACES)
    rows = [f"{place}{desk.pick('稳企惠企工作简报', '复工复产情况通报', '助企纾困工作动态')}"]
    for statement in desk.draw.sample(family, k=min(len(family), desk.count(5, 8))):
        desk.begin()
        sentence = statement(desk)
        if desk.draw.random() < 0.6:
            sentence += desk.pick(*noise)
        rows.append(sentence)
    desk.told.text = "\n".join(rows)
    return desk.told
