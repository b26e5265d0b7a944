"""PostgreSQL draws numbers before commit: an entry still under way must not fall behind a seal."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction

from songda.kernel.audit import actions, queries
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Unavailable
from songda.registry.actors import system
from songda.registry.people.models import Person

NOW = dt.datetime(2020, 3, 10, 2, tzinfo=dt.UTC)


@pytest.mark.django_db(transaction=True)
def test_a_slow_writer_is_waited_for_not_sealed_over():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: numbers appear in order")
    person = Person.objects.create(name="示例")
    slow = connection.copy()
    slow.set_autocommit(False)
    with slow.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditentry (at, name, origin, request_id, action, thing, thing_id, area_path, before, after)"
            " VALUES (now(), 'slow', '', '', 'a.b', 't', '1', '', '{}', '{}')"
        )
    with transaction.atomic():
        actions.record("person.note", person, by=system(), now=NOW)
    try:
        with pytest.raises(Unavailable):
            actions.seal(NOW)
        slow.commit()
        assert [seal.rows for seal in actions.seal(NOW)] == [2]
    finally:
        slow.close()
    assert AuditEntry.objects.first().name == "slow"
    assert queries.verify().holds
