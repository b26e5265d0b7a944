"""One contact more than the budget 超次批准: the dispatcher's word with its reason, or no."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.visits.access import approach_to_approve
from songda.deliveries.service.visits.actions.places import count_it
from songda.deliveries.service.visits.models import Approach, Visit
from songda.deliveries.service.visits.states import COMING, VISIT
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.machines import move
from songda.registry.actors import Actor


@transaction.atomic
def approve_extra_contact(approach_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Approach:
    """Let a waiting contact through, with the reason kept beside it. The planner cannot approve its own."""
    approach = _waiting(approach_id, reason, by)
    if approach.post_id in by.posts:
        raise Conflict(_("不能批准自己安排的联系。"), advice=_("请由另一位统筹调度员批准。"))
    approach.approved_by, approach.approved_name, approach.approved_at = by.account_id, by.name, now
    approach.approval_reason = reason.strip()[:200]
    count_it(approach, extra=True)
    record("visit.approve_extra", approach, by=by, now=now, after={"place": approach.place, "reason": approach.approval_reason})
    return approach


@transaction.atomic
def refuse_extra_contact(approach_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Approach:
    """Say no: the contact ends; a visit that loses its last firm by it is cancelled."""
    approach = _waiting(approach_id, reason, by)
    Approach.objects.filter(pk=approach.pk).update(ended_at=now, approval_reason=reason.strip()[:200], approved_name=by.name)
    visit = approach.stop.visit if approach.stop else None
    if visit is not None and visit.state in COMING and not _others(visit, approach):
        move(VISIT, visit, "cancel", reason=_("超次联系未获批准：%(why)s") % {"why": reason.strip()[:150]})
        record("visit.cancel", visit, by=by, now=now, after={"reason": visit.reason})
    record("visit.refuse_extra", approach, by=by, now=now, after={"reason": reason.strip()[:200]})
    approach.refresh_from_db()
    return approach


def _waiting(approach_id: int, reason: str, by: Actor) -> Approach:
    approach = approach_to_approve(approach_id, by)
    if not reason.strip():
        raise Invalid(_("请写明理由。"), fields={"reason": _("企业和走访单位都会看到。")})
    if not approach.waits:
        raise Conflict(_("这条联系不在等待批准。"), advice=_("请刷新页面。"))
    return approach


def _others(visit: Visit, approach: Approach) -> bool:
    return visit.stops.exclude(pk=approach.stop_id or 0).exists()
