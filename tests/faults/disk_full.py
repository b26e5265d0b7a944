"""A house on a small disk that fills up and is emptied again: every writer is tried, full and with room.

    unshare --mount --map-root-user python -m tests.faults.disk_full --home DIR

Mounts a real file system of its own (tmpfs) at DIR; in a mount namespace it is gone with the process. Prints one JSON object; exit
code 1 when a promise is broken. `test_disk_full` runs it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

SIZE = 96  # MB


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    given = parser.parse_args()
    given.home.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(given.home)], check=True)
    (given.home / "tmp").mkdir()
    os.environ.update(
        SONGDA_HOME=str(given.home), DATABASE_URL=f"sqlite:///{given.home}/songda.sqlite3", TMPDIR=str(given.home / "tmp"),
        DJANGO_SETTINGS_MODULE="tests.settings", SONGDA_DEMO="yes", SONGDA_DISK_MB="8", SONGDA_LOG_LEVEL="error",
    )  # fmt: skip
    import django

    django.setup()
    from tests.faults.serving_ground import prepare

    ground = prepare()
    call_all_applied()
    found = fill_and_empty(given.home, Writers(ground.cast))
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 1 if found["wrong"] else 0


def call_all_applied() -> None:
    """The tables were made as they are; note the way there as gone, as a backup wants to know it."""
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    settings.MIGRATION_MODULES = {}
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    known = MigrationLoader(None).disk_migrations
    recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in known)


def fill_and_empty(home: Path, writers) -> dict[str, object]:
    """Full: every writer refuses and leaves nothing. With room again: every writer writes, nothing was restarted."""
    writers.read()
    checkpoint()
    before = contents(home)
    filler = fill(home / "filler")
    full = {name: write() for name, write in writers.all().items()}
    ready, log, reading = writers.ready(), writers.logged(), writers.read()
    left = sorted(set(contents(home)) - set(before) - {"filler"})
    filler.unlink()
    roomy = {name: write() for name, write in writers.all().items()}
    wrong = [f"full, and {name}: {said}" for name, said in full.items() if said not in ("507", "Unavailable", "full")]
    wrong += [f"with room, and {name}: {said}" for name, said in roomy.items() if said != "done"]
    wrong += [f"left behind: {left}"] if left else []
    wrong += [] if ready[0] == 503 and "磁盘只剩" in ready[1] else [f"readyz: {ready}"]
    wrong += [] if writers.ready()[0] == 200 else [f"readyz with room: {writers.ready()}"]
    wrong += [] if log else ["a log that takes nothing stops the answer"]
    wrong += [] if reading == 200 else [f"reading while it is full: {reading}"]
    wrong += writers.miscounted()
    return {"full": full, "readyz": ready, "reading": reading, "left": left, "with_room": roomy, "wrong": wrong}


def fill(path: Path) -> Path:
    """Take all the room there is."""
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return path


def checkpoint() -> None:
    """No room left over in SQLite's log either."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def contents(home: Path) -> list[str]:
    """Every file there is, without the database's own and the figures of processes."""
    paths = (path.relative_to(home) for path in home.rglob("*") if path.is_file())
    return sorted(str(path) for path in paths if not path.name.startswith("songda.sqlite3") and path.parts[0] != "figures")


