"""The contact budget 无事不扰 (SVC-44): so many unsolicited contacts a firm and month, whichever department comes.

A contact takes a numbered place of its firm's month. Places are unique in the database, so that two departments planning at
once cannot both have the last one. What the firm asked for itself takes none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from songda.kernel.words import gettext as _


@dataclass(frozen=True, slots=True)
class Budget:
    """The open parameters of Appendix F: contacts a firm and month, hours to a first answer, days until a firm with an open
    problem counts as left alone.
    """

    contacts: int = 2
    answer_hours: int = 24
    unvisited_days: int = 60


BUDGET = Budget()


@dataclass(frozen=True, slots=True)
class Light:
    """How disturbed a firm is 打扰灯: a shape and a word; `level` 0 (free), 1 (this week already), 2 (the month is full)."""

    level: int
    shape: str
    word: str


def first_of_month(day: dt.date) -> dt.date:
    """The month a contact counts in."""
    return day.replace(day=1)


def week_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Monday and Sunday of a day's week."""
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=6)


def free_place(taken: Collection[int], budget: Budget = BUDGET) -> int | None:
    """The lowest free place of a month within the budget, None when it is used up."""
    return next((place for place in range(1, budget.contacts + 1) if place not in taken), None)


def extra_place(taken: Collection[int], budget: Budget = BUDGET) -> int:
    """The place an approved contact takes beyond the budget."""
    return max([budget.contacts, *taken]) + 1


def light(in_week: int, in_month: int, budget: Budget = BUDGET) -> Light:
    """The light of a firm from its contacts of the week and the counted ones of the month."""
    if in_month >= budget.contacts:
        return Light(2, "full", _("本月已满 %(n)d 次") % {"n": in_month})
    if in_week:
        return Light(1, "half", _("本周已约 %(n)d 次") % {"n": in_week})
    return Light(0, "empty", _("本周未约"))
