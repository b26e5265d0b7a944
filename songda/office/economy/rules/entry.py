"""Conditions of the statistical register 入库条件: which are proved, what is missing, and from which month a subject may be counted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from songda.kernel.words import gettext as _
from songda.office.economy.rules.parameters import Condition
from songda.office.economy.rules.spelling import figure, places

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof laid to a condition: its papers that still count, the sum they show (yuan; 0: none), when and by whom."""

    condition: str
    papers: tuple[int, ...]
    amount: int
    on: dt.date
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A condition with its proof; `missing` says what still lacks, nothing where it is proved."""

    condition: Condition
    proof: Proved | None
    missing: str

    @property
    def proved(self) -> bool:
        """Whether it holds."""
        return not self.missing


def checklist(conditions: Iterable[Condition], proofs: Sequence[Proved]) -> list[Item]:
    """Each condition with its latest proof that counts. A proof whose papers were all set aside proves nothing."""
    latest = {one.condition: one for one in proofs if one.papers}
    return [_item(one, latest.get(one.code)) for one in conditions]


def _item(one: Condition, proof: Proved | None) -> Item:
    if proof is None:
        return Item(one, None, _("还没有材料"))
    if proof.amount < one.least:
        told = {"amount": ten_thousands(proof.amount), "least": ten_thousands(one.least)}
        return Item(one, proof, _("金额%(amount)s万元，不足%(least)s万元") % told)
    return Item(one, proof, "")


def ten_thousands(yuan: int) -> str:
    """Whole yuan in 万元, exactly."""
    number = Fraction(yuan, 10_000)
    return figure(number, places(number))


def what_lacks(items: Sequence[Item]) -> str:
    """The conditions not proved, in one line; nothing where all are."""
    return "；".join(f"{one.condition.label}：{one.missing}" for one in items if not one.proved)


def proved_on(items: Sequence[Item]) -> dt.date | None:
    """The day on which the last condition was proved; None where one still lacks."""
    days = [one.proof.on for one in items if one.proof is not None and one.proved]
    return max(days) if len(days) == len(items) and days else None


def fault_of_month(month: str, proved: dt.date, today: dt.date) -> str:
    """Why a subject cannot be counted from a month (2020-03) on; nothing where it can: not before its proofs, not in the future."""
    if not _MONTH.fullmatch(month):
        return _("纳入月份应如 2020-03。")
    if month < f"{proved:%Y-%m}":
        return _("纳入月份不能早于条件落实的月份（%(month)s）。") % {"month": f"{proved:%Y-%m}"}
    return _("纳入月份不能晚于本月。") if month > f"{today:%Y-%m}" else ""
