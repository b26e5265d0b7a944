"""Controls of the economy: who sets targets, one beginning, reasons, conditions before entry, a second person, one entry a subject."""

from __future__ import annotations

import sys

import pytest
from django.db import IntegrityError, transaction

from songda.kernel.errors import Conflict, NotPermitted
from songda.ledger.cases.actions import Said, plain_step
from songda.ledger.cases.models import Case
from songda.office.economy import actions
from songda.office.economy.actions import NewEntry
from songda.office.economy.models import Target
from songda.office.economy.tests.conftest import project, statistician
from songda.office.economy.tests.ground import prove_all, target
from songda.registry.people.tests.cast import NOW
from tests.controls.opened import check_off, unique_off

__all__ = ["project", "statistician"]


def again(one):
    with transaction.atomic():
        Target.objects.create(
            code=one.code, organisation=one.organisation, area_path=one.area_path, year=one.year, number=1, source="另文", set_at=NOW,
            set_name="示例",
        )  # fmt: skip
    return Target.objects.count()


@pytest.mark.row("CNF-05")
def test_a_target_begins_once_and_would_twice_without_the_index(cast, statistician):
    one = target(cast.zone, "1200", statistician)
    with pytest.raises(IntegrityError):
        again(one)
    with unique_off(Target, "target_begins_once"):
        assert again(one) == 2


@pytest.mark.row("CNF-05")
def test_another_number_takes_a_reason_and_would_not_without_the_rule(cast, statistician):
    target(cast.zone, "1200", statistician)
    two = target(cast.zone, "1100", statistician, reason="调整")
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(pk=two.pk).update(reason="")
    with check_off(Target, "target_replaced_with_a_reason"):
        assert Target.objects.filter(pk=two.pk).update(reason="") == 1


@pytest.mark.row("CNF-05")
def test_only_statisticians_set_targets_and_others_would_without_the_check(cast, statistician, monkeypatch):
    with pytest.raises(NotPermitted):
        target(cast.zone, "1200", cast.leader)
    monkeypatch.setattr(sys.modules["songda.office.economy.actions.set_target"], "check_sets", lambda _unit, _actor: None)
    assert target(cast.zone, "1200", cast.leader).version == 1


@pytest.mark.row("CMD-25")
def test_nothing_enters_before_its_conditions_and_would_without_the_guard(cast, statistician, project, monkeypatch):
    case = actions.apply_for_entry(NewEntry(project.pk), by=cast.street, now=NOW)
    prove_all(case, cast.street, leave_out=("permit",))

    def go_on():
        return plain_step(case.pk, "report", Said(note="申报"), by=cast.street, now=NOW)

    with pytest.raises(Conflict, match="审批手续"):
        go_on()
    monkeypatch.setattr(sys.modules["songda.ledger.cases.actions.step_case"], "guard_of", lambda _code: "")
    assert go_on().after == "done"


@pytest.mark.row("CMD-25")
def test_who_applied_does_not_accept_and_would_without_the_second_person(cast, statistician, project, monkeypatch):
    case = actions.apply_for_entry(NewEntry(project.pk), by=cast.lead, now=NOW)
    prove_all(case, cast.lead)
    actions.report_entry(case.pk, "申报", by=cast.lead, now=NOW)
    with pytest.raises(NotPermitted, match="经办人以外"):
        actions.accept_entry(case.pk, "2020-03", "核准", by=cast.lead, now=NOW)
    monkeypatch.setattr(sys.modules["songda.ledger.cases.access"], "is_handler", lambda _case, _actor: False)
    monkeypatch.setattr(sys.modules["songda.ledger.cases.actions.plain_step"], "lacking", lambda _case, _actor: ())
    assert actions.accept_entry(case.pk, "2020-03", "核准", by=cast.lead, now=NOW).after == "verified"


@pytest.mark.row("CMD-25")
def test_a_subject_has_one_entry_and_would_have_two_without_the_look(cast, statistician, project, monkeypatch):
    actions.apply_for_entry(NewEntry(project.pk), by=cast.street, now=NOW)
    with pytest.raises(Conflict):
        actions.apply_for_entry(NewEntry(project.pk), by=cast.street, now=NOW)
    monkeypatch.setattr(sys.modules["songda.office.economy.actions.enter_register"], "refuse_second", lambda _subject, _now: None)
    actions.apply_for_entry(NewEntry(project.pk, request_key="two"), by=cast.street, now=NOW)
    assert Case.objects.filter(subject=project).count() == 2
