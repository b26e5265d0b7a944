"""The bundled pack, applied once for a worker: applying it takes seconds, laying a copy of the tables down takes none."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from songda.portal.packs.applying import apply_pack
from songda.portal.packs.tests.packs import PACK
from songda.registry.actors import system

APPLIED_AT = dt.datetime(2020, 3, 17, 0, 0, tzinfo=dt.UTC)


def apply() -> None:
    """Apply the bundled pack."""
    apply_pack(PACK, by=system("装载"), now=APPLIED_AT)


@pytest.fixture(scope="session")
def copies() -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    """Room for two copies of the tables in memory: empty, and with the pack."""
    empty, packed = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    yield empty, packed
    empty.close()
    packed.close()


@pytest.fixture(scope="module")
def packed(django_db_setup, django_db_blocker, copies) -> Iterator[None]:
    """The bundled pack in place for all tests of a file; each of them is taken back to here, and the file to nothing."""
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite" or not connection.is_in_memory_db():
            with transaction.atomic():
                apply()
                yield
                transaction.set_rollback(True)
            return
        connection.ensure_connection()
        tables, (empty, full) = connection.connection, copies
        tables.backup(empty)
        if full.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            apply()
            tables.backup(full)
        else:
            full.backup(tables)
        yield
        empty.backup(tables)
