"""Whose it is 权属: taking it on, refusing it within the time for that, and the dispatcher's decision, which is final."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from songda.deliveries.service.demands import access, queries
from songda.deliveries.service.demands.actions.stepping import must_note, plus, refuse, take, with_default
from songda.kernel.errors import Conflict
from songda.ledger.cases.actions import Said, answer_party, ask_party, end_parties
from songda.ledger.cases.models import Case, CaseClock, CaseStep, Party
from songda.registry.actors import Actor
from songda.registry.organisations.access import organisation_for


def take_demand(case_id: int, said: Said | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Take a case on: whoever takes it holds it, unless he stands in for who does."""
    case = access.demand_to_lead(case_id, "take", by)
    refuse(queries.fault_of_handler(case, by.account_id))
    told = with_default(said or Said(), _("%(unit)s已接单，经办人将与您联系。") % {"unit": case.lead})
    holder = case.holder_id if case.holder_id in by.covers else by.post_id or case.holder_id
    party = lead_of(case)
    accept = (lambda: answer_party(party, Party.Answer.ACCEPTED, by=by, now=now)) if party else None
    return take(case, "take", plus(told, holder_id=holder), accept, by=by, now=now)


def dispute_demand(case_id: int, said: Said, *, by: Actor, now: dt.datetime, suggested_id: int | None = None) -> CaseStep:
    """Refuse ownership 退单, with the ground for it and who should have it instead. Only within its clock, and never twice."""
    case = access.demand_to_lead(case_id, "dispute", by)
    must_note(said, _("退单须说明依据：哪条职责规定、应由谁办。"))
    party = lead_of(case)
    if party is None or party.final or case.bounced:
        raise Conflict(_("权属已经裁定，不能再次退单。"), advice=_("请办理；确有困难的，请商请协办。"))
    due = CaseClock.objects.filter(case=case, code="own").values_list("due_at", flat=True).first()
    if due is not None and now > due:
        raise Conflict(_("退单时限已过，视为接受。"), advice=_("请接单办理，或申请移交。"))
    changed = plus(said, {"suggested": suggested_id}, bounced=case.bounced + 1)
    return take(
        case,
        "dispute",
        changed,
        lambda: answer_party(party, Party.Answer.REFUSED, by=by, now=now, reason=said.note),
        by=by,
        now=now,
    )


def decide_demand(case_id: int, lead_id: int, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Decide whose it is 裁定. Final: the unit named cannot refuse it."""
    case = access.demand_to_step(case_id, "decide", by)
    must_note(said, _("裁定须说明理由。"))
    lead = organisation_for(lead_id, by)

    def ask() -> None:
        Party.objects.filter(case=case, organisation=lead, ended_at=None).update(ended_at=now)
        end_parties(case, now=now, role=Party.Role.LEAD)
        ask_party(case, lead.pk, Party.Role.LEAD, by=by, now=now, final=True)

    told = with_default(said, _("您的诉求已确定由%(unit)s承办。") % {"unit": lead.name})
    return take(case, "decide", plus(told, {"lead": lead.code}, lead_id=lead.pk, holder_id=None), ask, by=by, now=now)


def lead_of(case: Case) -> Party | None:
    """The lead's standing task, if the case has one."""
    return Party.objects.filter(case=case, role=Party.Role.LEAD, ended_at=None).select_related("case").first()
