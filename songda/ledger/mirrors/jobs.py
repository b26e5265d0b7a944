"""Timed work of the room."""

from __future__ import annotations

import datetime as dt
import logging

from songda.kernel import clock
from songda.kernel.errors import SongdaError
from songda.kernel.jobs import job
from songda.ledger.mirrors import actions, queries

logger = logging.getLogger(__name__)


@job("mirrors.pull", every=dt.timedelta(minutes=10))
def pull() -> int:
    """Ask each system for yesterday's and today's messages and apply what is new; how many were. One that fails does not stop the rest."""
    now, new = clock.now(), 0
    today = clock.day_of(now)
    for system in queries.configured():
        try:
            for day in (today - dt.timedelta(days=1), today):
                new += actions.pull_day(system, day, now=now).new
        except SongdaError as error:
            logger.warning("mirrors: %s: %s", system, error.message)
        actions.apply_waiting(system, now=now)
    return new
