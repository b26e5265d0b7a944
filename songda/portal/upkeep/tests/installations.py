"""Installations of their own for tests 测试用环境: a database and a home that can be backed up, emptied and restored.

The tests' own database stands aside meanwhile: it is in memory, or in a transaction.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, connections, transaction

from songda.kernel.audit.actions import record, seal
from songda.ledger.evidence.models import StoredFile
from songda.ledger.evidence.queries import store
from songda.registry.actors import system
from songda.registry.campaigns.models import Campaign
from songda.registry.people.tests.cast import NOW, firm, place
from songda.registry.subjects.models import Subject

AWKWARD = "制表\t换行\n回车\r反斜杠\\与\\N「引号」'\""


@contextmanager
def database(name: str, folder: Path, template: str = "template0") -> Iterator[None]:
    """The default connection leads to a new database of this name, on the kind of server the tests run on.

    Empty, or on PostgreSQL with the tables of `template`.
    """
    wrapper = connections["default"]
    held = dict(wrapper.__dict__)
    options = {key: value for key, value in held["settings_dict"]["OPTIONS"].items() if key != "pool"}
    wrapper.settings_dict = {**held["settings_dict"], "NAME": made(name, folder, template), "OPTIONS": options}
    wrapper.connection, wrapper.in_atomic_block, wrapper.needs_rollback = None, False, False
    wrapper.atomic_blocks, wrapper.savepoint_ids, wrapper.run_on_commit = [], [], []
    try:
        yield
    finally:
        wrapper.close()
        wrapper.__dict__.update(held)
        dropped(name)


def made(name: str, folder: Path, template: str) -> str:
    """A new database; what NAME has to be."""
    if connection.vendor == "sqlite":
        return str(folder / f"{name}.sqlite3")
    dropped(name)
    with psycopg.connect(**server(), autocommit=True) as session:
        session.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def dropped(name: str) -> None:
    """Gone from the server."""
    if connection.vendor == "postgresql":
        with psycopg.connect(**server(), autocommit=True) as session:
            session.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def server() -> dict[str, object]:
    """Where the tests' server is."""
    held = connection.settings_dict
    given = {
        "host": held["HOST"],
        "port": held["PORT"],
        "user": held["USER"],
        "password": held["PASSWORD"],
        "dbname": "postgres",
    }
    return {key: value for key, value in given.items() if value}


def lay_tables(laid: Path) -> None:
    """The tables of today's migrations from a file: what `migrate_exactly` does, without its seconds (SQLite)."""
    place = Path(connection.settings_dict["NAME"])
    connection.close()
    shutil.copyfile(laid, place)


def furnish() -> Subject:
    """A little of everything that is hard to carry: awkward text, JSON, a kept file, a sealed trail. The firm."""
    with transaction.atomic():
        city = place("sample-city", "示例市", "city", None, "4101")
        own = firm("示例精密机械有限公司", city, "D0001", name_core=AWKWARD)
        gone = firm("示例已删", city, "D0002")
        with connection.cursor() as cursor:  # a model's own delete would look into tables that an old release lacks
            cursor.execute("DELETE FROM subjects_subject WHERE id = %s", [gone.pk])
        Campaign.objects.create(code="sample", version="1", name="示例", digest="d" * 64, applied_at=NOW)
        record("subject.rename", own, by=system(), now=NOW, after={"名": AWKWARD, "份": [1, None, True, {"b": 2, "a": "1.50"}]})
    with store().receive(Bytes("示例照片".encode()), 1 << 20) as incoming:
        store().keep(incoming)
        StoredFile.objects.create(digest=incoming.digest, size=incoming.size, media_type="image/jpeg", stored_at=NOW)
    seal(NOW)
    return own


class Bytes:
    """A stream of a few bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, size: int = -1) -> bytes:
        """The rest, once."""
        given, self.data = self.data, b""
        return given


@contextmanager
def at_home(folder: Path) -> Iterator[None]:
    """SONGDA_HOME for the block."""
    kept = settings.HOME, settings.MEDIA_ROOT, settings.CLOCK_SHIFT
    settings.HOME, settings.MEDIA_ROOT, settings.CLOCK_SHIFT = folder, folder / "files", dt.timedelta()
    folder.mkdir(exist_ok=True)
    try:
        yield
    finally:
        settings.HOME, settings.MEDIA_ROOT, settings.CLOCK_SHIFT = kept


def quiet(_stage: str, _done: int, _of: int) -> None:
    """No bars."""
