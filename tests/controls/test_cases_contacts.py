"""Whom to call on a case: covered for everybody, shown to who works on it, and only with a row in the trail."""

from __future__ import annotations

from importlib import import_module

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import NotFound, NotPermitted
from songda.ledger.cases import actions, queries
from songda.ledger.cases.tests.ground import demand, lay
from songda.registry.people.tests.cast import NOW

revealing = import_module("songda.ledger.cases.actions.reveal_contact")


@pytest.fixture
def case(cast):
    lay()
    return demand(cast, contact_name="示例联系人", contact_phone="13700000000")


def test_who_only_looks_is_not_shown_it_and_would_be_without_the_check(cast, case, monkeypatch):
    with pytest.raises(NotPermitted):
        actions.reveal_contact(case.pk, by=cast.leader, now=NOW)
    with pytest.raises(NotFound):
        actions.reveal_contact(case.pk, by=cast.stranger, now=NOW)
    assert not AuditEntry.objects.filter(action="case.reveal_contact").exists()
    monkeypatch.setattr(revealing, "may_call", lambda case, by: True)
    assert actions.reveal_contact(case.pk, by=cast.leader, now=NOW).contact_phone == "13700000000"


def test_nothing_is_shown_that_the_trail_does_not_hold(cast, case, monkeypatch):
    assert queries.contact_of(case, cast.officer) == ("示**", "137****0000")
    assert queries.contact_of(case, cast.clerk) == ("示例联系人", "13700000000")  # the firm's own
    actions.reveal_contact(case.pk, by=cast.officer, now=NOW)
    row = AuditEntry.objects.get(action="case.reveal_contact")
    assert (row.post_id, row.after) == (cast.officer.post_id, {"number": case.number})

    def full_disk(*_given, **_more):
        raise OSError("no room")

    monkeypatch.setattr(revealing, "record", full_disk)
    with pytest.raises(OSError, match="no room"):
        actions.reveal_contact(case.pk, by=cast.officer, now=NOW)
