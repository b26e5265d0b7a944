"""Looking, every few minutes; the whole trail, by night."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.kernel.jobs import job
from songda.ledger.alarms import actions


@job("alarms.look", every=dt.timedelta(minutes=5))
def look() -> int:
    """Look at the last hour of the trail; how many alarms were opened."""
    return actions.look(now=clock.now())


@job("alarms.prove_trail", every=dt.timedelta(days=1), at=dt.timedelta(hours=2, minutes=10))
def prove_trail() -> bool:
    """Recompute the whole chain; whether it holds."""
    return actions.prove_trail(now=clock.now())
