"""Numbers as a unit tells them 报数: one a line, indicator, number with its bound, first day where one counts over a period."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

_LINE = re.compile(
    r"(?P<name>\S+)\s+(?P<front>约|近|超过|超|不低于)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<back>余|多)?(?:\s+自?(?P<since>\d{4}-\d\d-\d\d))?"
)
_BOUNDS = {
    "约": "approx",
    "近": "less_than",
    "超过": "at_least",
    "超": "at_least",
    "不低于": "at_least",
    "余": "at_least",
    "多": "at_least",
}


class ToldError(ValueError):
    """A line that cannot be read; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class ToldNumber:
    """A number told: `number` in the unit of its indicator (given in words), how exact, counted since when."""

    code: str
    number: str
    precision: str = "exact"
    since: str = ""

    @property
    def exact(self) -> Fraction:
        """The number itself."""
        return Fraction(self.number)

    @property
    def first_day(self) -> dt.date | None:
        """The first day counted."""
        return dt.date.fromisoformat(self.since) if self.since else None


def told_numbers(text: str, codes: Mapping[str, str]) -> list[ToldNumber]:
    """The lines read; `codes` by label and by code. ToldError names the first line that cannot be."""
    found = []
    for line in (one.strip() for one in text.splitlines()):
        if not line:
            continue
        read = _LINE.fullmatch(line)
        if read is None:
            raise ToldError(f"“{line}”应写作：指标名称 数（可加 约、近、余），时期数再加起算日，如 2020-02-10")
        if read["name"] not in codes:
            raise ToldError(f"没有指标“{read['name']}”")
        bound = _BOUNDS.get(read["front"] or read["back"] or "", "exact")
        found.append(ToldNumber(codes[read["name"]], read["number"].replace(",", ""), bound, read["since"] or ""))
    return found
