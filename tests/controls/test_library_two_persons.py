"""Control: who confirmed a measure does not publish it (SUP-19). A check with a sentence, and a constraint of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from songda.deliveries.policy.library.actions import publish_measure
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import NOW, confirmed, drafts_of, received
from songda.kernel.errors import NotPermitted
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]
pytestmark = pytest.mark.usefixtures("catalogue")


@contextmanager
def constraint_off() -> Iterator[None]:
    """The table without its check, until the test's transaction is rolled back (SQLite: checks not looked at)."""
    name, table = "publisher_is_not_confirmer", MeasureVersion._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while checks on it wait
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        yield
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.fixture
def alone(cast):
    """One person with both permissions, and a measure that person confirmed."""
    actor = replace(cast.editor, permissions=cast.editor.permissions | {"policy.publish"})
    return actor, confirmed(drafts_of(received(actor, cast.zone.area_path))[0], actor)


@pytest.mark.row("SUP-19")
def test_the_check_refuses_with_a_sentence_and_without_it_the_database_refuses(alone, monkeypatch):
    actor, version = alone
    with pytest.raises(NotPermitted, match="另一人"):
        publish_measure(version.pk, by=actor, now=NOW)
    monkeypatch.setattr(
        import_module("songda.deliveries.policy.library.actions.publish_measure"), "refuse_same_person", lambda *_: None
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        publish_measure(version.pk, by=actor, now=NOW)
    with constraint_off():
        assert publish_measure(version.pk, by=actor, now=NOW).state == "published"


@pytest.mark.row("SUP-19")
def test_the_database_refuses_the_row_itself(alone):
    actor, version = alone
    rows = MeasureVersion.objects.filter(pk=version.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(published_by=actor.account_id)
    with constraint_off():
        assert rows.update(published_by=actor.account_id) == 1
