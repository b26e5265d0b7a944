"""Kinds declared `front` stand before all others in the lists of open cases (POL-13)."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.ledger.cases.actions import open_case
from songda.ledger.cases.queries import Wanted, listed
from songda.ledger.cases.tests.ground import lay
from songda.registry.people.tests.cast import NOW


@pytest.mark.row("POL-13")
def test_a_green_channel_case_comes_first_though_another_is_due_sooner(cast):
    lay(kinds=("demand", "green-channel"))
    early = open_case("demand", subject_id=cast.firm.pk, title="示例诉求", by=cast.clerk, now=NOW - dt.timedelta(days=30))
    green = open_case("green-channel", subject_id=cast.firm.pk, title="示例咨询", by=cast.clerk, now=NOW)
    assert green.pressing_at > early.pressing_at
    assert green.due_at - green.opened_at < dt.timedelta(days=4)
    assert [one.pk for one in listed(cast.dispatcher, Wanted(), NOW)] == [green.pk, early.pk]