class Writers:
    """Everything that writes, through pages where people write through pages. Each says 'done' or how it was refused."""

    def __init__(self, cast) -> None:
        from django.conf import settings
        from django.test import Client

        from songda.registry.people.tests.cast import enter

        self.cast, self.number, self.settings = cast, 0, settings
        self.street = enter(Client(raise_request_exception=False), cast.street)
        self.clerk = enter(Client(raise_request_exception=False), cast.clerk)
        self.registrar = enter(Client(raise_request_exception=False), cast.registrar)

    def all(self) -> dict[str, Callable[[], str]]:
        """By name."""
        return {
            "evidence": self.evidence, "photograph": self.picture, "roster": self.roster, "demand": self.demand,
            "backup": self.backup, "export": self.export, "snapshot": self.snapshot, "job": self.job,
        }  # fmt: skip

    def told(self, answer) -> str:
        """How a page answered: done where it leads on; a full disk said in words, with a number to ask about."""
        if answer.status_code == 302:
            return "done"
        text = answer.content.decode()
        clear = "磁盘已满" in text and answer.headers["X-Request-Id"] in text
        wrong = " ".join(re.findall(r'class="field-error"[^>]*>([^<]*)', text))
        return str(answer.status_code) if clear else f"{answer.status_code} without a word: {wrong}"

    def laid(self, data: bytes, name: str) -> str:
        """A power of attorney that a firm gives its officer, with its paper."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        self.number += 1
        file = SimpleUploadedFile(name, data, "text/plain")
        given = {"scope": f"示例委托{self.number}", "first": "2020-03-10", "last": "2020-12-31", "evidence_kind": "letter",
                 "evidence_key": f"k{self.number}", "attached": file}  # fmt: skip
        return self.told(self.clerk.post("/helping/powers/own/", given))

    def evidence(self) -> str:
        """A small file."""
        return self.laid(f"委托书{self.number}".encode(), "示例.txt")

    def picture(self) -> str:
        """A photograph of some megabytes."""
        from PIL import Image

        stream = io.BytesIO()
        Image.effect_noise((2400, 2400), 90 + self.number).save(stream, "PNG")
        return self.laid(stream.getvalue(), "示例.png")

    def roster(self) -> str:
        """A roster, one row of it refused so that a workbook is given back."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        self.number += 1
        rows = f"本地编号,企业名称\nN{self.number},示例新企业{self.number}号\n,没有编号的企业\n"
        given = {"area": self.cast.zone.code, "as_of": "2020-03-09", "file": SimpleUploadedFile("名册.csv", rows.encode())}
        return self.told(self.registrar.post("/intake/new/", given))

    def demand(self) -> str:
        """A demand of a firm."""
        self.number += 1
        given = {"subject": self.cast.firm.pk, "title": f"示例诉求{self.number}", "channel": "phone", "origin": "firm",
                 "difficulty": "ordinary", "request_key": f"d{self.number}", "anyway": "yes"}  # fmt: skip
        return self.told(self.street.post("/demands/new/", given))

    def tried(self, act: Callable[[], object]) -> str:
        """How an action ended that has no page."""
        import duckdb
        from django.db import DatabaseError

        from songda.kernel.errors import Unavailable
        from songda.kernel.room import is_full

        try:
            act()
        except Unavailable:
            return "Unavailable"
        except (OSError, ValueError, RuntimeError, DatabaseError, duckdb.Error) as error:  # what libraries make of a full disk
            return "full" if is_full(error) else f"{type(error).__name__}: {error}"
        return "done"

    def backup(self) -> str:
        """A backup."""
        from songda.kernel import clock
        from songda.portal.upkeep.taking import take_backup

        self.number += 1
        now = clock.now() + dt.timedelta(seconds=self.number)
        return self.tried(lambda: take_backup(None, with_secret=False, now=now, progress=lambda *_: None))

    def export(self) -> str:
        """The ledger as a workbook."""
        from songda.kernel import clock
        from songda.ledger.cases.actions.write_table import write_ledger
        from songda.ledger.cases.models import Case

        place = Path(self.settings.MEDIA_ROOT) / "cases" / "exports" / "1.xlsx"
        return self.tried(lambda: write_ledger(place, Case.objects.all(), now=clock.now()))

    def snapshot(self) -> str:
        """The facts of all firms, as Parquet."""
        from songda.kernel import clock
        from songda.registry.facts.actions import take_snapshot

        now = clock.now()
        return self.tried(lambda: take_snapshot(as_of=clock.day_of(now), known_at=now))

    def job(self) -> str:
        """A worker that finds work: asks for it and does it."""
        from songda.kernel.jobs import enqueue
        from songda.kernel.jobs.worker import run_worker
        from tests.faults.serving_jobs import mark

        def act() -> None:
            self.number += 1
            enqueue(mark, number=self.number)
            run_worker(once=True)

        return self.tried(act)

    def read(self) -> int:
        """A page that only reads."""
        return self.street.get("/subjects/").status_code

    def ready(self) -> tuple[int, str]:
        """What a watcher is told."""
        from django.test import Client

        answer = Client().get("/readyz")
        return answer.status_code, "".join(answer.json()["reasons"])

    def logged(self) -> bool:
        """Whether a page is answered while the log takes nothing."""
        logger = logging.getLogger("songda.access")
        with Path("/dev/full").open("w") as full:
            handler = logging.StreamHandler(full)
            logger.addHandler(handler)
            logging.raiseExceptions = False
            try:
                return self.read() == 200
            finally:
                logger.removeHandler(handler)
                full.write = lambda _text: 0
                full.flush = lambda: None

    def miscounted(self) -> list[str]:
        """Rows without their files, files without rows."""
        from songda.ledger.cases.models import Case
        from songda.ledger.evidence.models import Evidence, StoredFile
        from songda.ledger.evidence.queries import store
        from songda.registry.facts.models import Snapshot
        from songda.registry.facts.queries.snapshots import digest_of, snapshot_path

        whole = all(store().is_whole(digest) for digest in StoredFile.objects.values_list("digest", flat=True))
        whole &= all(digest_of(snapshot_path(one)) == one.digest for one in Snapshot.objects.all())
        counts = {"evidence": Evidence.objects.count(), "demands": Case.objects.count()}
        expected = {"evidence": 2, "demands": 1}
        return [
            *([] if whole else ["a file is not whole"]),
            *([] if counts == expected else [f"counted {counts}, not {expected}"]),
        ]


if __name__ == "__main__":
    raise SystemExit(main())
