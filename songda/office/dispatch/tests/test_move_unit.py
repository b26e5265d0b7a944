"""move_unit: a street that goes to another zone takes its firms along, and nobody of the old zone sees them any more."""

from __future__ import annotations

import dataclasses

import pytest

from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.receipts.models import Handout
from songda.ledger.cases.models import Case
from songda.ledger.notices.models import Notice
from songda.ledger.papers.models import Paper
from songda.office.dispatch.actions import move_unit
from songda.office.dispatch.actions.move_unit import KEEP_THEIR_DAY, carried
from songda.registry.people.tests.cast import DAY, NOW
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject


@pytest.mark.row("SUP-02")
@pytest.mark.django_db
def test_firms_go_along_with_their_street(cast):
    mover = dataclasses.replace(cast.system_admin, area_paths=(cast.city.area_path,))
    assert cast.firm in visible_to(cast.registrar)
    count = move_unit(cast.street_office.pk, cast.other_zone.code, on=DAY, by=mover, now=NOW)
    cast.firm.refresh_from_db()
    assert count == 2
    assert cast.firm.area_path.startswith(cast.other_zone.area_path)
    assert cast.firm not in visible_to(cast.registrar)
    assert cast.firm in visible_to(cast.stranger)


def test_every_room_with_a_path_is_carried():
    """Those whose rows are shown by territory are among them; what is history is not."""
    assert {Subject, Case, Notice, Push, Handout, Paper} <= {*carried()}
    assert not KEEP_THEIR_DAY & {*carried()}
