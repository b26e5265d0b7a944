"""Rows of the trail: written with the change, carrying who, whence and what; personal values only as digests."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from songda.kernel.audit import actions, queries, rules
from songda.kernel.audit.models import AuditEntry
from songda.kernel.origin import acting_from
from songda.registry.actors import system
from songda.registry.people.models import Person

NOW = dt.datetime(2020, 3, 10, 2, tzinfo=dt.UTC)


def test_a_row_carries_who_whence_what(cast):
    with acting_from("10.0.0.9", "req-1"):
        actions.record(
            "subject.rename", cast.firm, by=cast.street, now=NOW, before={"name": "旧"}, after={"name": "新", "on": NOW.date()}
        )
    row = queries.trail(cast.firm).get()
    assert (row.account_id, row.post_id, row.name) == (cast.street.account_id, cast.street.post_id, cast.street.name)
    assert (row.origin, row.request_id, row.at) == ("10.0.0.9", "req-1", NOW)
    assert (row.thing, row.thing_id, row.area_path) == ("subjects.subject", str(cast.firm.pk), cast.firm.area_path)
    assert (row.before, row.after) == ({"name": "旧"}, {"name": "新", "on": "2020-03-10"})


def test_a_personal_field_is_kept_as_a_digest_that_still_compares(db):
    person = Person.objects.create(name="示例甲")
    for name in ("示例甲", "示例乙", "示例甲"):
        actions.record("person.rename", person, by=system(), now=NOW, after={"name": name, "title": "科员"})
    kept = [row.after for row in queries.trail(person).order_by("id")]
    assert all(row["title"] == "科员" and "示例" not in row["name"] for row in kept)
    assert kept[0]["name"] == kept[2]["name"] != kept[1]["name"]
    assert actions.digest_of("示例甲") == kept[0]["name"] != rules.digest_of("示例甲", "another key")


def test_a_rolled_back_change_leaves_no_row(db):
    person = Person.objects.create(name="示例")
    with pytest.raises(ValueError, match="not done"), transaction.atomic():
        actions.record("person.rename", person, by=system(), now=NOW)
        raise ValueError("not done")
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_row_outside_a_transaction_is_a_mistake():
    with pytest.raises(RuntimeError):
        actions.record("person.rename", Person(name="示例"), by=system(), now=NOW)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (dt.datetime(2020, 3, 10, 10, tzinfo=dt.timezone(dt.timedelta(hours=8))), "2020-03-10T02:00:00+00:00"),
        ({"b": {3, 1}, "a": (True, None)}, {"b": [1, 3], "a": [True, None]}),
        ("甲\0乙", "甲乙"),
        (0.5, "0.5"),
    ],
)
def test_values_are_plain(value, told):
    assert rules.plain(value) == told
