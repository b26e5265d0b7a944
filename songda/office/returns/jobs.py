"""Timed work of the room."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.kernel.jobs import job
from songda.office.returns import actions


@job("returns.keep", every=dt.timedelta(hours=1))
def keep() -> int:
    """Make the returns of periods that have begun; remind of what is due soon, call for what is late."""
    now = clock.now()
    return actions.expect_returns(now=now) + actions.remind_units(now=now)
