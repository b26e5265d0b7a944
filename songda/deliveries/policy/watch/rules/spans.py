"""How long things take 用时: the median and the worst of whole days, exactly."""

from __future__ import annotations

from collections.abc import Sequence


def median_of(days: Sequence[int]) -> str:
    """The median in words: 3, 3.5; '' of nothing."""
    if not days:
        return ""
    ordered, middle = sorted(days), len(days) // 2
    if len(days) % 2:
        return str(ordered[middle])
    whole, half = divmod(ordered[middle - 1] + ordered[middle], 2)
    return f"{whole}.5" if half else str(whole)


def threshold(days_left: int, reminders: Sequence[int]) -> int | None:
    """The reminder that is due with so many days left: the latest one that has come. None while none has, or the day is past."""
    come = [one for one in reminders if one >= days_left]
    return min(come) if come and days_left >= 0 else None
