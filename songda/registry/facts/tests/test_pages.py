from __future__ import annotations

import pytest

from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry
from songda.registry.facts.tests.cast import catalogue, tell
from songda.registry.people.tests.cast import NOW, enter
from songda.registry.subjects.models import Subject

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def told(cast):
    catalogue()
    tell(cast.firm, "headcount", "50", "2018-01-01")
    tell(cast.firm, "revenue", "1250.5万元", "2020-01-01")
    tell(cast.firm, "owner_veteran", "是", "2020-01-01")
    return cast


def test_the_record_says_value_day_source_and_what_went_stale(told, client, django_assert_max_num_queries):
    enter(client, told.street)
    with django_assert_max_num_queries(14):
        text = client.get(f"/subjects/{told.firm.pk}/").content.decode()
    assert "12505000元" in text.replace(",", "") or "1250.5万元" in text
    assert "税务申报" in text
    assert "已过期" in text
    assert "个人信息，已隐去" in text
    enter(client, told.stranger)
    assert client.get(f"/subjects/{told.firm.pk}/").status_code == 404


def test_what_nobody_has_told_is_shown_when_asked_for(told, client):
    enter(client, told.street)
    address = f"/subjects/{told.firm.pk}/"
    brief, whole = client.get(address).content.decode(), client.get(f"{address}?all=yes").content.decode()
    unknown = f"{address}facts/founded_on/"
    assert unknown not in brief
    assert unknown in whole
    assert f"{address}?all=yes" in brief
    tell(told.firm, "founded_on", "2001-01-01", "2020-01-01")
    assert unknown in client.get(address).content.decode()


def test_personal_facts_are_shown_on_a_reason_only(told, client):
    enter(client, told.street)
    assert client.post(f"/subjects/{told.firm.pk}/reveal/", {"reason": ""}).status_code == 400
    text = client.post(f"/subjects/{told.firm.pk}/reveal/", {"reason": "核对补贴资格"}).content.decode()
    assert "个人信息，已隐去" not in text
    assert AuditEntry.objects.filter(action="facts.reveal").count() == 1
    enter(client, told.officer)
    assert client.post(f"/subjects/{told.firm.pk}/reveal/", {"reason": "核对补贴资格"}).status_code == 403


def test_history_and_catalogue(told, client):
    enter(client, told.street)
    assert "50人" in client.get(f"/subjects/{told.firm.pk}/facts/headcount/").content.decode()
    masked = client.get(f"/subjects/{told.firm.pk}/facts/owner_veteran/").content.decode()
    assert "（个人信息）" in masked
    assert client.get(f"/subjects/{told.firm.pk}/facts/nothing/").status_code == 404
    assert "经营者为退役军人" in client.get("/facts/").content.decode()


def test_a_listed_status_that_the_figures_contradict_is_pointed_out(told, client):
    Subject.objects.filter(pk=told.firm.pk).update(above_scale=True, industry="3711")
    enter(client, told.street)
    assert "请与统计部门核对" in client.get(f"/subjects/{told.firm.pk}/").content.decode()
