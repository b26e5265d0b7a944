"""Fixtures that every room may use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from importlib import import_module

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests import tables

pytest_plugins = ["songda.registry.people.tests.cast", "tests.packed"]
TABLES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser):
    """`--tables-only` leaves out what asks no database: it is the same on every one."""
    parser.addoption("--tables-only", action="store_true", help="leave out what asks no database")


def pytest_collection_modifyitems(config, items):
    """Do as `--tables-only` says."""
    if config.getoption("--tables-only"):
        asking, rest = [], []
        for one in items:
            (asking if one.get_closest_marker("django_db") or TABLES & set(getattr(one, "fixturenames", ())) else rest).append(
                one
            )
        config.hook.pytest_deselected(items=rest)
        items[:] = asking


@pytest.fixture(autouse=True, scope="session")
def emptied_tables_may_be_audit_tables():
    """Tests with real transactions empty all tables afterwards; the triggers that forbid it stand aside for that moment."""
    triggers = import_module("songda.kernel.audit.migrations.0002_append_only")
    empty = TransactionTestCase._fixture_teardown

    def without_triggers(case: TransactionTestCase) -> None:
        triggers.remove(None, connection.schema_editor())
        empty(case)
        triggers.install(None, connection.schema_editor())

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Lay kept tables into the database in memory before the migrations look at it: they then have nothing to do."""
    name, kept = connection.creation._get_test_db_name() if connection.vendor == "sqlite" else "", tables.kept()
    if "mode=memory" not in name or not kept.exists():
        yield
        return
    with closing(sqlite3.connect(name, uri=True)) as memory, closing(sqlite3.connect(kept)) as file:
        file.backup(memory)
        yield  # the database lives as long as somebody is connected


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keep the tables for the next run."""
    with django_db_blocker.unblock():
        migrations_ran = "django_migrations" in connection.introspection.table_names()  # not so under --nomigrations
        if connection.vendor == "sqlite" and connection.is_in_memory_db() and migrations_ran and not tables.kept().exists():
            beside = tables.kept().with_suffix(f".{os.getpid()}")
            beside.parent.mkdir(parents=True, exist_ok=True)
            connection.ensure_connection()
            with closing(sqlite3.connect(beside)) as file:
                connection.connection.backup(file)
            tables.keep(beside)
