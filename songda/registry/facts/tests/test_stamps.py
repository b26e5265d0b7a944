from __future__ import annotations

import pytest

from songda.registry.facts import queries
from songda.registry.facts.models import FactDefinition
from songda.registry.facts.rules.stamps import BITS, UNKNOWN, stamp_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return FactDefinition.objects.create(code="staff", name="用工人数", kind="num", unit="人", owner="示例")


def test_an_unchanged_catalogue_is_the_same_object_for_two_queries(staff, django_assert_max_num_queries):
    first = queries.catalogue()
    with django_assert_max_num_queries(2):
        assert queries.catalogue() is first


@pytest.mark.parametrize("bulk", [True, False])
def test_a_change_is_seen_at_once_however_it_was_made(staff, bulk):
    before = queries.catalogue_digest()
    if bulk:
        FactDefinition.objects.filter(code="staff").update(freshness_days=30)
        assert FactDefinition.objects.get().stamp == UNKNOWN
    else:
        staff.freshness_days = 30
        staff.save()
    assert queries.catalogue_digest() != before
    assert queries.catalogue().by_code["staff"].freshness_days == 30


def test_entries_written_in_bulk_have_no_stamp_and_are_read(staff):
    queries.catalogue()
    FactDefinition.objects.bulk_create([FactDefinition(code="rent", name="租金", kind="num", unit="元", owner="示例")])
    assert "rent" in queries.catalogue().by_code


def test_a_stamp_says_what_the_entry_says():
    assert stamp_of({"a": 1, "b": ["x"]}) == stamp_of({"b": ("x",), "a": "1"}) != stamp_of({"a": 1, "b": ["x", "y"]})
    assert 0 < stamp_of({"a": 1}) < 1 << BITS
