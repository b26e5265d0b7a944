"""Guides, every night."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.guides import actions
from songda.kernel import clock
from songda.kernel.jobs import job


@job("guides.stale", every=dt.timedelta(days=1), at=dt.timedelta(hours=3))
def stale() -> int:
    """Mark issued guides that are no longer what would be made today; how many are stale. Asked again, the same answer."""
    return actions.note_stale(now=clock.now())
