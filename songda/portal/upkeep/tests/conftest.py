"""Installations for every test here."""

from __future__ import annotations

import os
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
def installed_anywhere(ground: Path, laid: Path) -> Iterator[Path]:
    """A furnished installation of today's tables, on either database."""
    template = "template0" if connection.vendor == "sqlite" else os.environ.get("SONGDA_TABLES", "")
    if not template:
        pytest.skip("no tables are laid ready on this server (tests/tables.py)")
    with installations.at_home(ground / "home"), installations.database("first", ground, template):
        if connection.vendor == "sqlite":
            installations.lay_tables(laid)
        installations.furnish()
        yield ground / "home"


@pytest.fixture
def sqlite_only() -> None:
    """Left out on PostgreSQL, where the release test does all of it."""
    if connection.vendor != "sqlite":
        pytest.skip("shown on SQLite")


@pytest.fixture
def installed(sqlite_only: None, installed_anywhere: Path, laid: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same on SQLite alone; restoring lays the tables too, without running every migration."""
    monkeypatch.setattr(schema, "migrate_exactly", lambda _migrations: installations.lay_tables(laid))
    return installed_anywhere


@pytest.fixture
def elsewhere(installed: Path, ground: Path):
    """Go to a new, empty installation: `with elsewhere(): …`."""

    def go():
        stack = ExitStack()
        stack.enter_context(installations.at_home(ground / "new"))
        stack.enter_context(installations.database("second", ground))
        return stack

    return go
