"""The text's 101 of 101 comes out of rows: a population drawn by rule from the invented register, a receipt a firm."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from songda.deliveries.policy.receipts.models import Receipt
from songda.deliveries.policy.receipts.queries import coverage_of, is_whole, missing
from songda.kernel.errors import NotPermitted
from songda.portal.demo.delivering import deliver
from songda.portal.demo.founding import found_city
from songda.portal.demo.registers import declared
from songda.registry.actors import system
from songda.registry.facts import queries as facts

NOW = dt.datetime(2020, 3, 17, 1, 0, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packed")]


@pytest.mark.row("POL-06")
def test_101_of_101_industrial_firms_above_scale_have_signed(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    city = declared()
    here = tuple(group for group in city.groups if group.area == "410106")
    small = replace(city, groups=here, lists=(), tiers=(), named=())
    found_city(small, facts.catalogue(), demonstration=True, by=system("演示"), now=NOW)
    handout = deliver(demonstration=True, by=system("演示"), now=NOW)
    line = coverage_of(handout, system()).whole
    assert (line.received, line.population, line.rate) == (101, 101, "100.00%")
    assert not missing(handout, system()).exists()
    assert is_whole(handout)
    assert set(Receipt.objects.values_list("method", flat=True)) == {"paper", "visit", "online"}


def test_only_in_a_demonstration():
    with pytest.raises(NotPermitted):
        deliver(demonstration=False, by=system("演示"), now=NOW)
