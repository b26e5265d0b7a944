"""What the room does by itself: heirs of ended posts, leave that nobody covers."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.service.demands import actions
from songda.kernel import clock
from songda.kernel.jobs import job


@job("demands.replace_ended", every=dt.timedelta(minutes=10))
def replace_ended() -> int:
    """Give the open cases of ended posts to their heirs; how many. A second run finds none."""
    return actions.replace_ended(now=clock.now())


@job("demands.watch_leave", every=dt.timedelta(hours=1))
def watch_leave() -> int:
    """Raise an alert for each open case whose holder is away with nobody standing in; how many new ones."""
    return actions.watch_leave(now=clock.now())
