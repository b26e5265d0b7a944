"""Approve, reject or withdraw a purge. Who proposed it never approves it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid, NotPermitted
from songda.kernel.machines import move
from songda.office.retention.access import purge_for
from songda.office.retention.models import Purge, PurgeLine
from songda.office.retention.states import PURGE
from songda.registry.actors import Actor, require


@transaction.atomic
def approve_purge(purge_id: int, *, by: Actor, now: dt.datetime) -> Purge:
    """Let a list be carried out; the job takes it from here. Each record is looked at again before it goes."""
    require(by, "retention.approve")
    purge = purge_for(purge_id)
    check_another(purge, by)
    move(PURGE, purge, "approve", decided_at=now, decided_by=by.account_id, decided_name=by.name)
    record("retention.approve", purge, by=by, now=now, after={"due": due_of(purge)})
    return purge


def check_another(purge: Purge, by: Actor) -> None:
    """NotPermitted for who proposed it, whatever post is held by now."""
    if by.account_id is None or by.account_id == purge.proposed_by:
        raise NotPermitted(_("销毁须由提出人以外的人批准。"), advice=_("请交审计管理员办理。"))


@transaction.atomic
def reject_purge(purge_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Purge:
    """Refuse a list, with a reason. Nothing of it is touched."""
    require(by, "retention.approve")
    return _ended(purge_id, "reject", reason, by, now)


@transaction.atomic
def withdraw_purge(purge_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Purge:
    """Take one's list back before it is approved."""
    require(by, "retention.propose")
    return _ended(purge_id, "withdraw", reason, by, now)


def _ended(purge_id: int, step: str, reason: str, by: Actor, now: dt.datetime) -> Purge:
    purge, told = purge_for(purge_id), reason.strip()[:200]
    if not told:
        raise Invalid(_("请写明原因。"), fields={"reason": _("请写明原因。")})
    move(PURGE, purge, step, decided_at=now, decided_by=by.account_id, decided_name=by.name, decided_reason=told)
    PurgeLine.objects.filter(purge=purge).update(standing=False)
    record(f"retention.{step}", purge, by=by, now=now, after={"reason": told})
    return purge


def due_of(purge: Purge) -> dict[str, int]:
    """How many records are on the list, by holding."""
    return dict(purge.lines.values_list("holding", "due"))
