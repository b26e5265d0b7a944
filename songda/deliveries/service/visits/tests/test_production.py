"""达产扩产: recovery from the rows alone; a bottleneck becomes a case once."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.service.visits import actions
from songda.deliveries.service.visits.actions import Basis, Made
from songda.deliveries.service.visits.rules.production import Week, share, standing_of
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.models import Case
from songda.registry.people.tests.cast import NOW

MONDAY = dt.date(2020, 3, 2)
BASIS = Basis("数控机床", "台", 100, 160)


def weeks(*rows):
    return [Week(MONDAY + dt.timedelta(weeks=n), planned, actual) for n, (planned, actual) in enumerate(rows)]


@pytest.mark.row("SVC-56")
def test_recovery_is_recomputed_from_the_rows():
    standing = standing_of(weeks((60, 40), (90, 80), (120, 110), (130, 150), (140, None)), normal=100, capacity=160)
    assert (standing.planned, standing.actual, standing.behind) == (400, 380, 20)
    assert (standing.lost, standing.regained, standing.recovered) == (80, 60, 7500)
    assert standing.use == 9375


def test_nothing_lost_gives_no_rate():
    assert standing_of(weeks((100, 100)), normal=100, capacity=160).recovered is None
    assert standing_of([], normal=100, capacity=160).use is None
    assert (share(1, 3), share(1, 0)) == (3333, None)


@pytest.mark.row("SVC-56")
def test_a_bottleneck_becomes_a_case_once(ground):
    plan = actions.begin_production(ground.firm.pk, BASIS, by=ground.cast.officer, now=NOW)
    for actual in (40, 45):
        made = Made(MONDAY, 60, actual, "轴承断供")
        week = actions.report_week(plan.pk, made, by=ground.cast.officer, now=NOW)
    assert (week.actual, week.case.title, Case.objects.count()) == (45, "数控机床生产瓶颈：轴承断供", 1)


def test_the_firm_keeps_its_own_figures_and_nobody_elses(ground):
    plan = actions.begin_production(ground.firm.pk, BASIS, by=ground.cast.clerk, now=NOW)
    assert actions.report_week(plan.pk, Made(MONDAY, 60, 40), by=ground.cast.clerk, now=NOW).actual == 40
    with pytest.raises(NotFound):
        actions.begin_production(ground.cast.neighbour.pk, BASIS, by=ground.cast.clerk, now=NOW)
    with pytest.raises(NotPermitted):
        actions.report_week(plan.pk, Made(MONDAY, 60, 1), by=ground.cast.dispatcher, now=NOW)
    with pytest.raises(Conflict):
        actions.begin_production(ground.firm.pk, BASIS, by=ground.cast.clerk, now=NOW)
    with pytest.raises(Invalid):
        actions.report_week(plan.pk, Made(MONDAY + dt.timedelta(days=1), 60), by=ground.cast.clerk, now=NOW)
