"""Who sees evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from songda.kernel.errors import NotFound
from songda.ledger.evidence.access import evidence_for, visible_to
from songda.ledger.evidence.models import Evidence
from songda.ledger.evidence.rules import sharing
from songda.ledger.evidence.tests.test_store_evidence import give


@pytest.fixture
def three(cast):
    """Of the firm, of the firm for offices alone, of the neighbour."""
    return [
        give(cast, name="一.jpg").pk,
        give(cast, name="二.jpg", office_only=True).pk,
        give(cast, name="三.jpg", subject_id=cast.neighbour.pk).pk,
    ]


def seen(actor):
    return list(visible_to(actor).order_by("pk").values_list("pk", flat=True))


def test_each_part_sees_its_own(cast, three):
    firm, office, neighbour = three
    assert seen(cast.street) == seen(cast.dispatcher) == seen(cast.leader) == three
    assert seen(cast.officer) == [firm, office]  # assigned to the firm, not to its neighbour
    assert seen(cast.clerk) == [firm]
    for part in (cast.stranger, cast.desk, cast.editor, cast.publisher, cast.system_admin, cast.security_admin, cast.audit_admin):
        assert seen(part) == []
    with pytest.raises(NotFound):
        evidence_for(office, cast.clerk)
    with pytest.raises(NotFound):
        evidence_for(neighbour, cast.officer)


def test_a_firm_without_rights_sees_nothing(cast, three):
    assert seen(replace(cast.clerk, permissions=frozenset())) == []


def shared(actor):
    return (
        Evidence.objects.filter(name="三.jpg").values("pk")
        if actor.role == "department_desk"
        else Evidence.objects.none().values("pk")
    )


def test_a_room_above_may_open_more(cast, three, monkeypatch):
    monkeypatch.setattr(sharing, "_SEEN", [*sharing.seen_through()])
    sharing.register(seen=f"{__name__}.shared")
    assert seen(cast.desk) == [three[2]]
    assert seen(cast.clerk) == [three[0]]  # never to a firm


def test_seen_costs_one_query(cast, three, django_assert_num_queries):
    with django_assert_num_queries(1):
        evidence_for(three[0], cast.officer)
