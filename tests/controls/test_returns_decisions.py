"""Controls of returns: who does what, three persons, cut-off, lock, the blocking rule, reasons, the first version, scope, once a period."""

from __future__ import annotations

import datetime as dt
import sys

import pytest
from django.db import IntegrityError, transaction

from songda.kernel import machines
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.office.indicators.models import Value
from songda.office.returns import access, actions, queries
from songda.office.returns.actions import Said
from songda.office.returns.models import Entry, Return, Version, Violation
from songda.office.returns.rules.validation import Breach
from songda.office.returns.states import RETURN
from songda.office.returns.tests.ground import CUTOFF, GOOD, MONDAY, ground
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import hire
from tests.controls.opened import check_off
from tests.controls.rebuilt import constraint_off

__all__ = ["ground"]
HOUR = dt.timedelta(hours=1)
FILLING = sys.modules["songda.office.returns.actions.fill_return"]
DECIDING = sys.modules["songda.office.returns.actions.decide_return"]
WRONG = GOOD | {"mending": Said("3")}


def test_each_step_is_its_roles_alone(ground, monkeypatch):
    for actor in (ground.lead, ground.statistician, ground.cast.dispatcher):
        with pytest.raises(NotPermitted):
            actions.save_draft(ground.one.pk, GOOD, by=actor, now=MONDAY)
    ground.fill()
    for actor in (ground.desk, ground.statistician):
        with pytest.raises(NotPermitted):
            actions.approve_return(ground.one.pk, by=actor, now=MONDAY)
    for actor in (ground.desk, ground.lead):
        with pytest.raises(NotPermitted):
            actions.accept_return(ground.one.pk, by=actor, now=MONDAY)
    monkeypatch.setattr(access, "must", lambda *_given: None)
    assert actions.approve_return(ground.one.pk, by=ground.statistician, now=MONDAY).state == "approved"


