"""Many rows at once: the same values come back on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from songda.kernel import bulk
from songda.kernel.audit.models import AuditEntry
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Account, Person

NOW = dt.datetime(2020, 3, 10, 2, 30, 0, 123456, tzinfo=dt.UTC)
COLUMNS = ("name", "kind", "short_name", "code", "area_path", "stars", "starts_on", "official_code")


def units(count):
    return (
        (f"街道“{n}”\t\\", "street", "街", f"s{n}", f"4101/{n:05}/", None if n % 2 else 3, dt.date(2020, 1, 1), "")
        for n in range(count)
    )


def test_inserted_rows_come_back_as_they_were(db):
    told = []
    assert bulk.insert(Organisation, COLUMNS, units(11_000), progress=told.append) == 11_000
    assert told == [5000, 10_000, 11_000]
    assert set(bulk.read(Organisation.objects.all(), *COLUMNS)) == set(units(11_000))
    unit = Organisation.objects.get(code="s7")
    assert (unit.name, unit.stars, unit.starts_on) == ("街道“7”\t\\", None, dt.date(2020, 1, 1))


def test_times_yes_no_and_json_come_back(db):
    person = Person.objects.create(name="示例")
    bulk.insert(
        Account,
        ("username", "person", "password", "is_active", "must_change_password", "created_at"),
        [("a", person.pk, "", True, False, NOW)],
    )
    assert list(bulk.read(Account.objects.all(), "created_at", "is_active", "last_login", "person_id")) == [
        (NOW, True, None, person.pk)
    ]
    assert Account.objects.get().created_at == NOW
    entry = ("at", "name", "origin", "request_id", "action", "thing", "thing_id", "area_path", "before", "after")
    bulk.insert(AuditEntry, entry, [(NOW, "系统", "", "", "a.b", "t", "1", "", {}, {"值": [1, None]})])
    assert AuditEntry.objects.get().after == {"值": [1, None]}


def test_rows_are_changed_by_key(db):
    bulk.insert(Organisation, COLUMNS, units(10))
    rows = [(f"新{code}", NOW.date(), code) for (code,) in bulk.read(Organisation.objects.order_by("code")[:4], "code")]
    assert bulk.update(Organisation, ("name", "stars_on"), rows, key="code") == 4
    assert Organisation.objects.filter(name__startswith="新", stars_on=NOW.date()).count() == 4


def test_a_duplicate_refuses_its_chunk_and_the_callers_transaction(db):
    bulk.insert(Organisation, COLUMNS, units(3))
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(Organisation, COLUMNS, units(6))
    assert Organisation.objects.count() == 3


def test_an_unknown_column_is_a_mistake(db):
    with pytest.raises(KeyError):
        bulk.insert(Organisation, ["no_such"], [])


def test_reading_a_filtered_slice_takes_one_query(db, django_assert_num_queries):
    bulk.insert(Organisation, COLUMNS, units(10))
    with django_assert_num_queries(1):
        rows = list(bulk.read(Organisation.objects.filter(area_path__gte="4101/00005/").order_by("area_path"), "code"))
    assert rows[0] == ("s5",)
    assert connection.vendor in ("sqlite", "postgresql")
