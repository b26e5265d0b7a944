"""Reviews of plans that have fallen due, every morning."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.service.visits import actions
from songda.kernel import clock
from songda.kernel.jobs import job


@job("visits.reviews", every=dt.timedelta(days=1), at=dt.timedelta(hours=7))
def reviews() -> int:
    """Raise a task for each plan whose review day has passed; how many. A second run raises none."""
    return actions.raise_reviews(now=clock.now())
