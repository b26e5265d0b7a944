"""What the campaign's pack sets for this room 口径参数: the factor of pace, the due day of a month's value, the register's conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class PaceRule:
    """`factor`: behind when progress is below the share of time times this. A month's value is due on `due_day` of the next month; those in `joined` come with the next month's (1—2月合并)."""

    factor: Fraction
    due_day: int
    joined: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of entry 入库条件: what has to be proved, by which papers, for which kinds of subject; `least` yuan where it is a sum."""

    code: str
    label: str
    asks: str
    subjects: frozenset[str]
    least: int = 0


@dataclass(frozen=True, slots=True)
class EntryRule:
    """The conditions in their order, the fact that says work has begun, and the desks (by unit code) that keep the register."""

    conditions: tuple[Condition, ...]
    started: str
    desks: tuple[str, ...] = ()

    def of(self, kind: str) -> tuple[Condition, ...]:
        """The conditions of a kind of subject."""
        return tuple(one for one in self.conditions if kind in one.subjects)


def pace_of(data: Mapping[str, Any]) -> PaceRule:
    """The rule of pace as its pack writes it."""
    return PaceRule(Fraction(data["factor"]), int(data["due_day"]), frozenset(data.get("joined", ())))


def entry_of(data: Mapping[str, Any]) -> EntryRule:
    """The rule of entry as its pack writes it."""
    conditions = tuple(
        Condition(one["code"], one["label"], one["asks"], frozenset(one["subjects"]), int(one.get("least", 0)))
        for one in data["conditions"]
    )
    return EntryRule(conditions, data["started"], tuple(data.get("desks", ())))


def faults(data: Mapping[str, Any]) -> Iterator[str]:
    """What does not hold together, as sentences."""
    factor = Fraction(data["pace"]["factor"])
    if not 0 < factor <= 1:
        yield f"进度系数应大于 0、不大于 1，现为 {data['pace']['factor']}"
    codes = [one["code"] for one in data["entry"]["conditions"]]
    yield from (f"入库条件代码重复：{code}" for code in sorted({one for one in codes if codes.count(one) > 1}))
