"""凡事不用跑 (SVC-42): the team runs errands for a firm under its power of attorney; every step shows agent and principal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.demands.actions import (
    Assignees,
    NewDemand,
    Result,
    assign_demand,
    file_demand,
    propose_result,
    take_demand,
)
from songda.deliveries.service.helping import queries
from songda.deliveries.service.helping.access import power_to_revoke, subject_of_own_or_scope
from songda.deliveries.service.helping.models import PowerOfAttorney
from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases.access import case_for, permission_for
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case, CaseStep
from songda.ledger.cases.states import Outcome
from songda.ledger.evidence.access import evidence_for
from songda.ledger.evidence.models import Evidence
from songda.registry.actors import Actor, house, require
from songda.registry.people.models import Post

ERRAND = "errand"
LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class NewPower:
    """A power of attorney: whose (None: the actor's own firm), to which post, for what, the paper, from when until when (included)."""

    subject_id: int | None
    agent_id: int
    scope: str
    paper_id: int
    days: tuple[dt.date, dt.date]


@transaction.atomic
def give_power(new: NewPower, *, by: Actor, now: dt.datetime) -> PowerOfAttorney:
    """Keep a firm's power of attorney: given by the firm itself, or registered with its signed paper by an office. A year at most."""
    require(by, "firm.act", "cases.file")
    subject_id = subject_of_own_or_scope(new.subject_id, by)
    agent = Post.objects.filter(pk=new.agent_id, ends_on=None, subject=None).first()
    paper = evidence_for(new.paper_id, by)
    first, last = new.days
    if agent is None:
        raise Invalid(_("代办人须是在任的政府岗位。"), fields={"agent": _("请重新选择。")})
    if paper.subject_id != subject_id or not paper.counts:
        raise Invalid(_("委托书不是这家企业的，或已作废。"), fields={"paper": _("请上传委托书。")})
    if last < max(first, day_of(now)) or (last - first).days > LONGEST_DAYS or not new.scope.strip():
        raise Invalid(_("请写明委托事项和一年以内的期限。"), fields={"last": _("止期不早于今天。")})
    made = PowerOfAttorney.objects.create(
        subject_id=subject_id,
        agent=agent,
        scope=new.scope.strip()[:200],
        paper=paper,
        starts_on=first,
        ends_on=last,
        given_name=by.name,
    )
    record("power.give", made, by=by, now=now, after={"subject": subject_id, "agent": agent.pk, "until": last})
    return made


@transaction.atomic
def revoke_power(power_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Take a power back; from then on the agent does nothing more in the firm's name."""
    power = power_to_revoke(power_id, by)
    if PowerOfAttorney.objects.filter(pk=power.pk, revoked_at=None).update(revoked_at=now) != 1:
        raise Conflict(_("这份授权已经撤销。"))
    record("power.revoke", power, by=by, now=now, after={"revoked": True})


@transaction.atomic
def take_errand(subject_id: int, title: str, *, by: Actor, now: dt.datetime, text: str = "", request_key: str = "") -> Case:
    """Take an errand of a firm on, as its agent: filed, assigned to oneself and begun in one go. NotPermitted without a power."""
    refuse_unempowered(subject_id, by, now)
    known = Case.objects.filter(request_key=request_key).first() if request_key else None
    if known is not None:
        return known
    new = NewDemand(title=title, text=text, kind=ERRAND, origin="firm", channel="window")
    case = file_demand(subject_id, new, by=by, now=now, request_key=request_key)
    if by.organisation_id is not None:
        mine = Assignees(by.organisation_id, by.post_id)
        assign_demand(
            case.pk,
            mine,
            Said(told=_("您委托的事项由%(name)s代办。") % {"name": by.name}),
            by=house("cases.see", "cases.assign"),
            now=now,
        )
        take_demand(case.pk, by=by, now=now)
    case.refresh_from_db()
    return case


@transaction.atomic
def hand_over_errand(
    case_id: int, told: str, receipts: Sequence[int], *, by: Actor, now: dt.datetime, trips: int = 0
) -> CaseStep:
    """The errand is done: what was obtained is handed to the firm, its receipt is the evidence; `trips` the firm itself had to make."""
    case = case_for(case_id, by)
    if case.kind.kind.code != ERRAND:
        raise Invalid(_("这不是代办事项。"))
    if not Evidence.objects.filter(pk__in=receipts, kind=Evidence.Kind.RECEIPT, set_aside_at=None).exists():
        raise Invalid(_("代办办结须附企业签收的交接回执。"), fields={"evidence": _("凭证种类选“回执”。")})
    said = Said(told=told, evidence=tuple(receipts), used={"trips": max(trips, 0)})
    return propose_result(case_id, Result(Outcome.SOLVED.value), said, by=by, now=now)


def in_the_firms_name(case: Case, name: str, said: Said, by: Actor, now: dt.datetime) -> Said:
    """The ledger's guard of errands: whoever handles one acts in the firm's name, says so in the step, and needs its power that day.

    Steps of the house, the dispatcher and the firm itself are not done in anybody else's name.
    """
    if by.post_id is None or by.subject_id is not None or permission_for(case.machine, name) != "cases.handle":
        return said
    refuse_unempowered(case.subject_id, by, now)
    principal = _("代%(firm)s") % {"firm": case.subject.name if case.subject else ""}
    return replace(said, acting_for="、".join(one for one in (principal, said.acting_for) if one)[:80])


def refuse_unempowered(subject_id: int | None, by: Actor, now: dt.datetime) -> None:
    """NotPermitted where no power of attorney of the firm to this post holds today."""
    if fault := queries.fault_of_agent(subject_id, by, day_of(now)):
        raise NotPermitted(fault, advice=_("请企业签署或续签委托书后再代办。"))
