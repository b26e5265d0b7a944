"""Invented logs in bulk: matters with their steps over subjects, for tests and for the bench. Times are seconds of the place's days."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import transaction

from songda.kernel import bulk
from songda.kernel.clock import start_of
from songda.ledger.cases.models import Case, CaseClock, CaseStep, Kind, KindVersion

CASE = (
    "id", "number", "kind_id", "machine", "subject_id", "area_path", "title", "text", "category", "difficulty", "urgent", "origin",
    "channel", "contact_name", "contact_phone", "state", "open", "outcome", "cause", "opened_at", "moved_at", "due_at", "pressing_at",
    "version", "bounced", "demonstration", "extra",
)  # fmt: skip
STEP = ("case_id", "seq", "step", "before", "after", "at", "name", "for_name", "note", "told", "used")
CLOCK = ("case_id", "code", "cycle", "main", "standing", "due_at", "stopped_at", "late", "provisional", "failures", "trouble")
PATH = (
    ("file", "", "filed"), ("assign", "filed", "assigned"), ("dispute", "assigned", "disputed"), ("decide", "disputed", "assigned"),
    ("take", "assigned", "working"), ("progress", "working", "working"), ("propose", "working", "proposed"),
    ("object", "proposed", "working"), ("propose", "working", "proposed"), ("confirm", "proposed", "confirmed"),
    ("close", "confirmed", "closed"), ("reopen", "closed", "filed"), ("decline", "filed", "declined"),
)  # fmt: skip


def kinds() -> list[int]:
    """Two kinds of demands."""
    found = []
    for code in ("demand", "policy-problem"):
        kind = Kind.objects.create(code=code)
        version = KindVersion(
            kind=kind, number=1, machine="demand", label=code, body={}, digest=code, since=start_of(dt.date(2019, 1, 1))
        )
        version.save()
        found.append(version.pk)
    return found


@transaction.atomic
def fill(subjects: Sequence[tuple[int, str]], matters: int, *, first: dt.date, days: int, seed: int) -> int:
    """Write matters that begin within these days and walk some way along `PATH`; returns how many steps."""
    chance, versions = random.Random(seed), kinds()
    begin = start_of(first)
    cases: list[tuple[object, ...]] = []
    clocks: list[tuple[object, ...]] = []

    def steps() -> Iterator[tuple[object, ...]]:
        for key in range(1, matters + 1):
            subject, path = subjects[chance.randrange(len(subjects))]
            opened = begin + dt.timedelta(seconds=chance.randrange(days * 86400))
            at, reach = opened, chance.randrange(4, len(PATH) + 1)
            for seq, (step, before, after) in enumerate(PATH[:reach], 1):
                yield key, seq, step, before, after, at, "示例", "", "", "", {}
                moved, stopped = at, at if step == "propose" else None
                at += dt.timedelta(seconds=chance.randrange(86400))
            state = PATH[reach - 1][2]
            due = opened + dt.timedelta(days=2)
            rests = state in ("closed", "declined")
            stopped = moved if rests else stopped
            clocks.append(
                (
                    key,
                    "resolve",
                    1,
                    True,
                    "stopped" if stopped else "running",
                    due,
                    stopped,
                    bool(stopped and stopped > due),
                    False,
                    0,
                    "",
                )
            )
            cases.append((
                key, f"N{key}", versions[key % 2], "demand", subject, path, "示例", "", "", "ordinary", False, "firm", "web", "", "",
                state, not rests, "", "", opened, moved, due, due, reach, 0, True, {},
            ))  # fmt: skip

    made = steps()
    written = 0
    while chunk := list(islice(made, 50_000)):
        written += bulk.insert(CaseStep, STEP, chunk)
    bulk.insert(Case, CASE, cases)
    bulk.insert(CaseClock, CLOCK, clocks)
    return written
