"""The two sides of the import bench, each run in a process of its own by `bench_import` after Django is set up."""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.core.management import call_command
from python_calamine import CalamineWorkbook

from songda.engines.rules.catalogue import FactKind, Kind
from songda.registry.actors import system
from songda.registry.facts.actions import take_snapshot
from songda.registry.facts.models import Fact
from songda.registry.facts.tests.cast import NOW, catalogue
from songda.registry.intake.actions import check_roster, take_roster
from songda.registry.intake.actions.check_roster import Roster
from songda.registry.intake.models import Intake
from songda.registry.intake.tests.rosters import large
from songda.registry.subjects.tests.cast import place

COLUMNS = 38  # numeric facts beside code and name
AS_OF = dt.date(2020, 3, 1)
Result = TypeVar("Result")


def main(side: str, rows: int) -> None:
    """Run one side and print its figures."""
    print(json.dumps({"prepare": prepare, "floor": floor, "songda": songda}[side](rows)))


def prepare(rows: int) -> dict[str, float]:
    """An empty register with the catalogue, and two workbooks of the same rows."""
    call_command("migrate", verbosity=0)
    place()
    catalogue(*(FactKind(f"n{n}", f"指标{n}号", Kind.NUM, "元", freshness_days=400) for n in range(COLUMNS)))
    names = [f"指标{n}号（万元）" for n in range(COLUMNS)]
    large(home() / "one.xlsx", rows, names)
    large(home() / "two.xlsx", rows, [*names[1:], names[0]])  # the same values under other headings: all different
    return {}


def floor(_rows: int) -> dict[str, float]:
    """Read with calamine, scale to integers, `executemany` into a table with the same columns and index."""
    seconds, facts = timed(write_floor)
    return {"time": seconds, "facts": facts, "memory": peak()}


def write_floor() -> int:
    """The rows of the floor; how many are there afterwards."""
    sheet = CalamineWorkbook.from_path(str(home() / "one.xlsx")).get_sheet_by_index(0).to_python()
    facts = (
        (subject, fact, "2020-03-01", "2020-03-10 01:00:00", 1, round(cell * 1_000_000), None, 0)
        for subject, row in enumerate(sheet[1:])
        for fact, cell in enumerate(row[2:])
        if isinstance(cell, float)
    )
    base = sqlite3.connect(home() / "floor.sqlite3")
    base.execute("PRAGMA journal_mode=WAL")
    base.execute(
        "CREATE TABLE fact (id INTEGER PRIMARY KEY AUTOINCREMENT, subject_id bigint, fact_id bigint, valid_from date,"
        " recorded_at datetime, source_id bigint, num bigint, text varchar(80), void bool)"
    )
    base.execute("CREATE UNIQUE INDEX once ON fact (subject_id, fact_id, valid_from, recorded_at)")
    names = "subject_id, fact_id, valid_from, recorded_at, source_id, num, text, void"
    base.executemany(f"INSERT INTO fact ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", facts)
    base.commit()
    return int(base.execute("SELECT count(*) FROM fact").fetchone()[0])


def songda(_rows: int) -> dict[str, float]:
    """Trial run, writing, a second file, a snapshot."""
    first, made = check("one.xlsx")
    second, _taken = timed(lambda: take_roster(made.pk, by=system(), now=NOW))
    memory = peak()
    again, _made = check("two.xlsx")
    frozen, _snapshot = timed(lambda: take_snapshot(as_of=AS_OF, known_at=NOW))
    return {"check": first, "take": second, "again": again, "snapshot": frozen, "facts": Fact.objects.count(), "memory": memory}


def check(name: str) -> tuple[float, Intake]:
    """A trial run."""
    given = Roster(home() / name, name, "gaoxin", AS_OF)
    return timed(lambda: check_roster(given, by=system(), now=NOW))


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds and the result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def home() -> Path:
    """Where this run keeps its files."""
    return Path(os.environ["SONGDA_HOME"])


def peak() -> float:
    """Peak resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
