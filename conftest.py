"""Fixtures that every room may use."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection
from django.test import TransactionTestCase

pytest_plugins = ["songda.registry.people.tests.cast"]


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
