"""What is forgotten every night."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.kernel.jobs import job
from songda.office.resumption import actions
from songda.registry.actors import system


@job("resumption.forget_names", every=dt.timedelta(days=1), at=dt.timedelta(hours=3))
def forget_names() -> int:
    """Forget names of arrivals that the order no longer keeps; how many. Again: none."""
    return actions.forget_names(by=system(), now=clock.now())
