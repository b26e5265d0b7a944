"""What `serving` stands on: a city with its cast, tables for the marks of jobs, and the count at the end."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections, connection
from django_tasks_db.models import DBTaskResult

from songda.deliveries.service.demands.tests.board import lay
from songda.kernel import clock
from songda.ledger.cases.models import Case
from songda.portal.configuration import keep_shift
from songda.registry.people.models import Account
from songda.registry.people.tests.cast import NOW, PASSWORD, Cast, assemble
from tests.faults.serving_jobs import TABLES, mark

FINISH = 60  # seconds the workers are given for what is left


def prepare() -> Ground:
    """The tables as they are, without the way there (seconds, not a minute); the clock of the cast, which goes on from its day."""
    settings.CLOCK_SHIFT = keep_shift(settings.HOME, NOW - clock.now())
    settings.MIGRATION_MODULES = {room.label: None for room in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    cast = assemble()
    lay(cast)
    now = clock.now()
    Account.objects.update(last_login=now, password_changed_at=now, must_change_password=False)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE {table} (number bigint)")
    return Ground(cast)


class Ground:
    """The city, and what was asked of the workers."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.asked, self.password = 0, PASSWORD
        self.filed: set[str] = set()  # titles that were sent and answered
        self.names = {
            part: Account.objects.get(pk=getattr(cast, part).account_id).username for part in ("street", "officer", "dispatcher")
        }

    def ask_for_job(self) -> None:
        """One more mark, please."""
        self.asked += 1
        mark.enqueue(number=self.asked)
        close_old_connections()

    def settle(self) -> dict[str, int]:
        """Let the workers finish, then count what must not be; empty when nothing was lost or doubled."""
        marks = DBTaskResult.objects.filter(task_path=mark.module_path)
        self.wait_for(lambda: not marks.filter(status__in=("READY", "RUNNING")).exists())
        with connection.cursor() as cursor:
            cursor.execute("SELECT number, count(*) FROM faults_done GROUP BY number")
            done = dict(cursor.fetchall())
        titles = Counter(Case.objects.values_list("title", flat=True))
        found = {
            "jobs_lost": self.asked - len(done),
            "jobs_doubled": sum(times > 1 for times in done.values()),
            "jobs_not_successful": marks.exclude(status="SUCCESSFUL").count(),
            "demands_lost": len(self.filed - titles.keys()),
            "demands_doubled": sum(times > 1 for times in titles.values()),
            "demands_nobody_filed": len(titles.keys() - self.filed),
        }
        return {name: count for name, count in found.items() if count}

    @staticmethod
    def wait_for(done: Callable[[], bool]) -> None:
        """Until it is so, or patience ends."""
        until = time.monotonic() + FINISH
        while not done() and time.monotonic() < until:
            time.sleep(0.2)
