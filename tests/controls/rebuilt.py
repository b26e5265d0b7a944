"""A constraint taken out of its table and put back; for tests with real transactions (SQLite rebuilds the table)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model


@contextmanager
def constraint_off(model: type[Model], name: str) -> Iterator[None]:
    """The table without one constraint or unique index. Leave no row behind that breaks it."""
    constraint = next(one for one in model._meta.constraints if one.name == name)
    kept = model._meta.constraints
    model._meta.constraints = [one for one in kept if one is not constraint]  # SQLite remakes the table from these
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        model._meta.constraints = kept
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)
