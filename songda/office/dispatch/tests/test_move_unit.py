"""move_unit: a street that goes to another zone takes its firms along, and nobody of the old zone sees them any more."""

from __future__ import annotations

import dataclasses

import pytest
from django.apps import apps

from songda.kernel.audit.models import AuditEntry
from songda.office.dispatch.actions import move_unit
from songda.office.dispatch.actions.move_unit import COPIES
from songda.registry.facts.models import Snapshot
from songda.registry.organisations.models import Move, Organisation
from songda.registry.people.tests.cast import DAY, NOW
from songda.registry.subjects.access import visible_to

KEEP_THEIR_DAY = {AuditEntry, Snapshot, Move, Organisation}  # Organisation is moved by its own room


@pytest.mark.row("SUP-02")
@pytest.mark.django_db
def test_firms_go_along_with_their_street(cast):
    mover = dataclasses.replace(cast.system_admin, area_paths=(cast.city.area_path,))
    assert cast.firm in visible_to(cast.registrar)
    carried = move_unit(cast.street_office.pk, cast.other_zone.code, on=DAY, by=mover, now=NOW)
    cast.firm.refresh_from_db()
    assert carried == 2
    assert cast.firm.area_path.startswith(cast.other_zone.area_path)
    assert cast.firm not in visible_to(cast.registrar)
    assert cast.firm in visible_to(cast.stranger)


def test_every_table_with_a_path_is_carried_or_keeps_its_day():
    bearing = {model for model in apps.get_models() if any(field.name == "area_path" for field in model._meta.fields)}
    assert bearing == {*COPIES} | KEEP_THEIR_DAY
