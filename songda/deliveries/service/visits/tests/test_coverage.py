"""Tiers, gaps, whom to propose, and the list of firms left alone."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.service.demands import actions as demands
from songda.deliveries.service.visits import queries
from songda.deliveries.service.visits.rules.tiers import proposals, spread, tier_of
from songda.deliveries.service.visits.states import Tier
from songda.ledger.cases.actions import Said
from songda.registry.people.models import Absence, Post
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, firm, hire


@pytest.mark.parametrize(
    ("given", "tier"),
    [
        ({"above_scale": True}, Tier.NAMED),
        ({"size": "large"}, Tier.NAMED),
        ({"has_officer": True, "size": "micro"}, Tier.NAMED),
        ({"size": "micro", "open_cases": 1}, Tier.DESK),
        ({"size": "small"}, Tier.SELF),
        ({}, Tier.SELF),
    ],
)
def test_a_tier(given, tier):
    assert tier_of(**{"above_scale": None, "size": "", "has_officer": False, "open_cases": 0, **given}) is tier


def test_proposals_go_to_the_lightest_within_reach():
    gaps = [(1, "41/03/"), (2, "41/03/"), (3, "41/04/"), (4, "41/03/")]
    assert proposals(gaps, {7: 5, 8: 3}, {7: "41/03/", 8: "41/03/"}) == {1: 8, 2: 8, 4: 7}
    assert spread([5, 3]) == 2
    assert spread([]) == 0


@pytest.mark.row("SVC-02")
def test_coverage_is_whole_or_lists_its_gaps(ground):
    big = firm("示例大型装备有限公司", ground.cast.street_office, "D0009", above_scale=True)
    found = queries.coverage_of(ground.cast.dispatcher, on=DAY)
    assert (found.named, found.assigned, found.missing) == (2, 1, 1)
    assert dict(found.tiers) == {Tier.NAMED: 2, Tier.DESK: 0, Tier.SELF: 1}
    assert [(gap.subject, gap.proposal.pk) for gap in found.gaps] == [(big, ground.cast.officer.post_id)]


@pytest.mark.row("SVC-02")
def test_an_officer_away_without_a_deputy_is_listed(ground):
    post = Post.objects.get(pk=ground.cast.officer.post_id)
    away = Absence.objects.create(post=post, starts_on=DAY, ends_on=DAY, noted_at=NOW)
    assert queries.coverage_of(ground.cast.dispatcher, on=DAY).uncovered == (away,)
    other = hire(Role.SERVICE_OFFICER, at=ground.cast.zone)
    Absence.objects.update(deputy=other.post_id)
    assert queries.coverage_of(ground.cast.dispatcher, on=DAY).uncovered == ()


def test_coverage_costs_the_same_for_many_firms(ground, django_assert_max_num_queries):
    for n in range(30):
        firm(f"示例企业{n}", ground.cast.street_office, f"E{n:04}", above_scale=True)
    with django_assert_max_num_queries(10):
        queries.coverage_of(ground.cast.dispatcher, on=DAY)


@pytest.mark.row("SVC-44")
def test_a_firm_with_an_open_problem_that_nobody_visits_is_listed(ground):
    ground.board.file()
    later = NOW + dt.timedelta(days=61)

    def alone(at):
        return list(queries.firms_listed(ground.cast.dispatcher, "", now=at, left_alone=True))

    assert alone(later) == [ground.firm]
    ground.record(ground.accepted().stops.get())
    assert alone(NOW + dt.timedelta(days=30)) == []
    assert alone(later) == [ground.firm]
    assert [row.left_alone for row in queries.rows_about([ground.firm], now=later)] == [True]


@pytest.mark.row("SVC-44")
def test_a_request_nobody_answered_within_a_day_is_listed_until_somebody_does(ground):
    case = ground.board.assigned()
    ground.board.file(by=ground.cast.desk, title="走访发现", channel="visit")

    def listed(hours):
        return list(queries.unanswered_requests(ground.cast.dispatcher, now=NOW + dt.timedelta(hours=hours)))

    assert (listed(23), listed(24)) == ([], [case])
    demands.contact_firm(case.pk, Said(note="已电话联系"), by=ground.cast.desk, now=NOW + dt.timedelta(hours=25))
    assert listed(26) == []


def test_one_page_of_firms_costs_the_same_however_long(ground, django_assert_num_queries):
    firms = [firm(f"示例企业{n}", ground.cast.street_office, f"E{n:04}") for n in range(30)]
    with django_assert_num_queries(5):
        queries.rows_about([ground.firm, *firms], now=NOW)
