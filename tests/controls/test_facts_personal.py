"""Personal facts that a program reads are in the trail, as those are that a person looks at."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry
from songda.registry.facts import api
from songda.registry.facts.tests import cast as facts
from songda.registry.people.tests.cast import DAY, NOW
from songda.registry.programs import actions


@pytest.fixture
def program(cast, settings):
    """A program of the street's, which may read personal facts of its firms."""
    settings.CLOCK_SHIFT += NOW - clock.now()
    facts.catalogue()
    facts.tell(cast.firm, "owner_veteran", "是", "2020-01-01")
    given = actions.Given("取数程序", ("subjects.see", "facts.personal"), DAY + dt.timedelta(days=30))
    return Client(headers={"Authorization": f"Bearer {actions.make_token(given, by=cast.street, now=NOW).text}"})


def test_a_look_by_a_program_is_kept_and_would_not_be_without(cast, program, monkeypatch):
    looks = AuditEntry.objects.filter(action="facts.reveal")
    address = f"/api/v1/subjects/{cast.firm.pk}/facts"
    with monkeypatch.context() as without:
        without.setattr(api, "note_revealed", lambda *_given, **_more: None)
        assert "owner_veteran" in program.get(address).text
        assert not looks.exists()
    assert "owner_veteran" in program.get(address).text
    row = looks.get()
    assert (row.after["facts"], row.post_id) == (["owner_veteran"], cast.street.post_id)
    assert "取数程序" in row.name
