"""四到位: true by evidence, false once it is gone."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.service.visits import queries
from songda.deliveries.service.visits.actions import Wanted
from songda.deliveries.service.visits.models import Finding, Stop, Visit
from songda.deliveries.service.visits.tests.ground import HOUR, issue
from songda.ledger.notices.actions import notify_many
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.rules.letters import Line, Told
from songda.registry.people.models import Contact
from songda.registry.people.tests.cast import NOW, SINCE, firm

MARCH = dt.date(2020, 3, 1)


@pytest.fixture
def market(ground):
    made = firm("示例建材市场", ground.cast.street_office, "M0001", kind="market")
    Contact.objects.create(subject=made, channel="inbox", address="市场办", starts_on=SINCE)
    return made


def visited(ground, market, by, key, **more):
    visit = ground.plan(by=by, stops=(Wanted(market.pk),), at=NOW + HOUR)
    Visit.objects.filter(pk=visit.pk).update(state="accepted")
    Stop.objects.filter(visit=visit).update(reply="accepted")
    return ground.record(visit.stops.get(), by=by, key=key, **more)


def told(market):
    row = Told(market.pk, market.area_path, (Line(5, "减免摊位费", "符合"),))
    notify_many("push:1", [row], title="政策", topic="measure_version", channels=["inbox"], now=NOW)


def held(market):
    one = queries.four_of([market], since=MARCH)[0]
    return [item.in_place for item in one.items], one.in_place


@pytest.mark.row("SVC-41")
def test_each_of_the_four_stands_on_evidence_and_falls_with_it(ground, market):
    assert held(market) == ([False] * 4, False)
    led = visited(ground, market, ground.cast.leader, "k1")
    worked = visited(ground, market, ground.cast.street, "k2", findings=[issue()])
    told(market)
    assert held(market) == ([True] * 4, True)
    four = queries.four_of([market], since=MARCH)[0].items
    assert four[0].proofs[0].address == f"/visits/{led.visit_id}/"
    NoticeDelivery.objects.update(state="failed")
    assert held(market) == ([True, True, False, True], False)
    Finding.objects.update(case=None)
    assert held(market) == ([True, True, False, False], False)
    Stop.objects.filter(pk=led.pk).update(recorded_at=None)
    Stop.objects.filter(pk=worked.pk).update(recorded_at=None)
    assert held(market) == ([False] * 4, False)


def test_evidence_of_last_year_counts_no_more(ground, market):
    visited(ground, market, ground.cast.leader, "k1")
    assert queries.four_of([market], since=dt.date(2020, 3, 11))[0].items[0].in_place is False


def test_a_constant_number_of_queries(ground, market, django_assert_num_queries):
    others = [firm(f"示例市场{n}", ground.cast.street_office, f"M1{n:03}", kind="market") for n in range(10)]
    visited(ground, market, ground.cast.leader, "k1")
    with django_assert_num_queries(3):
        queries.four_of([market, *others], since=MARCH)
