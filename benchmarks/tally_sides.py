"""The sides of the tally bench, run by `bench_tallies` after Django is set up: an invented year, ours, and plain SQL a number."""

from __future__ import annotations

import datetime as dt
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from django.core.management import call_command
from django.db import connection

from songda.kernel import bulk, clock
from songda.kernel.local_days import steady_offset
from songda.ledger.cases.models import CaseStep
from songda.office.indicators import packs
from songda.office.indicators.actions import make_tallies
from songda.office.indicators.models import IndicatorVersion, Tally
from songda.office.indicators.tests.ground import PATH, fill
from songda.registry.actors import system
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Subject

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2020, 12, 31)
DISTRICTS, STREETS = 16, 12
CELLS = (
    "industry-above",
    "industry-below",
    "service-above",
    "service-below",
    "building",
    "commerce",
    "agriculture",
    "unclassified",
)
TRADES = ("C3711", "I65", "F52", "E47", "A01", "")
SUBJECT = ("kind", "local_number", "name", "name_key", "name_core", "home_id", "area_path", "industry", "size", "above_scale", "status", "address", "demonstration")  # fmt: skip
REST = "('closed', 'declined')"
Result = TypeVar("Result")


def main(subjects: int, matters: int) -> None:
    """Fill what is not filled, then print the figures."""
    call_command("migrate", verbosity=0)
    if not Subject.objects.exists():
        found(subjects, matters)
    Tally.objects.all().delete()
    ours, run = timed(lambda: make_tallies(FIRST, LAST, now=clock.now()))
    again, second = timed(lambda: make_tallies(FIRST, LAST, now=clock.now()))
    peer, (asked, differ) = timed(by_plain_sql)
    print(json.dumps({
        "database": connection.vendor, "subjects": Subject.objects.count(), "steps": CaseStep.objects.count(),
        "indicators": IndicatorVersion.objects.count(), "tallies": run.tallies, "changed": second.changed, "ours": ours,
        "again": again, "peer": peer, "asked": asked, "differ": differ,
    }))  # fmt: skip


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds, and what came out."""
    start = time.perf_counter()
    told = work()
    return time.perf_counter() - start, told


def found(subjects: int, matters: int) -> None:
    """A city of 16 districts with 12 streets each, subjects, matters with their steps over a year, and 60 indicators."""
    city = unit("4101", "city", None)
    districts = [unit(f"{number:02}", "district", city) for number in range(DISTRICTS)]
    streets = [unit(f"{number:03}", "street", district) for district in districts for number in range(STREETS)]
    chance = random.Random(7)
    bulk.insert(Subject, SUBJECT, (
        ("enterprise", f"L{at}", f"示例{at}", f"{at:06}", "示例", home.pk, home.area_path, TRADES[at % 6], "", chance.choice((True, False)), "open", "", True)
        for at, home in ((at, streets[chance.randrange(len(streets))]) for at in range(subjects))
    ))  # fmt: skip
    homes = list(Subject.objects.order_by("pk").values_list("pk", "area_path"))
    fill(homes, matters, first=FIRST - dt.timedelta(days=20), days=380, seed=7)
    packs.load_indicators(list(declared()), by=system("bench"), now=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def unit(segment: str, kind: str, parent: Organisation | None) -> Organisation:
    """A unit of the invented city."""
    path = f"{parent.area_path if parent else ''}{segment}/"
    code = path.replace("/", "")
    return Organisation.objects.create(code=code, name=code, short_name=code, kind=kind, parent=parent, area_path=path)


def declared() -> Iterator[dict[str, Any]]:
    """Sixty indicators: steps by kind, matters opened, ended, standing and overdue, firms by cell."""
    ways: tuple[Mapping[str, list[str]], ...] = ({}, {"kind": ["demand"]}, {"kind": ["policy-problem"]})
    for way, where in enumerate(ways):
        for step in dict.fromkeys(step for step, _before, _after in PATH):
            yield one(f"{step.replace('_', '-')}-{way}", "case-steps", "steps", "flow", {**where, "step": [step]})
        yield one(f"opened-{way}", "cases-opened", "cases", "flow", where)
        yield one(f"ended-{way}", "cases-closed", "cases", "flow", where)
        yield one(f"open-{way}", "cases-open", "cases", "moment", where)
        yield one(f"overdue-{way}", "cases-overdue", "cases", "moment", where)
    for cell in CELLS:
        yield one(f"firms-{cell}", "firms", "firms", "moment", {"cell": [cell]})
    yield one("firms", "firms", "firms", "moment", {})
    yield one("open-of-firms", "cases-open", "cases", "moment", {"origin": ["firm"]})
    for state in ("closed", "declined"):
        yield one(f"ended-{state}", "cases-closed", "cases", "flow", {"after": [state]})


def one(code: str, source: str, counts: str, spread: str, where: Mapping[str, list[str]]) -> dict[str, Any]:
    """An indicator as a pack declares it."""
    said = {"population": "全部", "basis": "比较用", "unit": "个", "origin": "computed"}
    return {"code": code, "label": code, "counts": counts, "spread": spread, "source": source, "where": dict(where), **said}


def by_plain_sql() -> tuple[int, int]:
    """Every flow of districts by a query of its own, as one first writes it; how many numbers, and how many differ from ours."""
    kept = {
        (code, path, day): number
        for code, path, day, number in Tally.objects.filter(organisation__kind="district").values_list(
            "code", "organisation__area_path", "day", "number"
        )
    }
    asked, differ = 0, 0
    for item in declared():
        if item["spread"] == "flow":
            told = dict(plain(item))
            ours = {(path, day): number for (code, path, day), number in kept.items() if code == item["code"]}
            asked += len(told)
            differ += len(set(told.items()) ^ set(ours.items()))
    return asked, differ


def plain(item: Mapping[str, Any]) -> Iterator[tuple[tuple[str, dt.date], int]]:
    """One indicator by one GROUP BY over district and day, written by hand."""
    offset = steady_offset(str(clock.place())) or 0
    at = "c.opened_at" if item["source"] == "cases-opened" else "s.at"
    day = (
        f"date({at}, '{offset:+d} seconds')"
        if connection.vendor == "sqlite"
        else f"(({at} AT TIME ZONE 'UTC') + interval '{offset} seconds')::date"
    )
    tables = "cases_case c" if item["source"] == "cases-opened" else "cases_casestep s JOIN cases_case c ON c.id = s.case_id"
    holds = ["1 = 1"]
    if item["source"] == "cases-closed":
        holds.append(f"s.after IN {REST} AND s.before NOT IN {REST}")
    where = item["where"]
    holds += [f"s.{name} IN ({', '.join(map(repr, where[name]))})" for name in ("step", "after") if name in where]
    if "kind" in where:
        tables += " JOIN cases_kindversion v ON v.id = c.kind_id JOIN cases_kind k ON k.id = v.kind_id"
        holds.append(f"k.code = '{where['kind'][0]}'")
    edges = [connection.ops.adapt_datetimefield_value(clock.start_of(one)) for one in (FIRST, LAST + dt.timedelta(days=1))]
    sql = f"SELECT substr(c.area_path, 1, 8), {day}, COUNT(*) FROM {tables} WHERE {' AND '.join(holds)} AND {at} >= %s AND {at} < %s GROUP BY 1, 2"
    with connection.cursor() as cursor:
        cursor.execute(sql, edges)
        for path, when, number in cursor.fetchall():
            yield (path, when if isinstance(when, dt.date) else dt.date.fromisoformat(when)), number
