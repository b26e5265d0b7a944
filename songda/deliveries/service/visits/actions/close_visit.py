"""Closing, calling off and merging visits."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.visits.access import visit_for, visit_to_do
from songda.deliveries.service.visits.actions.answer_visit import settle
from songda.deliveries.service.visits.actions.places import give_back
from songda.deliveries.service.visits.models import Approach, Attendee, Stop, Visit
from songda.deliveries.service.visits.queries.closing import lacks_of
from songda.deliveries.service.visits.rules.answers import OUT
from songda.deliveries.service.visits.states import COMING, VISIT, Reply, VisitKind
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.machines import move
from songda.registry.actors import Actor


@transaction.atomic
def close_visit(visit_id: int, *, by: Actor, now: dt.datetime) -> Visit:
    """Close a recorded visit. Conflict with every sentence of what is missing: an issue without a ledger row above all (SVC-05)."""
    visit = visit_to_do(visit_id, by)
    lacks = lacks_of(visit)
    if lacks:
        raise Conflict(_("还不能办结：%(lacks)s") % {"lacks": "".join(lacks)}, advice=_("补齐后再办结。"))
    move(VISIT, visit, "close", closed_at=now)
    record("visit.close", visit, by=by, now=now, after={"state": visit.state})
    return visit


@transaction.atomic
def cancel_visit(visit_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Visit:
    """Call a visit off, with the reason the firm reads; its places of the month are free again."""
    visit = visit_to_do(visit_id, by)
    if not reason.strip():
        raise Invalid(_("请写明取消理由，企业会看到。"), fields={"reason": _("例如：改期、已电话解决。")})
    move(VISIT, visit, "cancel", reason=reason.strip()[:200])
    give_back(Approach.objects.filter(stop__visit=visit), now=now)
    record("visit.cancel", visit, by=by, now=now, after={"reason": visit.reason})
    return visit


@transaction.atomic
def merge_visits(kept_id: int, other_id: int, *, by: Actor, now: dt.datetime) -> Visit:
    """Make one joint visit of two: the firms of both are visited once, by both. Firms that only the other visits stay with it; when
    none is left, the other is called off. Made by who makes one of them; the people of the other come along.
    """
    kept, other = visit_to_do(kept_id, by), visit_for(other_id, by)
    if kept.pk == other.pk or {kept.state, other.state} - set(COMING):
        raise Conflict(_("只有尚未开始的两次走访可以合并。"))
    shared = other.stops.filter(subject__in=kept.stops.exclude(reply__in=OUT).values("subject")).exclude(reply__in=OUT)
    ids = list(shared.values_list("pk", flat=True))
    if not ids:
        raise Conflict(_("两次走访没有共同的企业。"), advice=_("请选择走访同一企业的另一部门。"))
    Stop.objects.filter(pk__in=ids).update(reply=Reply.MERGED)
    give_back(Approach.objects.filter(stop__in=ids), now=now)
    Visit.objects.filter(pk=kept.pk).update(kind=VisitKind.JOINT)
    come = {other.post_id, *other.attendees.values_list("post_id", flat=True)} - {kept.post_id}
    Attendee.objects.bulk_create([Attendee(visit=kept, post_id=one) for one in come], ignore_conflicts=True)
    if other.stops.exclude(reply__in=OUT).exists():
        settle(other, by=by, now=now)
    else:
        move(VISIT, other, "cancel", merged_into=kept, reason=_("并入%(unit)s的联合走访") % {"unit": kept.unit})
    record("visit.merge", kept, by=by, now=now, after={"other": other.pk, "stops": len(ids)})
    kept.refresh_from_db()
    return kept
