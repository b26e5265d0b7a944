"""Timed work of the room."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.watch import actions
from songda.kernel import clock
from songda.kernel.jobs import job


@job("watch.sweep", every=dt.timedelta(hours=1))
def sweep() -> int:
    """Remind of what waits too long, notice pushes, list missed windows."""
    return actions.sweep(now=clock.now()).reminded
