"""Matching, every night."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.matching import actions
from songda.kernel import clock
from songda.kernel.jobs import job
from songda.registry.actors import system


@job("matching.refresh", every=dt.timedelta(days=1), at=dt.timedelta(hours=2))
def refresh() -> int:
    """Freeze today's facts and match every published measure against them; how many runs. A second run changes nothing."""
    return len(actions.match_everything(by=system(), now=clock.now()))
