"""What runs by itself."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.kernel.jobs import job
from songda.registry.programs import actions


@job("programs.purge", every=dt.timedelta(hours=1))
def purge() -> int:
    """Forget answers older than a day."""
    return actions.purge(now=clock.now())
