"""The sweep of every minute, and the proof of every night."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.kernel.jobs import job
from songda.ledger.cases import actions

MOST_A_RUN = 20  # sweeps of 500 cases: a run ends, the next minute goes on


@job("cases.sweep_clocks", every=dt.timedelta(minutes=1))
def sweep_clocks() -> dict[str, int]:
    """Climb what is owed: cases looked at, rungs climbed, rows put off. A second run finds nothing owed."""
    looked = climbed = put_off = 0
    for _ in range(MOST_A_RUN):
        swept = actions.sweep_clocks(now=clock.now())
        looked, climbed, put_off = looked + swept.looked, climbed + swept.climbed, put_off + swept.put_off
        if not swept.looked:
            break
    return {"looked": looked, "climbed": climbed, "put_off": put_off}


@job("cases.verify_clocks", every=dt.timedelta(days=1), at=dt.timedelta(hours=2))
def verify_clocks() -> dict[str, int]:
    """Prove the clocks of all open cases from their steps: cases looked at, columns corrected, cases that could not be read."""
    found = actions.verify_clocks(now=clock.now())
    return {"looked": found.looked, "corrected": len(found.differences), "unread": found.unread}
