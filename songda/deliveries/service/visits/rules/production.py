"""达产扩产 (SVC-56): plan and actual by the week, and what of the lost output has been made up. Whole numbers of the firm's unit.

capacity use = output ÷ designed capacity        catch-up = cumulated plan − cumulated actual
lost         = Σ max(0, normal − actual)         regained = Σ max(0, actual − normal), `normal` the week before the epidemic
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Week:
    """A week: its Monday, planned and actual output (None: not reported yet)."""

    monday: dt.date
    planned: int
    actual: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The plan as it stands over the reported weeks. Shares are hundredths of a per cent, None without a denominator."""

    planned: int
    actual: int
    behind: int
    lost: int
    regained: int
    recovered: int | None
    use: int | None


def standing_of(weeks: Sequence[Week], *, normal: int, capacity: int) -> Standing:
    """Read a plan from its rows alone. Weeks without a report count in nothing."""
    reported = [(week.planned, week.actual) for week in weeks if week.actual is not None]
    planned, actual = sum(plan for plan, _made in reported), sum(made for _plan, made in reported)
    lost = sum(max(0, normal - made) for _plan, made in reported)
    regained = sum(max(0, made - normal) for _plan, made in reported)
    last = reported[-1][1] if reported else None
    use = share(last, capacity) if last is not None else None
    return Standing(planned, actual, planned - actual, lost, regained, share(regained, lost), use)


def share(part: int, whole: int) -> int | None:
    """part ÷ whole in hundredths of a per cent, rounded half up; None without a whole."""
    return (part * 20_000 + whole) // (2 * whole) if whole > 0 else None
