"""How the installation stands: disk, database, backup; and everything a watcher asks of it, gathered once."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from songda.kernel import clock
from songda.kernel.audit.models import AuditSeal
from songda.kernel.audit.queries import last_seal, unsealed_after
from songda.kernel.jobs.state import Queue, queue
from songda.ledger.alarms.models import Alarm
from songda.ledger.cases.queries.lag import put_off, sweeper_lag
from songda.ledger.notices.queries.backlog import backlog, stuck
from songda.ledger.notices.states import Lane
from songda.office.returns.models import Violation
from songda.office.returns.states import ViolationState
from songda.registry.calendars.queries import owed_year


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes of the disk that holds the home."""

    free: int
    total: int

    @property
    def short(self) -> bool:
        """Whether less is free than the installation asks for."""
        return self.free < settings.LEAST_DISK


@dataclass(frozen=True, slots=True)
class State:
    """Everything a watcher asks; lags are by the clock of the records.

    `backup_age`, `seal` and `owed_year` (the year whose days off are missing) are None where there is none.
    """

    queue: Queue
    lag: dt.timedelta
    put_off: int
    backlog: list[tuple[str, Lane, int]]
    stuck: int
    violations: int
    database_bytes: int
    disk: Disk
    backup_age: dt.timedelta | None
    seal: AuditSeal | None
    unsealed: int
    owed_year: int | None = None
    alarms: int = 0


def state() -> State:
    """The state now."""
    seal = last_seal()
    return State(
        queue=queue(),
        lag=sweeper_lag(clock.now()),
        put_off=put_off(),
        backlog=backlog(),
        stuck=stuck(),
        violations=Violation.objects.filter(state=ViolationState.OPEN).count(),
        database_bytes=database_bytes(),
        disk=disk(),
        backup_age=backup_age(),
        seal=seal,
        unsealed=unsealed_after(seal.last_id if seal else 0),
        owed_year=owed_year(clock.day_of(clock.now())),
        alarms=Alarm.objects.filter(acknowledged_at=None).count(),
    )


def disk() -> Disk:
    """The disk of the home."""
    place = Path(settings.HOME)
    usage = shutil.disk_usage(place if place.exists() else place.parent)
    return Disk(usage.free, usage.total)


def database_bytes() -> int:
    """How large the database is; with SQLite the file and its log of changes, 0 in memory."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    name = str(connection.settings_dict["NAME"])
    return sum(path.stat().st_size for path in (Path(name), Path(f"{name}-wal")) if path.is_file())


def backup_age() -> dt.timedelta | None:
    """How old the newest backup in `backups/` of the home is; None where none is kept there."""
    made = [path.stat().st_mtime for path in (Path(settings.HOME) / "backups").glob("*") if path.is_file()]
    now = clock.now() - settings.CLOCK_SHIFT
    return now - dt.datetime.fromtimestamp(max(made), dt.UTC) if made else None
