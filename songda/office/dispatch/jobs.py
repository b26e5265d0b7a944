"""What dispatch does by itself: the list of what stands still, each morning."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.kernel.jobs import job
from songda.office.dispatch import actions


@job("dispatch.list_standstills", every=dt.timedelta(days=1), at=dt.timedelta(hours=6))
def list_standstills() -> int:
    """Write the daily list before the offices open; how many cases stand still."""
    return actions.list_standstills(now=clock.now())
