"""Jobs of indicators: the tallies, every night."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.kernel.jobs import job
from songda.office.indicators import actions


@job("indicators.make_tallies", every=dt.timedelta(days=1), at=dt.timedelta(hours=1))
def make_tallies() -> int:
    """Make the tallies from the first day of the month before to yesterday: rows that came in late are found by the difference."""
    now = clock.now()
    last = clock.day_of(now) - dt.timedelta(days=1)
    month = (last.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    return actions.make_tallies(month, last, now=now).tallies
