"""What is left of a deadline, in words people use: working days, the hour of today, how long overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from songda.engines.clocks.calendar import Calendar
from songda.kernel.words import gettext as _


@dataclass(frozen=True, slots=True)
class Left:
    """Working days left (negative: overdue; None: no deadline runs), and the sentence."""

    days: int | None
    words: str


def left(due: dt.datetime | None, now: dt.datetime, working: Sequence[dt.date], zone: dt.tzinfo | None = None) -> Left:
    """What is left at `now`. `working` are the working days that cover both days; `zone` is the place's (None: as `due` has it).

    24:00 is the end of its day.
    """
    if due is None:
        return Left(None, _("未计时"))
    end, here = due.astimezone(zone), now.astimezone(zone)
    last = Calendar(zone or due.tzinfo or dt.UTC).day_of_deadline(due)
    if end < here:
        days = sum(last < day <= here.date() for day in working)
        return Left(-days, _("超期%(n)d个工作日") % {"n": days} if days else _("今日超期"))
    days = sum(here.date() < day <= last for day in working)
    if last <= here.date():
        return Left(0, _("今日%(time)s到期") % {"time": end.strftime("%H:%M") if end.date() == last else "24:00"})
    return Left(days, _("剩%(n)d个工作日") % {"n": days})
