"""Entering the statistical register: conditions first, a second person, counted from the accepted month, what has begun is listed."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases.actions import Said, plain_step, step_case
from songda.ledger.cases.models import Case, CaseEvidence
from songda.office.economy import actions, queries
from songda.office.economy.actions import NewEntry, Proof
from songda.office.economy.tests.ground import paper, prove_all
from songda.registry.facts.models import Fact, FactDefinition, Source
from songda.registry.people.tests.cast import NOW, firm

DAY, LATER = dt.timedelta(days=1), dt.datetime(2020, 4, 10, 2, tzinfo=dt.UTC)


@pytest.fixture
def case(statistician, cast, project):
    return actions.apply_for_entry(NewEntry(project.pk), by=cast.street, now=NOW)


@pytest.fixture
def works(db):
    fact = FactDefinition.objects.create(code="under_construction", name="在建项目", kind="bool", owner="住建部门")
    source = Source.objects.create(code="construction", name="在建工程")

    def say(subject, number, day=dt.date(2020, 2, 20)):
        Fact.objects.create(subject=subject, fact=fact, source=source, valid_from=day, recorded_at=NOW - DAY, num=number)

    return say


@pytest.mark.row("CMD-25")
def test_nothing_is_applied_for_or_accepted_before_every_condition_is_proved(cast, case):
    prove_all(case, cast.street, leave_out=("investment",))
    for name, by in (("report", cast.street), ("verify", cast.dispatcher)):
        with pytest.raises(Conflict):
            plain_step(case.pk, name, Said(note="申报"), by=by, now=NOW)  # by the ledger's own door too
    with pytest.raises(Invalid, match="金额"):
        actions.prove_condition(case.pk, Proof("investment", [paper(case).pk]), by=cast.street, now=NOW)
    short = Proof("investment", [paper(case, "小额.pdf").pk], amount=4_000_000)
    actions.prove_condition(case.pk, short, by=cast.street, now=NOW)
    with pytest.raises(Conflict, match="不足500万元"):
        actions.report_entry(case.pk, "申报", by=cast.street, now=NOW)
    prove_all(case, cast.street)
    assert actions.report_entry(case.pk, "申报", by=cast.street, now=NOW).after == "done"


@pytest.mark.row("CMD-25")
def test_a_second_person_accepts_and_it_counts_from_that_month_on(cast, case, project):
    prove_all(case, cast.street)
    actions.report_entry(case.pk, "申报", by=cast.street, now=NOW)
    with pytest.raises(NotPermitted):
        actions.accept_entry(case.pk, "2020-03", "核准", by=cast.street, now=NOW)
    with pytest.raises(Invalid, match="不能早于"):
        actions.accept_entry(case.pk, "2020-02", "核准", by=cast.dispatcher, now=NOW)
    actions.accept_entry(case.pk, "2020-04", "核准", by=cast.dispatcher, now=LATER)
    case.refresh_from_db()
    assert queries.months_of([case]) == {case.pk: "2020-04"}
    assert [queries.entered([project.pk], month=month, known_at=LATER) for month in ("2020-03", "2020-04")] == [
        set(),
        {project.pk},
    ]
    assert queries.entered([project.pk], month="2020-12", known_at=LATER - DAY) == set()  # not known then
    step_case(case.pk, "reopen", Said(note="材料有误"), by=cast.dispatcher, now=LATER + DAY)
    assert queries.entered([project.pk], month="2020-12", known_at=LATER + DAY) == set()
    assert queries.entered([project.pk], month="2020-12", known_at=LATER) == {project.pk}


def test_a_month_not_named_is_this_month_also_by_the_ledgers_own_door(cast, case):
    prove_all(case, cast.street)
    actions.report_entry(case.pk, "申报", by=cast.street, now=NOW)
    plain_step(case.pk, "verify", Said(note="核准"), by=cast.dispatcher, now=LATER)
    assert queries.months_of([Case.objects.get(pk=case.pk)]) == {case.pk: "2020-04"}


def test_papers_set_aside_prove_nothing(cast, case):
    prove_all(case, cast.street)
    laid = CaseEvidence.objects.get(case=case, evidence__name="permit.pdf").evidence
    laid.set_aside_at = NOW
    laid.save()
    assert [(one.condition.code, one.proved) for one in queries.conditions_of(case)] == [
        ("start", True), ("permit", False), ("investment", True),
    ]  # fmt: skip


@pytest.mark.row("CMD-25")
def test_projects_begun_and_not_entered_are_listed_the_longest_waiting_first(
    cast, case, project, works, django_assert_max_num_queries
):
    other, idle, strange = (firm(f"示例项目{n}", unit, f"P1{n}", kind="project") for n, unit in enumerate(
        (cast.street_office, cast.street_office, cast.other_street)))  # fmt: skip
    works(project, 1)
    works(other, 1, dt.date(2020, 1, 5))
    works(idle, 1, dt.date(2020, 1, 5))
    works(idle, 0)
    works(strange, 1)
    prove_all(case, cast.street, leave_out=("permit",))
    with django_assert_max_num_queries(8):
        found = queries.begun_not_entered(cast.dispatcher, now=NOW)
    assert [(one.subject, one.case, one.proved, one.conditions) for one in found] == [(other, None, 0, 0), (project, case, 2, 3)]
    prove_all(case, cast.street)
    actions.report_entry(case.pk, "申报", by=cast.street, now=NOW)
    actions.accept_entry(case.pk, "2020-03", "核准", by=cast.dispatcher, now=NOW)
    assert [one.subject for one in queries.begun_not_entered(cast.dispatcher, now=NOW)] == [other]


def test_a_subject_is_applied_for_once(cast, case, project):
    with pytest.raises(Conflict, match="已有入库事项"):
        actions.apply_for_entry(NewEntry(project.pk), by=cast.street, now=NOW)
    park = firm("示例园区", cast.street_office, "K1", kind="park")
    with pytest.raises(Invalid):
        actions.apply_for_entry(NewEntry(park.pk), by=cast.street, now=NOW)
    with pytest.raises(NotPermitted):
        actions.apply_for_entry(NewEntry(project.pk), by=cast.clerk, now=NOW)
