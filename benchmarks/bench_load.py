"""Fifty users of one role at a time against granian with two workers: home, lists and records, the street clerk first; every office and every
sort of firm. Then the memory of each process of the site.

A copy of a demonstration's home is served (`BENCH_HOME` names one; without it `songda demo` makes it). Each user asks for a page, reads
for a second on average, asks for the next. Server time is what the product's own log says of each request; processor time is what of it
was work (they part on a busy machine); client time also holds the wait for a free worker, and the users run on the same two cores. `BENCH_ROLES` names the
accounts, comma-separated, in the order they come.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

from benchmarks.timing import Table, spell

ROLES = (
    "street", "officer", "desk", "lead", "dispatcher", "leader", "inspector", "statistician", "auditor", "firm", "supplier", "employee",
    "editor", "publisher", "registry", "market", "enforcer", "talent", "guide", "expert", "bank", "guarantor", "deputy", "correspondent",
    "journalist", "system", "security", "audit",
)  # fmt: skip
HEADS = (
    "role",
    "page",
    "requests",
    "queries",
    "server p50",
    "server p95",
    "processor p50",
    "processor p95",
    "client p50",
    "client p95",
)
USERS, SECONDS = 50, 15
START = [sys.executable, "-c", "from songda.portal.cli.main import main; main()"]


def tables(*, quick: bool) -> list[Table]:
    """Queries, server time and client time of each page, by role; then memory."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        home = Path(folder) / "home"
        environment = {
            **os.environ,
            "SONGDA_HOME": str(home),
            "SONGDA_DEMO": "yes",
            "SONGDA_LOG": "json",
            "SONGDA_LOG_LEVEL": "info",
        }
        take_city(home, environment)
        roles = os.environ.get("BENCH_ROLES", ",".join(ROLES)).split(",")
        city = child(f"prepare({USERS}, {roles!r})", environment)
        with served(environment, Path(folder) / "log") as port:
            run(city["rounds"][0], port, 4)  # both workers have met their first requests
            begun = (Path(folder) / "log").stat().st_size
            told = [run(one, port, 4 if quick else SECONDS) for one in city["rounds"] if one["pages"]]
            memory = Table("Memory of the site after the load", ("process", "resident", "share of its own"), memory_of_children())
        server = server_times((Path(folder) / "log").read_bytes()[begun:].decode())
    size = f"{city['subjects']:,} subjects, {city['facts']:,} facts, {city['cases']:,} cases"
    title = f"Load: {USERS} users of one role, granian with 2 workers, 2 cores, SQLite, {size}; load average before {load:.1f}"
    table = Table(title, HEADS)
    for one in (one for answers in told for one in answers):
        inside = server[one["role"], one["pattern"]]
        row = (
            *shares([ms for ms, _cpu, _asked in inside]),
            *shares([cpu for _ms, cpu, _asked in inside]),
            *shares(one["seconds"]),
        )
        asked = max(asked for _ms, _cpu, asked in inside)
        table.rows.append((one["role"], one["page"], str(len(inside)), str(asked), *map(spell, row)))
    return [table, memory]


def memory_of_children() -> list[tuple[str, str, str]]:
    """The served site's processes: what is resident, and of that its own with a share of what several use."""
    parents = {int(one.name): int(one.joinpath("stat").read_text().rsplit(")", 1)[1].split()[1]) for one in processes()}
    above = {os.getpid()}
    while below := {child for child, parent in parents.items() if parent in above} - above:
        above |= below
    rows = []
    for number in sorted(above - {os.getpid()}):
        told = dict(line.split(":", 1) for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()[1:])
        rows.append(
            (
                Path(f"/proc/{number}/comm").read_text().strip(),
                *(f"{int(told[name].split()[0]) // 1024} MB" for name in ("Rss", "Pss")),
            )
        )
    return rows


def processes() -> Iterator[Path]:
    """Every process that is still there."""
    return (one for one in Path("/proc").iterdir() if one.name.isdecimal() and one.joinpath("stat").exists())


def take_city(home: Path, environment: dict[str, str]) -> None:
    """A city of our own: copied, or made."""
    kept = os.environ.get("BENCH_HOME")
    if not kept:
        subprocess.run([*START, "demo", "--no-serve", "--json"], env=environment, check=True, capture_output=True)
        return
    shutil.copytree(kept, home, ignore=shutil.ignore_patterns("*.sqlite3*", "figures", "workers", "static", "backups"))
    with closing(sqlite3.connect(f"{kept}/songda.sqlite3")) as old, closing(sqlite3.connect(home / "songda.sqlite3")) as new:
        old.backup(new)
    child("migrate()", environment)


def child(call: str, environment: dict[str, str]) -> dict[str, object]:
    """What a function of `load_sides` gives, in a process that has the copied home."""
    code = f"import django; django.setup(); from benchmarks import load_sides; load_sides.{call}"
    given = {**environment, "DJANGO_SETTINGS_MODULE": "songda.portal.settings", "SONGDA_LOG_LEVEL": "warning"}
    done = subprocess.run([sys.executable, "-c", code], env=given, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def served(environment: dict[str, str], log: Path) -> Iterator[int]:
    """The site on a free port, as it is served in earnest, its log in a file."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    subprocess.run([*START, "static"], env=environment, check=True, capture_output=True)
    with log.open("wb") as file:
        server = subprocess.Popen(
            [*START, "serve", "--port", str(port), "--workers", "2"], env=environment, stderr=file, stdout=file
        )
    try:
        for _ in range(300):
            try:
                httpx.get(f"http://127.0.0.1:{port}/healthz").raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait()


def run(given: dict[str, object], port: int, seconds: int) -> list[dict[str, object]]:
    """One role's users in a process of their own."""
    code = f"from benchmarks import load_users; load_users.main({port}, {seconds})"
    done = subprocess.run([sys.executable, "-c", code], input=json.dumps(given), check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def server_times(log: str) -> dict[tuple[str, str], list[tuple[float, float, int]]]:
    """Seconds by the clock and of the processor, and queries, for each request by role and pattern, as the access log says."""
    found = defaultdict(list)
    for line in log.splitlines():
        if line.startswith("{") and (told := json.loads(line))["logger"] == "songda.access" and told["status"] == 200:
            found[told["role"], told["pattern"]].append((told["ms"] / 1000, told["cpu"] / 1000, told["queries"]))
    return found


def shares(seconds: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    ordered = sorted(seconds)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
