"""Reporting a result 报结: what came of it, what the firm is told, and the proof."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.deliveries.service.demands import access, queries
from songda.deliveries.service.demands.actions.stepping import plus, refuse, take
from songda.deliveries.service.demands.rules.handling import fault_of_outcome
from songda.kernel.errors import Invalid
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case, CaseStep
from songda.ledger.cases.queries import spec_of
from songda.ledger.cases.states import Outcome
from songda.ledger.evidence.models import Evidence
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Result:
    """How it ended, and what lay behind the problem (a code of `problem-causes`, or nothing)."""

    outcome: str
    cause: str = ""


def propose_result(case_id: int, result: Result, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Report a result to the firm. It is not done until the firm, or a return visit, has spoken, and a second person closes."""
    return _report(access.demand_to_lead(case_id, "propose", by), "propose", result, said, by, now)


def solve_on_spot(case_id: int, said: Said, *, by: Actor, now: dt.datetime, result: Result | None = None) -> CaseStep:
    """Solved where it was raised 当场解决, counted apart. Whoever solves it holds it, if nobody did."""
    case = access.demand_to_lead(case_id, "solve_on_spot", by)
    mine = {} if case.lead_id else {"lead_id": by.organisation_id, "holder_id": by.post_id}
    return _report(case, "solve_on_spot", result or Result(Outcome.SOLVED.value), plus(said, None, **mine), by, now)


def _report(case: Case, name: str, result: Result, said: Said, by: Actor, now: dt.datetime) -> CaseStep:
    refuse(queries.fault_of_handler(case, by.account_id))
    refuse(fault_of_outcome(result.outcome, said.told, Outcome.values), "told")
    must_have_proof(case, said)
    used: dict[str, object] = {"outcome": result.outcome, "cause": result.cause}
    changed = plus(said, used, outcome=result.outcome, cause=result.cause, proposed_by=by.account_id)
    return take(case, name, changed, by=by, now=now)


def must_have_proof(case: Case, said: Said) -> None:
    """Refuse a result without any evidence where the kind asks for it, and evidence given for another firm."""
    given = Evidence.objects.filter(pk__in=said.evidence, set_aside_at=None, subject=case.subject).count()
    if given != len(set(said.evidence)):
        raise Invalid(_("所附凭证不属于这家企业，或已作废。"), fields={"evidence": _("请重新上传。")})
    if spec_of(case.kind).closing.evidence and not given and not case.evidence.exists():
        raise Invalid(_("报结须附办理凭证（照片、回执、文书或通话记录）。"), fields={"evidence": _("请至少附一件。")})
