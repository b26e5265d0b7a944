"""Hostile uploads through every door by every role: never a server error, never half a file, always a word to the person.

A few hundred in the suite; `HOSTILE=10000 SEED=7 python -m pytest tests/hostile` (in `make torture`) sends as many as one likes and
prints what came of them.
"""

from __future__ import annotations

import io
import json
import os
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import transaction
from django.http import HttpResponse

from songda.deliveries.policy.library.models import Document
from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry
from songda.ledger.evidence.models import Evidence, StoredFile
from songda.registry.people.tests.cast import NOW
from tests.hostile.doors import readers_of_uploads
from tests.hostile.ground import Door, doors
from tests.hostile.sending import Hostile, broken_form, hostile, whole_form

COUNT, SEED = int(os.environ.get("HOSTILE", "200")), int(os.environ.get("SEED", "7"))
SECONDS, MEGABYTES = 10.0, 700  # what one upload may cost: processor time, memory beyond what was there
GOOD = frozenset({200, 302, 400, 403, 404, 405, 409, 413, 422, 429})
SAID = re.compile(r'(?:field-error|alert[ "][^>]*|errorlist[^>]*)"?[^>]*>\s*(?:<[^>]+>\s*)*[^<]*[\u4e00-\u9fff]')
FORMULA = re.compile(rb"<f[ >/]")


@pytest.fixture
def on_the_day(settings, tmp_path) -> None:
    """The clock stands at the cast's day; files and temporary files have folders of their own."""
    settings.CLOCK_SHIFT += NOW - clock.now()
    settings.MEDIA_ROOT, settings.HOME = tmp_path / "files", tmp_path
    (tmp_path / "tmp").mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = tempfile.tempdir = str(tmp_path / "tmp")
    yield
    tempfile.tempdir = None


@pytest.mark.django_db
@pytest.mark.usefixtures("on_the_day")
def test_hostile_uploads_break_nothing(tmp_path: Path) -> None:
    chance, told, wrong, worst = random.Random(SEED), Counter(), [], Worst()
    every = doors()
    by_route = {route: [one for one in every if one.route == route] for route in dict.fromkeys(one.route for one in every)}
    for number in range(COUNT):
        draw = random.Random(f"{SEED}/{number}/{chance.random()}")
        door = draw.choice(by_route[draw.choice(list(by_route))])
        file = hostile(draw, door.route)
        begun, before = time.process_time(), memory("VmRSS")
        faults = sent(door, file, draw, tmp_path, told)
        faults += worst.note(file, time.process_time() - begun, peak_since(before))
        wrong += [
            f"{number} {door.route} {door.role} {file.sort} {file.name[:40]!r} {len(file.data)}: {fault}" for fault in faults
        ]
    report = {
        "uploads": COUNT,
        "seed": SEED,
        "doors": len(by_route),
        "doors_by_role": len(every),
        "wrong": len(wrong),
        **worst.told(),
        **told,
    }
    if COUNT > 200 or wrong:
        sys.stdout.write("\n".join([json.dumps(report, ensure_ascii=False), *wrong]) + "\n")
    assert wrong == []
    assert told["broken forms"] > COUNT / 50
    assert told["kept"] > 0, "nothing was ever taken: the files did not get past the first look"
    assert told["workbooks given back"] > 0


class Worst:
    """What the dearest upload cost."""

    def __init__(self) -> None:
        self.seconds, self.slowest, self.megabytes, self.largest = 0.0, "", 0, ""

    def note(self, file: Hostile, seconds: float, megabytes: int) -> list[str]:
        """Keep the worst; faults where it is too much."""
        if seconds > self.seconds:
            self.seconds, self.slowest = seconds, file.sort
        if megabytes > self.megabytes:
            self.megabytes, self.largest = megabytes, file.sort
        slow = [f"{seconds:.1f} seconds"] if seconds > SECONDS else []
        return [*slow, *([f"{megabytes} MB"] if megabytes > MEGABYTES else [])]

    def told(self) -> dict[str, object]:
        """For the report."""
        return {"slowest": f"{self.seconds:.2f} s ({self.slowest})", "largest": f"{self.megabytes} MB ({self.largest})"}


def memory(line: str) -> int:
    """A line of this process's memory, in MB."""
    return int(re.search(rf"{line}:\s+(\d+)", Path("/proc/self/status").read_text())[1]) >> 10


def peak_since(before: int) -> int:
    """By how much memory has been above what it was; the mark is taken down for the next one."""
    peak = memory("VmHWM") - before
    Path("/proc/self/clear_refs").write_text("5")
    return peak


class Stored(NamedTuple):
    """How many rows there are of what uploads become."""

    evidence: int
    files: int
    documents: int
    entries: int

    @classmethod
    def now(cls) -> Stored:
        """Count."""
        return cls(*(model.objects.count() for model in (Evidence, StoredFile, Document, AuditEntry)))


