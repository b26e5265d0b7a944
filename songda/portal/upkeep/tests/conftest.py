"""Installations for every test here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from django.db import connection

from songda.portal.upkeep import schema
from songda.portal.upkeep.tests import installations


@pytest.fixture
def ground(db: None, tmp_path: Path) -> Path:
    """A folder for homes and databases; databases may be used."""
    return tmp_path


@pytest.fixture(scope="session")
def laid(django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tests' own tables, empty, in a file (SQLite)."""
    file = tmp_path_factory.mktemp("laid") / "tables.sqlite3"
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(file)) as target:
            connection.ensure_connection()
            connection.connection.backup(target)
    return file


@pytest.fixture
def installed(ground: Path, laid: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A furnished installation of today's tables (SQLite); restoring lays them too, without running every migration."""
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL the release test does all of it")
    monkeypatch.setattr(schema, "migrate_exactly", lambda _migrations: installations.lay_tables(laid))
    with installations.at_home(ground / "home"), installations.database("first", ground):
        installations.lay_tables(laid)
        installations.furnish()
        yield ground / "home"


@pytest.fixture
def elsewhere(installed: Path, ground: Path):
    """Go to a new, empty installation: `with elsewhere(): …`."""

    def go():
        stack = ExitStack()
        stack.enter_context(installations.at_home(ground / "new"))
        stack.enter_context(installations.database("second", ground))
        return stack

    return go
