"""All looks in their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from songda.portal.upkeep.doctor import accounts, database, disk, providers, records, work
from songda.portal.upkeep.doctor.findings import Finding, is_fault

Look = Callable[[], Finding]


def examine(*, now: dt.datetime, every_file: bool = False) -> tuple[list[Finding], bool]:
    """The findings, and whether the database answers. What needs a database of the right shape is left out without one."""
    found = [
        database.configuration(),
        disk.room(),
        disk.secret(),
        disk.fonts(),
        disk.last_backup(now),
        providers.ways_in(),
        database.reachable(),
    ]
    if is_fault(found[-1]):
        return found, False
    found.append(database.migrations())
    if is_fault(found[-1]):
        return found, True
    looks: tuple[Look, ...] = (
        database.safe_writing,
        partial(disk.files, every=every_file),
        records.trail,
        partial(work.workers, now),
        work.held_back,
        partial(records.moments, now),
        partial(records.calendar, now),
        records.purges,
        accounts.demonstration,
    )
    return [*found, *(look() for look in looks)], True
