"""Planning a visit 安排走访, and noting other contacts with a firm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.visits.access import must_do_visits
from songda.deliveries.service.visits.actions.places import count_it
from songda.deliveries.service.visits.models import Approach, Attendee, Stop, Visit
from songda.deliveries.service.visits.states import VisitKind, Way
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.access import case_for
from songda.ledger.cases.models import Case
from songda.ledger.cases.states import Origin
from songda.registry.actors import Actor
from songda.registry.people.access import post_for
from songda.registry.subjects import access as subjects

LONGEST_TOUR = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stop wanted: a subject or a place; `case_id` names the firm's own open request that brings us there."""

    subject_id: int | None = None
    place: str = ""
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned. `extra_reason` asks the dispatcher for a contact beyond the month's budget."""

    purpose: str
    starts_at: dt.datetime
    stops: Sequence[Wanted]
    kind: str = VisitKind.ROUTINE.value
    minutes: int = 60
    attendees: Sequence[int] = ()
    mandatory: bool = False
    basis: str = ""
    extra_reason: str = ""


@transaction.atomic
def plan_visit(plan: Plan, *, by: Actor, now: dt.datetime, request_key: str = "") -> Visit:
    """Plan a visit of one or several stops in their order; each firm's month is counted, unless the firm asked for it itself.

    Conflict (code contact_budget) where a firm's month is used up and no reason is given. The same request key: the same visit.
    """
    must_do_visits(by)
    earlier = Visit.objects.filter(request_key=request_key).first() if request_key else None
    if earlier is not None:
        return _same(earlier, plan)
    _must_hold_together(plan)
    visit = Visit.objects.create(
        purpose=plan.purpose.strip()[:160],
        kind=plan.kind,
        unit_id=by.organisation_id or 0,
        post_id=by.post_id or 0,
        starts_at=plan.starts_at,
        minutes=plan.minutes,
        mandatory=plan.mandatory,
        basis=plan.basis.strip(),
        extra_reason=plan.extra_reason.strip(),
        planned_at=now,
        request_key=request_key or None,
    )
    for seq, wanted in enumerate(plan.stops, start=1):
        add_stop(visit, seq, wanted, by=by, now=now)
    Attendee.objects.bulk_create([Attendee(visit=visit, post=post_for(one, by)) for one in dict.fromkeys(plan.attendees)])
    after = {"kind": visit.kind, "stops": len(plan.stops), "at": plan.starts_at.isoformat()}
    record("visit.plan", visit, by=by, now=now, after=after)
    return visit


def add_stop(visit: Visit, seq: int, wanted: Wanted, *, by: Actor, now: dt.datetime) -> Stop:
    """One stop with its contact counted."""
    if wanted.subject_id is None:
        area = by.area_paths[0] if by.area_paths else ""
        return Stop.objects.create(visit=visit, seq=seq, place=wanted.place.strip()[:120], area_path=area)
    subject = subjects.subject_for(wanted.subject_id, by)
    wish = _wish(wanted.case_id, subject.pk, by) if wanted.case_id else None
    stop = Stop.objects.create(visit=visit, seq=seq, subject=subject, area_path=subject.area_path, wish=wish)
    if subject.demonstration and not visit.demonstration:
        Visit.objects.filter(pk=visit.pk).update(demonstration=True)
    count_it(
        Approach(
            subject=subject,
            area_path=subject.area_path,
            way=Way.INSPECTION if visit.kind == VisitKind.INSPECTION else Way.VISIT,
            purpose=visit.purpose,
            unit_id=visit.unit_id,
            post_id=visit.post_id,
            stop=stop,
            on=clock.day_of(visit.starts_at),
            counted=wish is None,
            extra_reason=visit.extra_reason,
            noted_at=now,
        )
    )
    return stop


@dataclass(frozen=True, slots=True)
class Call:
    """A contact that is no visit: a call or a survey, why, on which day."""

    way: str
    purpose: str
    on: dt.date
    extra_reason: str = ""


@transaction.atomic
def note_contact(subject_id: int, call: Call, *, by: Actor, now: dt.datetime, request_key: str = "") -> Approach:
    """Note a call or a survey that the firm did not ask for: before it is made, so that the budget can still say no."""
    must_do_visits(by)
    earlier = Approach.objects.filter(request_key=request_key).first() if request_key else None
    if earlier is not None:
        return earlier
    if call.way not in (Way.CALL, Way.SURVEY) or not call.purpose.strip():
        raise Invalid(_("请写明联系方式和目的。"), fields={"way": _("电话或问卷调研。"), "purpose": _("一句话说明为何联系。")})
    subject = subjects.subject_for(subject_id, by)
    approach = Approach(
        subject=subject,
        area_path=subject.area_path,
        way=call.way,
        purpose=call.purpose.strip()[:160],
        unit_id=by.organisation_id or 0,
        post_id=by.post_id or 0,
        on=call.on,
        extra_reason=call.extra_reason.strip(),
        noted_at=now,
        request_key=request_key or None,
    )
    count_it(approach)
    record("visit.contact", approach, by=by, now=now, after={"way": call.way, "on": call.on.isoformat(), "place": approach.place})
    return approach


def _must_hold_together(plan: Plan) -> None:
    faults = {}
    if not plan.purpose.strip():
        faults["purpose"] = _("请写明走访目的，企业会看到。")
    if not 0 < len(plan.stops) <= LONGEST_TOUR:
        faults["stops"] = _("请选择 1 至 %(n)d 个点位。") % {"n": LONGEST_TOUR}
    if any(one.subject_id is None and not one.place.strip() for one in plan.stops):
        faults["stops"] = _("每个点位须是主体或地点。")
    named = [one.subject_id for one in plan.stops if one.subject_id is not None]
    if len(named) != len(set(named)):
        faults["stops"] = _("同一主体在一次走访中只能列一次。")
    if plan.kind not in VisitKind.values:
        faults["kind"] = _("请选择走访类型。")
    if plan.mandatory and (plan.kind != VisitKind.INSPECTION or not plan.basis.strip()):
        faults["basis"] = _("只有依法检查可以不经同意，且须写明法律依据。")
    if faults:
        raise Invalid(_("走访安排不完整。"), fields=faults)


def _wish(case_id: int, subject_id: int, by: Actor) -> Case:
    """The firm's own open request: only that makes a visit one the firm asked for."""
    case = case_for(case_id, by)
    if case.subject_id != subject_id or case.origin != Origin.FIRM or not case.open:
        raise Invalid(_("只有该企业自己提出、尚未办结的诉求可以不计次数。"), fields={"case": _("请另选，或不选。")})
    return case


def _same(earlier: Visit, plan: Plan) -> Visit:
    if earlier.purpose != plan.purpose.strip()[:160]:
        raise Conflict(_("提交编号已用于另一次走访。"), advice=_("请刷新后重新填写。"))
    return earlier
