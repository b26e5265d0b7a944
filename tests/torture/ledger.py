"""A ledger that several processes step at once, and the audit of what came of it. Used by the torture of steps and by the kills."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter as Tally
from itertools import pairwise

from django.core.management import call_command
from django.db import connections

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict
from songda.ledger.cases.actions import Said, open_case, step_case, sweep_clocks, verify_clocks
from songda.ledger.cases.models import Alert, Case, CaseClock, CaseStep, Counter
from songda.ledger.cases.states import DEMAND, NOTES
from songda.ledger.cases.tests.ground import anybody, demand, lay
from songda.registry.people.tests.cast import NOW, assemble

MINUTE = dt.timedelta(minutes=1)
LAST = ("withdraw",)  # nothing follows it: all cases would end there
PLAIN_NOTES = ("remark", "contact", "progress", "tell", "urge")


def prepare(cases: int) -> None:
    """An empty database with so many demands of one firm."""
    call_command("migrate", verbosity=0)
    cast = assemble()
    lay()
    for number in range(cases):
        demand(cast, title=f"事项{number}")
    part()


def part() -> None:
    """Let go of every connection, so that a child process may make its own."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


class Walker:
    """One officer's process: takes steps that the state allows as it sees it, often with an old version, sometimes twice."""

    def __init__(self, number: int, seed: int) -> None:
        self.chance = random.Random(f"{seed}/{number}")
        self.by = anybody(f"经办{number}", account_id=number)
        self.prefix, self.count = f"{seed}-{number}", 0
        self.now = NOW + self.chance.randrange(600) * MINUTE  # every machine's clock is wrong in its own way
        self.cases = list(Case.objects.order_by("pk").values_list("pk", flat=True))
        self.told: Tally[str] = Tally()

    def walk(self, steps: int) -> dict[str, int]:
        """Go on until so many steps of one's own were taken."""
        while self.told["taken"] < steps:
            self.once()
        return dict(self.told)

    def once(self) -> None:
        """Mostly a step; now and then a new case or a sweep."""
        self.now += MINUTE
        lot = self.chance.random()
        if lot < 0.02:
            self.open()
        elif lot < 0.04:
            sweep_clocks(now=self.now, limit=5)
            self.told["swept"] += 1
        else:
            self.step()

    def open(self) -> None:
        subject = Case.objects.get(pk=self.cases[0]).subject_id
        self.count += 1
        open_case("plain", subject_id=subject, title=f"{self.prefix}新{self.count}", by=self.by, now=self.now)
        self.told["opened"] += 1

    def step(self) -> None:
        pk = self.chance.choice(self.cases)
        state, version = Case.objects.values_list("state", "version").get(pk=pk)
        allowed = [one.name for one in DEMAND.steps if state in one.sources and one.name not in LAST]
        name = self.chance.choice([*allowed, *(note for note in PLAIN_NOTES if note in NOTES)])
        self.count += 1
        said = Said(request_key=f"{self.prefix}-{self.count}", version=version if self.chance.random() < 0.5 else None)
        try:
            step = step_case(pk, name, said, by=self.by, now=self.now)
        except Conflict:
            self.told["refused"] += 1
            return
        self.told["taken"] += 1
        if self.chance.random() < 0.05:
            again = step_case(pk, name, said, by=self.by, now=self.now)
            self.told["repeated"] += again.pk == step.pk


def audit() -> dict[str, int]:
    """Count what must not be: all zero but `steps`, `cases`, `alerts` when ledger, log and clocks agree."""
    found: Tally[str] = Tally()
    steps: dict[int, list[CaseStep]] = {}
    for step in CaseStep.objects.order_by("case_id", "seq"):
        steps.setdefault(step.case_id, []).append(step)
    logged = Tally(
        (int(thing), action.removeprefix("case."))
        for thing, action in AuditEntry.objects.filter(thing="cases.case").values_list("thing_id", "action")
    )
    for case in Case.objects.all():
        own = steps.get(case.pk, [])
        found["gaps"] += [one.seq for one in own] != list(range(1, len(own) + 1))
        found["versions_off"] += case.version != len(own)
        found["states_off"] += not own or case.state != own[-1].after or case.moved_at != own[-1].at
        found["chains_broken"] += any(one.after != two.before or one.at > two.at for one, two in pairwise(own))
        found["log_off"] += any(logged[case.pk, name] != count for name, count in _named(own).items())
        found["without_clocks"] += not CaseClock.objects.filter(case=case).exists()
    numbers = list(Case.objects.values_list("number", flat=True))
    found["numbers_twice"] = len(numbers) - len(set(numbers))
    found["numbers_lost"] = sum(Counter.objects.values_list("last", flat=True)) - len(numbers)
    found["alerts_unlogged"] = abs(Alert.objects.count() - AuditEntry.objects.filter(action="case.alert").count())
    found["troubled"] = CaseClock.objects.exclude(failures=0).count()
    found["clocks_off"] = len(verify_clocks(now=NOW + 400 * 24 * 60 * MINUTE).differences)
    found |= {"steps": sum(map(len, steps.values())), "cases": len(numbers), "alerts": Alert.objects.count()}
    return dict(found)


def broken(found: dict[str, int]) -> dict[str, int]:
    """What is not zero and should be."""
    return {name: count for name, count in found.items() if count and name not in ("steps", "cases", "alerts")}


def _named(steps: list[CaseStep]) -> Tally[str]:
    return Tally("open" if step.step == "file" else step.step for step in steps)
