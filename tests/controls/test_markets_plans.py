"""Plans of markets: nothing overfull is handed in, two persons, one in force and one in hand."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.service.markets import actions
from songda.deliveries.service.markets.models import MarketPlan, Placement
from songda.deliveries.service.markets.tests.stage import SHEET, market_at
from songda.kernel.errors import Conflict
from songda.registry.people.tests.cast import NOW
from tests.controls.opened import check_off, unique_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast):
    made = actions.draft_plan(market_at(cast).pk, SHEET, "", by=cast.street, now=NOW)
    actions.arrange(made.pk, by=cast.street, now=NOW)
    return made


@pytest.mark.row("SVC-10")
def test_an_overfull_timetable_cannot_be_handed_in_and_could_without_the_checker(cast, plan, monkeypatch):
    for stall in plan.stalls.filter(zone="日杂区"):
        Placement.objects.get_or_create(stall=stall, slot="周一上午")
    with pytest.raises(Conflict, match="日杂区在周一上午安排 10 人，容量 6 人"):
        actions.submit_plan(plan.pk, by=cast.street, now=NOW)
    monkeypatch.setattr(actions, "faults_of", lambda plan: [])
    assert actions.submit_plan(plan.pk, by=cast.street, now=NOW).state == "submitted"


def bare(plan, **columns):
    with transaction.atomic():
        return MarketPlan.objects.filter(pk=plan.pk).update(**columns)


def test_who_drafted_does_not_publish_and_could_without_the_check(cast, plan):
    own = {"published_by": cast.street.account_id}
    with pytest.raises(IntegrityError):
        bare(plan, **own)
    with check_off(MarketPlan, "market_plan_publisher_is_not_drafter"):
        assert bare(plan, **own) == 1


@pytest.mark.parametrize(("name", "state"), [("one_market_plan_in_hand", "draft"), ("one_published_market_plan", "published")])
def test_one_plan_of_a_kind_a_market_and_more_without_the_index(plan, name, state):
    MarketPlan.objects.filter(pk=plan.pk).update(state=state)

    def another():
        with transaction.atomic():
            return MarketPlan.objects.create(
                subject=plan.subject, number=2, zones=[], slots=[], state=state, drafted_name="示例", drafted_at=NOW
            )

    with pytest.raises(IntegrityError):
        another()
    with unique_off(MarketPlan, name):
        assert another().pk