def sent(door: Door, file: Hostile, chance: random.Random, folder: Path, told: Counter[str]) -> list[str]:
    """Send it, look at all that came of it, and undo it."""
    with transaction.atomic():
        before, newest = Stored.now(), Evidence.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        broken = chance.random() < 0.1
        told["broken forms"] += broken
        answer, led_on = posted(door, file, chance, broken=broken)
        after = Stored.now()
        faults = looked_at(answer, whole=not led_on and not broken) + left_behind(folder)
        if not led_on and not says_taken(answer) and after[:3] != before[:3]:
            faults.append(f"refused, and kept something: {before} → {after}")
        told[str(answer.status_code)] += 1
        told["kept"] += after != before
        told["workbooks given back"] += is_workbook(answer)
        for pk in Evidence.objects.filter(pk__gt=newest).values_list("pk", flat=True):
            pages = ("", "thumbnail/", "copy/")
            faults += [
                f"/evidence/{pk}/{page} {code}"
                for page in pages
                if (code := door.client.get(f"/evidence/{pk}/{page}").status_code) >= 500
            ]
        transaction.set_rollback(True)
    return faults


def posted(door: Door, file: Hostile, chance: random.Random, *, broken: bool) -> tuple[HttpResponse, bool]:
    """Sent as a browser does, or as none would: the answer, and whether one was led on to it."""
    fields = {name: value if chance.random() < 0.97 else "\x00\u202e示" for name, value in door.form.fields.items()}
    fields = {name: value or (f"key{chance.random()}" if "key" in name else "") for name, value in fields.items()}
    into = chance.choice(door.form.files)
    if broken:
        body, kind = broken_form(chance, fields, into, file)
    else:
        several = chance.choice((1, 1, 1, 1, 2, 12)) if len(file.data) < 100_000 and into != "file" else 1
        body, kind = whole_form(fields, into, [file] * several)
    answer = door.client.generic("POST", door.address, body, content_type=kind)
    if answer.status_code != 302:
        return answer, False
    return door.client.get(answer.headers["Location"]), True


def says_taken(answer: HttpResponse) -> bool:
    """Whether an answer without a next page says that something was kept: the phone's, and a list that was imported."""
    return answer.status_code == 200 and (
        answer.headers["Content-Type"] == "application/json" or "field-error" not in body_of(answer).decode()
    )


def looked_at(answer: HttpResponse, *, whole: bool) -> list[str]:
    """What is wrong with an answer; one to a form that was sent whole, and that leads nowhere, says why."""
    if answer.status_code not in GOOD:
        return [f"status {answer.status_code}"]
    if is_workbook(answer):
        return formulas_in(body_of(answer))
    body = body_of(answer).decode()
    if not whole:
        return []
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        return [] if re.search(r"[\u4e00-\u9fff]|\\u[4-9]", body) or answer.status_code == 200 else ["no word to the person"]
    return [] if answer.status_code == 405 or SAID.search(body) or "request-id" in body else ["no word to the person"]


def is_workbook(answer: HttpResponse) -> bool:
    """Whether a workbook came back."""
    return "spreadsheet" in answer.headers.get("Content-Type", "") or ".xlsx" in answer.headers.get("Content-Disposition", "")


def body_of(answer: HttpResponse) -> bytes:
    """The whole answer."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def formulas_in(data: bytes) -> list[str]:
    """Formulas in a workbook that we give back: none may be."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
    return ["a formula in our own workbook"] if any(FORMULA.search(sheet) for sheet in sheets) else []


def left_behind(folder: Path) -> list[str]:
    """What should be gone after the answer: arrivals without a place, temporary files."""
    left = [path.name for place in ("tmp", "files/incoming") if (folder / place).is_dir() for path in (folder / place).iterdir()]
    for path in (folder / "tmp").iterdir():
        path.unlink() if path.is_file() else None
    return [f"left on the disk: {left}"] if left else []


@pytest.mark.django_db
@pytest.mark.usefixtures("on_the_day")
def test_every_function_that_reads_an_upload_is_reached() -> None:
    """A new door is in the test by itself; this says so, and fails where its page shows no form to the parts that are played."""
    entered: set[str] = set()

    def note(frame: object, event: str, _argument: object) -> None:
        if event == "call":
            entered.add(f"{frame.f_globals.get('__name__')}:{frame.f_code.co_name}")

    every = {door.route: door for door in doors()}
    sys.setprofile(note)
    try:
        for door in every.values():
            with transaction.atomic():
                body, kind = whole_form(door.form.fields, door.form.files[0], [Hostile("", "a.txt", "text/plain", b"a")])
                door.client.generic("POST", door.address, body, content_type=kind)
                transaction.set_rollback(True)
    finally:
        sys.setprofile(None)
    assert readers_of_uploads() - entered == set()
