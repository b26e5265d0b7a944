"""Legal holds 暂停销毁: placed with a reason, lifted with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.office.retention.access import case_numbered, firm_numbered, hold_for
from songda.office.retention.models import Hold
from songda.office.retention.rules.table import HOLDINGS
from songda.registry.actors import Actor, require


@dataclass(frozen=True, slots=True)
class NewHold:
    """What is held: one of a firm (credit code or local number), a matter (its number), a holding (its code)."""

    reason: str
    firm: str = ""
    case: str = ""
    holding: str = ""


@transaction.atomic
def place_hold(new: NewHold, *, by: Actor, now: dt.datetime) -> Hold:
    """Hold back whatever belongs to one firm, one matter or one holding, from this moment on, approved lists included."""
    require(by, "retention.hold")
    if sum(map(bool, (new.firm, new.case, new.holding))) != 1:
        raise Invalid(_("请写明暂停销毁的对象：企业、事项或门类，只填一项。"), fields={"firm": _("三项中只填一项。")})
    if not new.reason.strip():
        raise Invalid(_("请写明事由和来文。"), fields={"reason": _("如：某院协助调查函〔2026〕1号。")})
    if new.holding and new.holding not in HOLDINGS:
        raise Invalid(_("没有这个门类。"), fields={"holding": _("请从列表选择。")})
    made = Hold.objects.create(
        subject=firm_numbered(new.firm) if new.firm else None, case=case_numbered(new.case) if new.case else None,
        holding=new.holding, reason=new.reason.strip()[:200], placed_at=now, placed_by=by.account_id, placed_name=by.name,
    )  # fmt: skip
    after = {"subject": made.subject_id, "case": made.case_id, "holding": made.holding, "reason": made.reason}
    record("retention.hold", made, by=by, now=now, after=after)
    return made


@transaction.atomic
def lift_hold(hold_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Hold:
    """End a hold. What was held comes up on the next list."""
    require(by, "retention.hold")
    hold, told = hold_for(hold_id), reason.strip()[:200]
    if not told:
        raise Invalid(_("请写明解除的事由。"), fields={"reason": _("请写明事由和来文。")})
    if Hold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=now, lifted_name=by.name, lifted_reason=told) != 1:
        raise Conflict(_("这项暂停销毁已经解除。"))
    hold.refresh_from_db()
    record("retention.lift", hold, by=by, now=now, after={"reason": told})
    return hold
