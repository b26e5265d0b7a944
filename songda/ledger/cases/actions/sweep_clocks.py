"""The sweeper 时限巡检: looks at every case whose moment has come, climbs the rungs that are owed, and never stops at a bad row."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError, transaction
from django.db.models import F

from songda.engines.clocks.ladder import Due, owed
from songda.kernel.audit.actions import record
from songda.kernel.errors import SongdaError
from songda.ledger.cases.actions.clocks import Told, hold, refresh_clocks, write_clocks
from songda.ledger.cases.actions.tell_posts import tell_named
from songda.ledger.cases.models import Alert, Case, CaseClock
from songda.ledger.cases.queries.readings import Filed, file_of
from songda.ledger.cases.queries.recipients import recipient
from songda.registry.actors import system
from songda.registry.calendars.queries import calendar as registry_calendar
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post

POISON = (
    SongdaError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError, DataError, IntegrityError, ObjectDoesNotExist,
)  # fmt: skip
"""What one bad row can raise. A database that is gone or locked is not among them: that is no fault of the row."""
SHEETS = ("supervise", "leader", "circular")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did: cases looked at, rungs climbed, rows put off because they could not be read."""

    looked: int
    climbed: int
    put_off: int


def sweep_clocks(*, now: dt.datetime, limit: int = 500) -> Swept:
    """Look at up to `limit` cases whose clocks have something to say. Call again until nothing is looked at.

    They are read together (six queries), then written one by one, a transaction each. Rungs missed while no sweeper ran are climbed
    now, each once: a case that somebody has stepped meanwhile is left for the next sweep, and the constraint of `Alert` keeps even
    two sweepers that read the same from climbing the same.
    """
    waking = CaseClock.objects.filter(wake_at__lte=now).order_by("wake_at", "pk").values_list("case_id", flat=True)
    case_ids = list(dict.fromkeys(waking[: limit * 4]))[:limit]
    calendar, ask = registry_calendar(), Addressees()
    climbed = put_off = 0
    for filed in file_of(case_ids):
        try:
            climbed += climb(filed, filed.told(calendar), ask, now)
        except POISON as error:
            logger.exception("clock of case %s put off", filed.case.number)
            postpone(filed.case.pk, error, now)
            put_off += 1
    return Swept(len(case_ids), climbed, put_off)


class Addressees:
    """Who is meant by an addressee, asked once a sweep for all cases of one holder, lead and place."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], tuple[Post | None, Organisation | None]] = {}

    def of(self, case: Case, to: str) -> tuple[Post | None, Organisation | None]:
        """The post and the unit told."""
        key = (to, case.holder_id, case.lead_id, case.area_path)
        if key not in self.known:
            self.known[key] = recipient(case, to)
        return self.known[key]


@transaction.atomic
def climb(filed: Filed, told: Sequence[Told], ask: Addressees, now: dt.datetime) -> int:
    """Climb the rungs a case owes, then write down when it wakes next; how many alerts. None where a step came in between."""
    if not hold(filed.case):
        return 0
    climbed = set(filed.climbed)
    alerts = []
    for one in told:
        code = one.spec.definition.code
        done = {level for clock, cycle, level in climbed if (clock, cycle) == (code, one.cycle)}
        for due in owed(one.dues, done, now):
            alerts += [alert(filed.case, one, due, to, ask.of(filed.case, to), now) for to in due.level.to]
            climbed.add((code, one.cycle, due.level.code))
    made = entered(alerts)
    for new in made:
        after = {"clock": new.clock, "level": new.level, "to": new.to, "owed_at": new.owed_at.isoformat()}
        record("case.alert", filed.case, by=system(), now=now, after=after)
    tell_named(filed.case, made, by=system(), now=now)
    write_clocks(filed.case, told, climbed, filed.rows, now)
    return len(made)


def alert(case: Case, told: Told, due: Due, to: str, whom: tuple[Post | None, Organisation | None], now: dt.datetime) -> Alert:
    """One rung for one addressee."""
    code = told.spec.definition.code
    return Alert(
        case=case,
        clock=code,
        cycle=told.cycle,
        level=due.level.code,
        to=to,
        act=due.level.act,
        owed_at=due.at,
        at=now,
        post=whom[0],
        organisation=whom[1],
        area_path=case.area_path,
        sheet=f"{case.number}-{code}-{told.cycle}" if due.level.act in SHEETS else "",
    )


def entered(alerts: Sequence[Alert]) -> Sequence[Alert]:
    """Enter the alerts; which of them are new. All in one statement, unless another sweeper was faster with some."""
    if not alerts:
        return ()
    try:
        with transaction.atomic():
            Alert.objects.bulk_create(alerts)
    except IntegrityError:
        return [one for one in alerts if _entered_alone(one)]
    return alerts


def _entered_alone(new: Alert) -> bool:
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        rung = {name: getattr(new, name) for name in ("case_id", "clock", "cycle", "level", "to")}
        if not Alert.objects.filter(**rung).exists():
            raise
        return False
    return True


def refresh_or_put_off(case: Case, *, now: dt.datetime) -> None:
    """Write the clocks down after a step. A clock that cannot be read does not undo what a person did: it is put off, and shown."""
    try:
        with transaction.atomic():
            refresh_clocks(case, now=now)
    except POISON as error:
        logger.exception("clocks of case %s put off after a step", case.number)
        CaseClock.objects.filter(case=case).update(wake_at=now)
        postpone(case.pk, error, now)


def postpone(case_id: int, error: Exception, now: dt.datetime) -> None:
    """Put a case off: a minute, then two, four … a day at most, with the reason for who looks after the house."""
    waking = CaseClock.objects.filter(case_id=case_id, wake_at__lte=now)
    failures = max(waking.values_list("failures", flat=True), default=0)
    wait = min(dt.timedelta(minutes=2 ** min(failures, 11)), dt.timedelta(days=1))
    waking.update(wake_at=now + wait, failures=F("failures") + 1, trouble=f"{type(error).__name__}: {error}"[:200])
