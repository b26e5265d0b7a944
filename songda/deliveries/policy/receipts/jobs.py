"""Timed work of the room."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.receipts import actions
from songda.kernel import clock
from songda.kernel.jobs import job
from songda.registry.actors import system


@job("receipts.collect", every=dt.timedelta(minutes=10))
def collect_openings() -> int:
    """Take openings of notices for receipts, where the delivery says so."""
    return actions.collect_openings(by=system(), now=clock.now())
