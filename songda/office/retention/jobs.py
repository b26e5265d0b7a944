"""Approved purges, exports that were asked for, packages whose days are over."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.kernel.jobs import job
from songda.office.retention import actions
from songda.registry.actors import system


@job("retention.purge", every=dt.timedelta(minutes=1))
def purge() -> dict[str, int]:
    """Carry out what was approved, batch by batch, and keep its lists; records dealt with, lists kept. Again: the rest, or none."""
    dealt = actions.carry_on(by=system("销毁执行"), now=clock.now())
    return {"dealt": dealt, "lists": actions.keep_lists()}


@job("retention.write_exports", every=dt.timedelta(minutes=1))
def write_exports() -> int:
    """Write the exports that were asked for; how many. Again: none."""
    return actions.write_waiting(clock.now())


@job("retention.sweep_exports", every=dt.timedelta(hours=1))
def sweep_exports() -> int:
    """Remove packages whose days are over; how many. Again: none."""
    return actions.sweep_exports(clock.now())
