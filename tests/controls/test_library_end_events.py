"""Controls of end events: told and confirmed by two persons, once, and only by who answers for the whole place (POL-34)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.policy.library import actions
from songda.deliveries.policy.library.models import EndEvent
from songda.kernel.errors import Conflict, NotPermitted
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, hire
from tests.controls.opened import check_off

DAY = dt.date(2020, 3, 1)
VERB = import_module("songda.deliveries.policy.library.actions.end_with_event")


@pytest.fixture
def editor(cast):
    return hire(Role.POLICY_EDITOR, at=cast.city)


def told(by, code: str = "epidemic-end") -> EndEvent:
    return actions.tell_event(code, on=DAY, reason="示例公告", by=by, now=NOW)


@pytest.mark.row("POL-34")
def test_an_event_cannot_be_set_twice(editor, monkeypatch):
    told(editor)
    with pytest.raises(Conflict):
        told(editor)
    monkeypatch.setattr(
        EndEvent.objects, "create", lambda **row: EndEvent.objects.update_or_create(code=row.pop("code"), defaults=row)[0]
    )
    assert actions.tell_event("epidemic-end", on=DAY.replace(day=2), reason="另一公告", by=editor, now=NOW).on.day == 2


def test_two_persons_by_the_database(editor):
    event = told(editor)
    rows = EndEvent.objects.filter(pk=event.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(confirmed_by=event.told_by, confirmed_at=NOW)
    with check_off(EndEvent, "end_event_two_persons"):
        assert rows.update(confirmed_by=event.told_by, confirmed_at=NOW) == 1


def test_an_event_reaches_every_territory_so_a_zone_cannot_set_it(cast, monkeypatch):
    zone = replace(cast.editor)
    with pytest.raises(NotPermitted, match="管辖范围"):
        told(zone)
    monkeypatch.setattr(VERB, "require_whole_place", lambda _by: None)
    assert told(zone).code == "epidemic-end"
