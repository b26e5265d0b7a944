"""Controls of the ledger's sight: scope, participation, the second person. Each is taken away once, and the bad thing happens."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest
from django.db.models import Q

from songda.kernel.errors import Conflict, NotFound, NotPermitted
from songda.ledger.cases import access, actions
from songda.ledger.cases.access import case_for, case_to_step
from songda.ledger.cases.actions import Said, open_case, plain_step, step_case
from songda.ledger.cases.models import Case, CaseStep, Party
from songda.ledger.cases.tests.ground import anybody, demand, lay, walk
from songda.registry.people.tests.cast import NOW


@pytest.mark.row("SUP-19")
def test_another_zone_is_not_found(cast, monkeypatch):
    lay()
    case = demand(cast)
    with pytest.raises(NotFound):
        case_for(case.pk, _seeing(cast.stranger))
    monkeypatch.setattr(access, "within", lambda *_: ~Q(pk__in=[]))
    assert case_for(case.pk, _seeing(cast.stranger)) == case


def test_scope_never_keeps_a_participant_from_his_own_case(cast, monkeypatch):
    """A unit of the other zone, asked to support, sees the case and works on it; without participation it could not."""
    lay()
    case = walk(demand(cast), "assign", "take")
    with pytest.raises(NotFound):
        case_for(case.pk, cast.stranger)
    actions.ask_party(case, cast.stranger.organisation_id, Party.Role.SUPPORT, by=anybody(), now=NOW)
    assert case_to_step(case.pk, "progress", cast.stranger) == case
    monkeypatch.setattr(access, "working_on", lambda _actor: iter(()))
    with pytest.raises(NotFound):
        case_for(case.pk, cast.stranger)


def test_sight_ends_with_the_part_taken(cast):
    lay()
    case = walk(demand(cast), "assign", "take")
    party = actions.ask_party(case, cast.stranger.organisation_id, Party.Role.SUPPORT, by=anybody(), now=NOW)
    actions.answer_party(party, Party.Answer.REFUSED, by=cast.stranger, now=NOW, reason="不属于本单位职责")
    with pytest.raises(NotFound):
        case_for(case.pk, cast.stranger)


@pytest.mark.row("SVC-07")
def test_who_handled_a_matter_neither_closes_it_nor_asks_the_firm_back(cast, monkeypatch):
    lay()
    case = walk(demand(cast), "assign", "take", "propose")
    Case.objects.filter(pk=case.pk).update(
        holder=cast.lead.post_id, lead=cast.bureau, proposed_by=cast.lead.account_id, state="confirmed"
    )
    with pytest.raises(NotPermitted):
        step_case(case.pk, "close", by=cast.lead, now=NOW)
    monkeypatch.setattr(access, "SECOND", frozenset())
    assert step_case(case.pk, "close", by=cast.lead, now=NOW).after == "closed"


@pytest.mark.row("SVC-07")
def test_a_task_without_proof_is_not_written_off(cast, monkeypatch):
    lay()
    case = open_case("task", subject_id=cast.firm.pk, title="任务", by=anybody(), now=NOW)
    step_case(case.pk, "report", Said(note="完成"), by=anybody("示例经办"), now=NOW)
    with pytest.raises(Conflict):
        plain_step(case.pk, "verify", Said(), by=cast.dispatcher, now=NOW)
    assert CaseStep.objects.filter(case=case).count() == 2
    monkeypatch.setattr(import_module("songda.ledger.cases.actions.plain_step"), "lacking", lambda *_: ())
    assert plain_step(case.pk, "verify", Said(), by=cast.dispatcher, now=NOW).after == "verified"


def _seeing(actor):
    """The same actor with sight of its territory."""
    return replace(actor, permissions=actor.permissions | {"cases.see"})
