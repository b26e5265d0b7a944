"""The stages of visits and of proofs on a small ground: every state comes of the real steps, and every reported result has its paper."""

from __future__ import annotations

from collections import Counter

import pytest

from songda.deliveries.service.demands.tests.board import lay
from songda.deliveries.service.helping.models import Guidance
from songda.deliveries.service.visits.models import Approach, Finding, StopEvidence, Visit
from songda.kernel.errors import NotPermitted
from songda.ledger.cases.models import Case, CaseEvidence
from songda.ledger.cases.queries.steps import proving
from songda.portal.demo.proving import lay_proofs
from songda.portal.demo.visiting import trips, visit, visited
from songda.registry.actors import system
from songda.registry.people.models import Assignment
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, SINCE, firm, hire

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return lay(cast)


@pytest.mark.row("SVC-03", "SVC-05")
def test_visits_of_two_weeks_with_findings_photographs_and_matters(board):
    cast = board.cast
    for number in range(30):
        made = firm(f"示例车间{number}", cast.street_office, f"V{number:03}", demonstration=True)
        if number < 12:
            Assignment.objects.create(subject=made, post_id=cast.officer.post_id, starts_on=SINCE)
    who = {role.value: hire(role, at=cast.zone) for role in (Role.TALENT_OFFICER, Role.PARTY_GUIDE)}
    posts = {"officer": cast.officer, "street": cast.street, "talent": who["talent_officer"], "guide": who["party_guide"]}
    assert not visited()
    made = visit(posts.__getitem__, demonstration=True, by=system("演示"), now=NOW)
    assert visited()
    planned = trips(DAY)
    assert len(made) == len(planned)
    states = Counter(Visit.objects.values_list("state", flat=True))
    assert states == {"recorded": 5, "closed": 2, "accepted": 2, "offered": 1}
    assert Counter(Guidance.objects.values_list("station__post__role", flat=True)) == {"talent_officer": 3, "party_guide": 3}
    assert StopEvidence.objects.count() == sum(trip.photos for trip in planned if trip.day < 0)
    issues = Finding.objects.filter(kind="issue")
    assert {one.case.origin for one in issues} == {"officer"}
    assert Case.objects.filter(demonstration=True).count() == Finding.objects.exclude(case=None).count() > 0
    assert not Approach.objects.filter(counted=True, place=None, ended_at=None).exists()  # none beyond a firm's month


@pytest.mark.row("SUP-16")
def test_a_reported_result_of_the_invented_ledger_has_its_paper_once(board):
    bare, proven = board.proposed(), board.proposed(title="贷款到期")
    CaseEvidence.objects.filter(case=bare).delete()
    Case.objects.update(demonstration=True)
    assert proving(bare) == 0
    assert lay_proofs(by=system("演示"), now=NOW) == 1
    assert (proving(bare), proving(proven)) == (1, 1)
    laid = CaseEvidence.objects.select_related("evidence", "step").get(case=bare)
    assert (laid.step.step, laid.evidence.subject_id, laid.evidence.given_at) == ("propose", bare.subject_id, laid.step.at)
    assert lay_proofs(by=system("演示"), now=NOW) == 0


def test_only_in_a_demonstration(cast):
    with pytest.raises(NotPermitted):
        visit({}.__getitem__, demonstration=False, by=system("演示"), now=NOW)
