"""Checks 核对: a relation that the text states, computed again from the numbers as printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from songda.engines.figures.mentions import Mention

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Check:
    """One relation: its `kind` (sum, difference, ratio, growth, product, average, subset), the figures in it, which of them is the
    printed result, what the others give, and whether it holds: True, False, or None where the text does not say enough."""

    kind: str
    figures: tuple[Mention, ...]
    result: Mention
    computed: Decimal
    holds: bool | None
    note: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The figures of one sentence (of the sentence before too, where this one goes on with 其中) and the plain text."""

    text: str
    figures: tuple[Mention, ...]
    earlier: tuple[Mention, ...] = ()

    def between(self, left: Mention, right: Mention) -> str:
        """The words between two figures."""
        return self.text[left.end : right.start]


Finder = Callable[[Sentence], list[Check]]


def is_near(computed: Decimal, printed: Mention, slack: Decimal = Decimal(0)) -> bool:
    """Whether the printed result is the computed value, rounded or cut off at its last printed digit."""
    gap = computed - printed.base
    return abs(gap) <= printed.step / 2 + slack or 0 <= gap < printed.step


def judged(check: Check) -> Check:
    """A check that fails on figures that are not meant to the last digit is undecided."""
    if check.holds is False and any(one.is_vague for one in check.figures) and check.kind != "subset":
        return replace(check, holds=None, note="有约数，不作判定。")
    return check


def plainly(value: Decimal, places: int = 2) -> str:
    """A number for people: no exponent, no idle zeros."""
    text = f"{round(value, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def common_room(figures: tuple[Mention, ...]) -> Decimal:
    """How far a sum or difference may be off by rounding: half a step of each that has decimals, one step of the coarsest at most."""
    steps = [one.step for one in figures]
    if len(set(steps)) == 1 and all(one.value == one.value.to_integral_value() for one in figures):
        return Decimal(0)
    return min(max(steps), sum(steps, Decimal(0)) / 2)


def is_slip(left: Decimal, right: Decimal) -> bool:
    """Whether two numbers differ by a power of ten, as 户 and 万户 do."""
    low, high = sorted((abs(left), abs(right)))
    return bool(low) and any(abs(high / low / 10**power - 1) < Decimal("0.01") for power in (1, 2, 3, 4, 8))


def _digits(left: Decimal, right: Decimal) -> tuple[str, str]:
    """The digits of both, without the zeros that both end in."""
    one, other = (f"{value:.4f}".replace(".", "") for value in (left, right))
    while one.endswith("0") and other.endswith("0"):
        one, other = one[:-1], other[:-1]
    return one, other


def is_misprint(left: Decimal, right: Decimal) -> bool:
    """Whether one wrong digit, two digits exchanged, or a digit too many or too few turns one number into the other."""
    one, other = _digits(left, right)
    if max(len(one), len(other)) < 3:
        return False
    if len(one) == len(other):
        wrong = [at for at in range(len(one)) if one[at] != other[at]]
        swapped = (
            len(wrong) == 2 and wrong[1] == wrong[0] + 1 and one[wrong[0]] == other[wrong[1]] and one[wrong[1]] == other[wrong[0]]
        )
        return len(wrong) == 1 or swapped
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
