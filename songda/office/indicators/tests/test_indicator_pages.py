from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
import yaml

from songda.engines.rules.catalogue_files import PlainLoader
from songda.kernel.clock import day_of
from songda.office.indicators import packs
from songda.office.indicators.actions import NewValue, compute_value, make_tallies, record_value
from songda.office.indicators.models import Tally, Value
from songda.office.indicators.queries import matrix
from songda.office.indicators.tests.conftest import FOLDER
from songda.office.indicators.tests.ground import fill
from songda.registry.actors import system
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, enter, firm, hire

ONE = dt.timedelta(days=1)
TEXT = (FOLDER.parent / "indicators.yaml").read_text(encoding="utf-8")


@pytest.fixture
def stage(cast, monkeypatch):
    """Indicators, logs of a few days, tallies, a value computed and one returned with its second source."""
    monkeypatch.setattr("songda.kernel.clock.now", lambda: NOW)
    packs.load_indicators(yaml.load(TEXT, PlainLoader)["indicators"], by=system(), now=NOW)
    firm("示例规上工业", cast.street_office, "L-81", above_scale=True, industry="C37")
    firm("示例规下服务业", cast.street_office, "L-82", above_scale=False, industry="I65")
    firm("示例项目", cast.street_office, "L-83", kind="project")
    homes = [(one.pk, one.area_path) for one in (cast.firm, cast.neighbour, cast.other_firm)]
    fill(homes, 60, first=DAY - 8 * ONE, days=8, seed=3)
    make_tallies(DAY - 6 * ONE, DAY - ONE, now=NOW)
    for unit in (cast.zone, cast.other_zone, cast.city):
        compute_value("cases-open", unit.pk, as_of=NOW, by=system(), now=NOW)
    for code, number, source in (("workers-resumed", 180706, "创新发展局"), ("insured-headcount", 170000, "社保部门")):
        record_value(NewValue(code, cast.zone.pk, NOW, Fraction(number), source=source), by=system(), now=NOW)
    return cast


@pytest.mark.row("CMD-16")
def test_cells_sum_to_the_firms_projects_stand_apart_and_each_number_opens_its_subjects(stage, client):
    told = matrix(stage.zone, DAY)
    whole = told.rows[0]
    assert all(row.agrees for row in told.rows)
    numbers = {cell: number for cell, _label, number in whole.cells}
    assert (numbers["industry-above"], numbers["service-below"], dict(whole.apart)["projects"]) == (1, 1, 1)
    assert whole.total == sum(numbers.values()) == 4
    city = matrix(stage.city, DAY - ONE)
    assert city.tallied
    assert city.rows[0].total == 5
    enter(client, hire(Role.STATISTICIAN, at=stage.zone))
    page = client.get("/figures/matrix/").content.decode()
    assert "规模以上工业" in page
    rows = client.get(f"/figures/indicators/firms/rows/?unit={stage.zone.code}&cell=industry-above&day={DAY}").content.decode()
    assert "示例规上工业" in rows
    assert "示例规下服务业" not in rows


def test_pages_of_an_indicator_show_units_second_source_days_and_rows(stage, client, django_assert_max_num_queries):
    enter(client, hire(Role.STATISTICIAN, at=stage.city))
    zone = stage.zone.code
    with django_assert_max_num_queries(24):
        listed = client.get("/figures/indicators/", {"unit": zone, "q": "复工人数"}).content.decode()
    assert "180,706人" in listed
    with django_assert_max_num_queries(34):
        page = client.get(f"/figures/indicators/workers-resumed/?unit={zone}").content.decode()
    assert "旁证" in page
    assert "+10,706人" in page
    assert "+6.30%" in page
    with django_assert_max_num_queries(34):
        page = client.get("/figures/indicators/cases-open/").content.decode()
    assert "各地区" in page
    assert "<svg" in page
    both = sum(
        Value.objects.filter(code="cases-open", organisation__in=(stage.zone, stage.other_zone)).values_list("number", flat=True)
    )
    assert f"<b>{both}件</b>" in page
    days = client.get(f"/figures/indicators/cases-open/days/?unit={zone}").content.decode()
    number = Tally.objects.get(code="cases-open", organisation=stage.zone, day=DAY - ONE, cell="").number
    assert f">{number}</a>" in days
    rows = client.get(f"/figures/indicators/cases-open/rows/?unit={zone}&day={DAY - ONE}").content.decode()
    assert f"共 {number} 条" in rows
    assert client.get(f"/figures/indicators/cases-open/rows/?unit={zone}&day=nothing").status_code == 404
    assert client.get(f"/figures/indicators/masks-allocated/rows/?unit={zone}").status_code == 404


@pytest.mark.row("SUP-08")
def test_a_value_shows_its_rows_and_what_it_was(stage, client, django_assert_max_num_queries):
    desk = hire(Role.STATISTICIAN, at=stage.city)
    enter(client, desk)
    old = Value.objects.get(code="workers-resumed")
    new = record_value(
        NewValue("workers-resumed", stage.zone.pk, NOW, Fraction(180000), source="创新发展局"),
        by=desk,
        now=NOW + ONE,
        reason="重复申报",
    )
    page = client.get(f"/figures/values/{new.pk}/").content.decode()
    assert "更正原因：重复申报" in page
    assert "180,706" in page
    assert "已更正" in client.get(f"/figures/values/{old.pk}/").content.decode()
    day = day_of(NOW)
    for known, number in ((f"{day}T12:00", "180,706人"), ("", "180,000人")):
        asked = {"unit": stage.zone.code, "as_of": f"{day}T23:00", "known_at": known}
        assert number in client.get("/figures/indicators/workers-resumed/", asked).content.decode()
    counted = Value.objects.get(code="cases-open", organisation=stage.zone)
    with django_assert_max_num_queries(20):
        rows = client.get(f"/figures/values/{counted.pk}/rows/").content.decode()
    assert f"共 {counted.number} 条" in rows
    said = client.post(f"/figures/values/{new.pk}/explain/", {"text": "两家合并填报"})
    assert said.status_code == 302
    assert Value.objects.get(pk=new.pk).explanation == "两家合并填报"


def test_a_zone_sees_its_own_numbers_and_the_citys_not_the_neighbours(stage, client):
    enter(client, hire(Role.STATISTICIAN, at=stage.zone))
    theirs = Value.objects.get(code="cases-open", organisation=stage.other_zone)
    citys = Value.objects.get(code="cases-open", organisation=stage.city)
    assert client.get(f"/figures/values/{theirs.pk}/").status_code == 404
    assert client.get(f"/figures/indicators/cases-open/?unit={stage.other_zone.code}").status_code == 404
    assert client.get(f"/figures/values/{citys.pk}/").status_code == 200
    page = client.get(f"/figures/indicators/cases-open/?unit={stage.city.code}").content.decode()
    assert "各地区" not in page
    assert client.get(f"/figures/matrix/?unit={stage.city.code}").status_code == 302


def test_only_figures_desks_compute_by_hand(stage, client):
    address = f"/figures/indicators/cases-open/compute/?unit={stage.zone.code}"
    enter(client, hire(Role.LEADER, at=stage.zone))
    assert client.post(address).status_code == 403
    enter(client, hire(Role.STATISTICIAN, at=stage.zone))
    assert client.post(address).status_code == 302
    assert client.get(f"/figures/indicators/cases-closed/?unit={stage.zone.code}").status_code == 200
