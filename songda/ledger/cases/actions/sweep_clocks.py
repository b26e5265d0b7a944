"""The sweeper 时限巡检: looks at every case whose moment has come, climbs the rungs that are owed, and never stops at a bad row."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError, transaction
from django.db.models import F

from songda.engines.clocks.calendar import Calendar
from songda.engines.clocks.ladder import Due, owed
from songda.kernel.audit.actions import record
from songda.kernel.errors import SongdaError
from songda.ledger.cases.actions.clocks import Told, climbed_of, hold, refresh_clocks, write_clocks
from songda.ledger.cases.models import Alert, Case, CaseClock
from songda.ledger.cases.queries.readings import read_clocks
from songda.ledger.cases.queries.recipients import recipient
from songda.registry.actors import system
from songda.registry.calendars.queries import calendar as registry_calendar

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

    Each case is a transaction of its own. Rungs missed while no sweeper ran are climbed now, each once: the row of the case is held
    while it is looked at, and the constraint of `Alert` keeps even two sweepers that do not wait from climbing the same.
    """
    waking = CaseClock.objects.filter(wake_at__lte=now).order_by("wake_at", "pk").values_list("case_id", flat=True)
    case_ids = list(dict.fromkeys(waking[: limit * 4]))[:limit]
    calendar = registry_calendar()
    climbed = put_off = 0
    for case_id in case_ids:
        try:
            climbed += climb(case_id, calendar, now)
        except POISON as error:
            logger.exception("clock of case %s put off", case_id)
            postpone(case_id, error, now)
            put_off += 1
    return Swept(len(case_ids), climbed, put_off)


@transaction.atomic
def climb(case_id: int, calendar: Calendar, now: dt.datetime) -> int:
    """Climb the rungs a case owes, then write down when it wakes next; how many rungs. Seven queries, and a few for each rung."""
    hold(case_id)
    case = Case.objects.select_related("kind", "lead", "holder", "subject").get(pk=case_id)
    told, climbed = read_clocks(case, calendar), climbed_of(case)
    count = 0
    for one in told:
        code = one.spec.definition.code
        done = {level for clock, cycle, level in climbed if (clock, cycle) == (code, one.cycle)}
        for due in owed(one.dues, done, now):
            count += sum(alert(case, one, due, to, now) for to in due.level.to)
            climbed.add((code, one.cycle, due.level.code))
    write_clocks(case, told, climbed, now)
    return count


def alert(case: Case, told: Told, due: Due, to: str, now: dt.datetime) -> bool:
    """One rung for one addressee, with its audit row; False where another sweeper was faster."""
    post, organisation = recipient(case, to)
    code = told.spec.definition.code
    new = Alert(
        case=case,
        clock=code,
        cycle=told.cycle,
        level=due.level.code,
        to=to,
        act=due.level.act,
        owed_at=due.at,
        at=now,
        post=post,
        organisation=organisation,
        area_path=case.area_path,
        sheet=f"{case.number}-{code}-{told.cycle}" if due.level.act in SHEETS else "",
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        if not Alert.objects.filter(case=case, clock=code, cycle=told.cycle, level=due.level.code, to=to).exists():
            raise
        return False
    after = {"clock": code, "level": due.level.code, "to": to, "owed_at": due.at.isoformat()}
    record("case.alert", case, by=system(), now=now, after=after)
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
