"""143 → 82 → 62 is counted from rows, and each number leads to as many rows."""

from __future__ import annotations

import re

import pytest

from songda.deliveries.policy.compendium import queries
from songda.deliveries.policy.library.actions import confirm_measure, edit_draft, publish_measure
from songda.deliveries.policy.library.tests.rules_at_hand import in_force
from songda.deliveries.policy.library.tests.texts import NOW, completed, drafts_of
from songda.kernel import clock
from songda.registry.people.tests.cast import DAY, enter


@pytest.fixture
def published(cast, documents):
    made = []
    for at, version in enumerate(drafts_of(documents[0])):
        completed(version, cast.editor)
        edit_draft(version.pk, {"measure_class": "rent" if at < 2 else "service"}, by=cast.editor, now=NOW)
        confirm_measure(version.pk, by=cast.editor, now=NOW)
        made.append(publish_measure(version.pk, by=cast.publisher, now=NOW))
    in_force(cast, made[0], made[1])
    return made


@pytest.mark.row("POL-01", "POL-02")
def test_counts_are_of_distinct_things(cast, published):
    found = queries.funnel(cast.editor, DAY)
    assert (found.documents, found.unfiled) == (2, 1)
    assert (found.measures, found.rules) == (4, 1)
    assert (found.covered, found.waived, found.gap) == (2, 0, 2)
    assert found.covered + found.waived + found.gap == found.measures == sum(n for _, _, n in found.classes)
    cells = {row.code: (row.documents, row.cells, row.measures) for row in found.rows}
    assert cells == {"rent": (1, (2, 2), 4), "service": (2, (2, 2), 4), "tax": (0, (0, 0), 0)}


def test_every_number_leads_to_as_many_rows(cast, published, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    enter(client, cast.editor)
    page = client.get("/policy/compendium/funnel/").content.decode()
    links = re.findall(r'<a href="(/policy/(?:documents|measures|implementing)/\?[^"]+)">(\d+)</a>', page)
    assert len(links) > 8
    for address, number in links:
        listed = client.get(address.replace("&amp;", "&")).content.decode()
        assert f"共 {number} 条" in listed, address


def test_a_reader_counts_what_others_published(cast, published, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        found = queries.funnel(cast.officer, DAY)
    assert (found.documents, found.measures, found.rules) == (1, 4, 1)
