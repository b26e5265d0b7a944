"""What a clock is 时限定义: a length, what starts and stops it, what does not count, when its lamps change."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field

from songda.engines.clocks.calendar import Desk


class Count(enum.StrEnum):
    """What a length counts."""

    HOURS = "hours"  # 小时, by the clock on the wall
    WORKING_HOURS = "working_hours"  # 工作小时, only while the desk is open
    DAYS = "days"  # 自然日
    WORKING_DAYS = "working_days"  # 工作日
    MONTHS = "months"  # 个月, calendar months


LABELS = {
    Count.HOURS: "小时",
    Count.WORKING_HOURS: "工作小时",
    Count.DAYS: "日",
    Count.WORKING_DAYS: "个工作日",
    Count.MONTHS: "个月",
}


@dataclass(frozen=True, slots=True)
class Length:
    """An amount of time 期限: 5 working days, 2 hours. At least one, and no more than a calendar can hold (about fifty years)."""

    amount: int
    count: Count

    def __post_init__(self) -> None:
        most = 600 if self.count is Count.MONTHS else 10_000
        if not 1 <= self.amount <= most:
            raise ValueError(f"期限应为 1 至 {most} 之间的整数。")

    def __str__(self) -> str:
        return f"{self.amount}{LABELS[self.count]}"


@dataclass(frozen=True, slots=True)
class Exemption:
    """A window that does not count 不计入: whole days, both included, with the reason printed to whoever asks."""

    first: dt.date
    last: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A clock by code. `starts`, `stops`, `restarts`, `resets` name events; `awaits` an event that must come first (待…后).

    A restart begins afresh at once (send_back); a reset puts the clock back until its next start (a reopened matter that nobody
    holds yet owes no first contact).
    `soon` is how long before the deadline the lamp turns yellow (None: no yellow). `rolls`: a deadline of natural days or months that
    falls on a day off moves to the next working day (民法典 203).
    """

    code: str
    label: str
    length: Length
    starts: frozenset[str]
    stops: frozenset[str]
    restarts: frozenset[str] = frozenset()
    resets: frozenset[str] = frozenset()
    awaits: str = ""
    soon: Length | None = None
    rolls: bool = True
    desk: Desk = field(default_factory=Desk)
    exempt: tuple[Exemption, ...] = ()
