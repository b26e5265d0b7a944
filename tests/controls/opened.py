"""Context managers that take a control away, for the tests that show what happens without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection
from django.db.models import Model, UniqueConstraint

TRIGGERS = import_module("songda.kernel.audit.migrations.0002_append_only")


@contextmanager
def triggers_off() -> Iterator[None]:
    """The audit tables without their triggers: what somebody with the database in hand can do."""
    editor = connection.schema_editor()  # not entered: SQLite could not enter one inside the test's transaction
    TRIGGERS.remove(None, editor)
    yield
    TRIGGERS.install(None, editor)


@contextmanager
def unique_off(model: type[Model], name: str) -> Iterator[None]:
    """A table without one partial unique index. Gone until the test's transaction is rolled back."""
    constraint = next(one for one in model._meta.constraints if one.name == name)
    assert isinstance(constraint, UniqueConstraint)
    assert constraint.condition is not None
    editor = connection.schema_editor()
    editor.execute(str(constraint.remove_sql(model, editor)))
    yield


@contextmanager
def check_off(model: type[Model], name: str) -> Iterator[None]:
    """A table without one check constraint."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # foreign keys not looked at yet would forbid the ALTER
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(f'ALTER TABLE {model._meta.db_table} DROP CONSTRAINT "{name}"')
            yield
            return
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