def test_filler_approver_and_acceptor_are_three_persons(ground, monkeypatch):
    """One person with three posts could otherwise do it alone."""
    ground.fill()
    version = Version.objects.get()
    Version.objects.update(filler=ground.lead.person_id)
    with pytest.raises(NotPermitted):
        actions.approve_return(ground.one.pk, by=ground.lead, now=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.update(approver=ground.lead.person_id)
    with check_off(Version, "return_approved_by_another"):
        monkeypatch.setattr(DECIDING, "NotPermitted", KeyError)
        assert Version.objects.update(approver=ground.lead.person_id) == 1
        Version.objects.update(approver=None)
    Version.objects.update(filler=version.filler, approver=ground.statistician.person_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.update(acceptor=ground.statistician.person_id)
    with check_off(Version, "return_accepted_by_a_third"):
        assert Version.objects.update(acceptor=ground.statistician.person_id) == 1
        Version.objects.update(acceptor=None)


def test_the_acceptor_is_neither_filler_nor_approver(ground):
    ground.fill()
    actions.approve_return(ground.one.pk, by=ground.lead, now=MONDAY)
    Version.objects.update(approver=ground.statistician.person_id)
    with pytest.raises(NotPermitted):
        actions.accept_return(ground.one.pk, by=ground.statistician, now=MONDAY)
    Version.objects.update(approver=ground.lead.person_id)
    assert actions.accept_return(ground.one.pk, by=ground.statistician, now=MONDAY).state == "accepted"


@pytest.mark.row("CMD-13")
def test_late_is_late_whatever_comes_after(ground, monkeypatch):
    ground.fill(now=CUTOFF + HOUR)

    def late():
        rate = queries.rates(ground.statistician, ground.one.last, ground.one.last, by="code", now=CUTOFF + 2 * HOUR)["daily"]
        return rate.late

    actions.send_back(ground.one.pk, "核", by=ground.lead, now=CUTOFF + HOUR)
    actions.save_draft(ground.one.pk, GOOD, by=ground.desk, now=CUTOFF + HOUR)
    actions.submit_return(ground.one.pk, by=ground.desk, now=MONDAY)  # a clock that goes wrong does not make it timely
    assert late() == 1
    Return.objects.filter(pk=ground.one.pk).update(received_at=None)  # without the first moment the later one would count
    actions.send_back(ground.one.pk, "核", by=ground.lead, now=MONDAY)
    ground.fill(now=MONDAY)
    assert late() == 0


def test_a_locked_return_is_closed_until_the_statistician_opens_it(ground, monkeypatch):
    after = ground.one.locks_at
    for step in (lambda: actions.save_draft(ground.one.pk, GOOD, by=ground.desk, now=after), lambda: ground.fill(now=after)):
        with pytest.raises(Conflict):
            step()
    with pytest.raises(NotPermitted):
        actions.reopen_return(ground.one.pk, after.date(), "补报", by=ground.desk, now=after)
    actions.reopen_return(ground.one.pk, after.date(), "补报", by=ground.statistician, now=after)
    assert ground.fill(now=after + HOUR).state == "submitted"
    Return.objects.filter(pk=ground.one.pk).update(state="expected", locks_at=after)
    monkeypatch.setattr(FILLING, "require_unlocked", lambda *_given: None)
    assert ground.fill(now=after + HOUR).state == "submitted"


def test_a_blocking_rule_stops_submission(ground, monkeypatch):
    with pytest.raises(Invalid) as refused:
        ground.fill(WRONG)
    assert "checked" in refused.value.fields
    assert Return.objects.get(pk=ground.one.pk).state == "draft"
    monkeypatch.setattr(FILLING, "stopping", lambda _found: [])
    assert ground.fill(WRONG).state == "submitted"


def test_an_open_blocking_violation_stops_acceptance(ground, monkeypatch):
    monkeypatch.setattr(FILLING, "stopping", lambda _found: [])
    ground.fill(WRONG)
    actions.approve_return(ground.one.pk, by=ground.lead, now=MONDAY)
    with pytest.raises(Conflict):
        actions.accept_return(ground.one.pk, by=ground.statistician, now=MONDAY)
    Violation.objects.update(importance="warn")
    assert actions.accept_return(ground.one.pk, by=ground.statistician, now=MONDAY).state == "accepted"


def test_an_explanation_lets_a_rule_pass_that_allows_it_and_no_other():
    told = {"rule": "r", "importance": "block", "label": "r", "instruction": "", "at": "n", "text": ""}
    assert Breach(**told, explained=True).stops
    assert Breach(**told, explain=True).stops
    assert not Breach(**told, explain=True, explained=True).stops


@pytest.mark.row("CMD-13")
def test_a_correction_needs_a_reason_and_leaves_the_first_version_alone(ground, monkeypatch):
    ground.accepted()
    with pytest.raises(Conflict):  # what is accepted is not simply filled in again
        actions.save_draft(ground.one.pk, GOOD, by=ground.desk, now=MONDAY)
    with pytest.raises(Invalid):
        actions.correct_return(ground.one.pk, " ", by=ground.desk, now=MONDAY)
    first = list(Entry.objects.values_list("code", "number"))
    actions.correct_return(ground.one.pk, "更正", by=ground.desk, now=MONDAY)
    actions.save_draft(ground.one.pk, GOOD | {"present": Said("1")}, by=ground.desk, now=MONDAY)
    assert list(Entry.objects.filter(version__number=1).values_list("code", "number")) == first
    Return.objects.filter(pk=ground.one.pk).update(number=1)  # without a version of its own the first would be written over
    actions.save_draft(ground.one.pk, GOOD | {"present": Said("1")}, by=ground.desk, now=MONDAY)
    assert list(Entry.objects.filter(version__number=1).values_list("code", "number")) != first


def test_a_changed_value_is_refused_without_the_versions_reason(ground, monkeypatch):
    ground.accepted()
    actions.correct_return(ground.one.pk, "更正", by=ground.desk, now=MONDAY)
    ground.fill(GOOD | {"present": Said("901")})
    actions.approve_return(ground.one.pk, by=ground.lead, now=MONDAY)
    Version.objects.filter(number=2).update(reason="")
    with pytest.raises(Conflict):
        actions.accept_return(ground.one.pk, by=ground.statistician, now=MONDAY)
    Version.objects.filter(number=2).update(reason="更正")
    actions.accept_return(ground.one.pk, by=ground.statistician, now=MONDAY)
    assert Value.objects.filter(code="present").count() == 2


def test_a_unit_sees_its_own_returns_and_a_district_those_of_its_territory(ground, monkeypatch):
    colleague = hire(Role.DEPARTMENT_DESK, at=ground.cast.zone)
    for actor in (ground.cast.stranger, colleague, ground.cast.clerk, hire(Role.STATISTICIAN, at=ground.cast.other_zone)):
        with pytest.raises(NotFound):
            access.return_for(ground.one.pk, actor)
    assert access.return_for(ground.one.pk, ground.statistician) == ground.one
    monkeypatch.setattr(access, "is_unit", lambda _actor: False)  # without it a desk would see the whole territory
    assert access.return_for(ground.one.pk, colleague) == ground.one


@pytest.mark.django_db(transaction=True)
def test_a_unit_owes_a_form_once_a_period(ground):
    twin = {
        name: getattr(ground.one, name)
        for name in ("form", "code", "organisation", "about", "area_path", "first", "last", "as_of")
    }
    twin |= {"due_at": ground.one.due_at, "locks_at": ground.one.locks_at}
    with pytest.raises(IntegrityError), transaction.atomic():
        Return.objects.create(**twin)
    with constraint_off(Return, "return_once"):
        assert Return.objects.create(**twin).delete()


def test_two_clerks_cannot_both_take_a_step(ground, monkeypatch):
    ground.fill()
    stale = Return.objects.get(pk=ground.one.pk)
    actions.approve_return(ground.one.pk, by=ground.lead, now=MONDAY)
    with pytest.raises(Conflict):
        machines.move(RETURN, stale, "approve", {"number": 1})
    Return.objects.filter(pk=stale.pk).update(state="submitted")
    machines.move(RETURN, stale, "approve", {"number": 1})
    assert stale.state == "approved"
