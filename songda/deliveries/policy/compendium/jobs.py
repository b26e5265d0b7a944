"""Printing, after an edition is published."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.compendium import actions
from songda.kernel import clock
from songda.kernel.jobs import job


@job("compendium.print", every=dt.timedelta(minutes=1))
def print_books() -> int:
    """Print what published editions still lack; how many books. A second run finds the work done."""
    return actions.print_waiting(now=clock.now())
