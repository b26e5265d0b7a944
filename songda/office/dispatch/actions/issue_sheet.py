"""Supervision sheets 督办单 written by hand, beside those of the ladder: for one case, to one unit, answered by it."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases.access import case_for
from songda.ledger.cases.actions import Said, step_case
from songda.ledger.cases.models import Alert
from songda.registry.actors import Actor
from songda.registry.organisations.access import organisation_for

BY_HAND, LEVEL = "督办", "人工签发"  # what the sheet and the timeline print where the ladder has a clock and a rung


@transaction.atomic
def issue_sheet(case_id: int, organisation_id: int, text: str, *, by: Actor, now: dt.datetime) -> Alert:
    """Supervise a case by hand: an urging step that says what is demanded, and a sheet with a number to the unit. Open cases only."""
    if not by.may("cases.decide"):
        raise NotPermitted(_("您当前的岗位不能签发督办单。"), advice=_("请由统筹调度员或分管领导签发。"))
    case, unit = case_for(case_id, by), organisation_for(organisation_id, by)
    if not text.strip():
        raise Invalid(_("请写明督办要求。"), fields={"text": _("要求做到什么、何时答复。")})
    step_case(case.pk, "urge", Said(note=text.strip(), used={"sheet": True, "to": unit.code}), by=by, now=now)
    cycle = Alert.objects.filter(case=case, clock=BY_HAND).count() + 1
    try:
        with transaction.atomic():
            made = Alert.objects.create(
                case=case, clock=BY_HAND, cycle=cycle, level=LEVEL, act="supervise", to="lead", organisation=unit, owed_at=now, at=now,
                area_path=case.area_path, sheet=f"{case.number}-督{cycle}",
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("刚刚已有人为该事项签发督办单。"), advice=_("请刷新后查看。")) from error
    record("sheet.issue", case, by=by, now=now, after={"sheet": made.sheet, "unit": unit.code, "text": text.strip()})
    return made
