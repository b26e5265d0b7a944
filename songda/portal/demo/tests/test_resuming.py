"""What the texts count of people and projects at work comes out of the invented city's rows at the texts' own moments."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from songda.office.indicators.rules.sources import source_of
from songda.office.resumption.queries import figures_at
from songda.portal.demo.founding import found_city
from songda.portal.demo.registers import declared
from songda.portal.packs.applying import apply_pack
from songda.portal.packs.tests.packs import PACK
from songda.registry.actors import system
from songda.registry.facts import queries as facts
from songda.registry.organisations.queries import by_code

NOW = dt.datetime(2020, 3, 18, 1, 0, tzinfo=dt.UTC)
FIVE = dt.datetime(2020, 3, 23, 9, 0, tzinfo=dt.UTC)  # 17:00 in the place
REGISTERS = ("hj-projects", "gx-projects", "eq-projects", "eq-industry-above", "eq-service-above")


@pytest.mark.django_db
@pytest.mark.row("CMD-15")
def test_the_published_rates_come_out_of_rows_at_their_moments():
    apply_pack(PACK, by=system("装载"), now=NOW)
    city = declared()
    here = tuple(group for group in city.groups if group.code in REGISTERS)
    named = tuple(one for one in city.named if one.kind == "project")
    found_city(
        replace(city, groups=here, lists=(), tiers=(), named=named),
        facts.catalogue(),
        demonstration=True,
        by=system("演示"),
        now=NOW,
    )
    sites = figures_at(by_code("410108").area_path, "projects", on=dt.date(2020, 3, 16))
    assert (sites.resumed, sites.due, sites.people_present, sites.people_due) == (182, 182, 17_075, 8_084)
    assert (sites.rate.text, sites.labour.text) == ("100%", "211.22%")
    zone = figures_at(by_code("410172").area_path, "projects", on=dt.date(2020, 3, 18))
    assert (zone.resumed, zone.due, zone.rate.text) == (113, 113, "100%")
    old = by_code("410103").area_path
    where = {"variant": ("continuous",), "figure": ("resumed",)}
    counted = source_of("resumption-firms").count()
    assert counted({**where, "cell": ("industry-above",)}, old, since=None, as_of=FIVE) == 78
    assert counted({**where, "cell": ("service-above",)}, old, since=None, as_of=FIVE) == 180
    projects = figures_at(old, "projects", on=dt.date(2020, 3, 23))
    assert (projects.resumed, projects.labour.text) == (344, "100%")
    assert figures_at(old, "firms", on=dt.date(2020, 3, 23)).labour.text == "100%"
    assert figures_at(old, "projects", on=dt.date(2020, 2, 24)).resumed == 0
