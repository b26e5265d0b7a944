"""Timed work of the room."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.service.helping import actions
from songda.kernel import clock
from songda.kernel.jobs import job


@job("helping.serve_queue", every=dt.timedelta(days=1), at=dt.timedelta(hours=1))
def serve_queue() -> int:
    """Give services that wait for a place one of the new period."""
    return actions.serve_queue(now=clock.now())
