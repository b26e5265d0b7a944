"""Freeze a denominator 固定分母 at a base day, and change it only as a new version with a reason."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.office.resumption.access import denominators_visible_to, must
from songda.office.resumption.models import Denominator
from songda.office.resumption.queries.figures import figures_at
from songda.office.resumption.states import Population, Variant
from songda.registry.actors import Actor
from songda.registry.organisations.access import organisation_for


@transaction.atomic
def freeze_denominator(
    organisation_id: int, counted: tuple[str, str], base_on: dt.date, *, by: Actor, now: dt.datetime, reason: str = ""
) -> Denominator:
    """Count who is due in a unit on a day by (population, variant) and keep the number. From the second time on a reason is needed."""
    must(by, "resumption.control")
    unit, (population, variant) = organisation_for(organisation_id, by), counted
    if not by.works_in(unit.area_path):
        raise NotPermitted(_("所选单位不在您的管辖范围内。"))
    if population not in Population.values or variant not in Variant.values or base_on > day_of(now):
        raise Invalid(_("请选择总体和口径，基准日不晚于今天。"), fields={"base_on": _("请核对日期。")})
    last = (
        denominators_visible_to(by).filter(organisation=unit, population=population, variant=variant).order_by("-number").first()
    )
    if last is not None and not reason.strip():
        raise Invalid(_("变更固定分母须说明原因。"), fields={"reason": _("例如：负面清单调整，移出 12 家。")})
    found = figures_at(unit.area_path, population, variant, on=base_on)
    try:
        with transaction.atomic():
            made = Denominator.objects.create(
                organisation=unit, area_path=unit.area_path, population=population, variant=variant,
                number=last.number + 1 if last else 1, base_on=base_on, subjects=found.due, people=found.people_due,
                reason=reason.strip()[:200] if last else "", set_at=now, set_name=by.name,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("固定分母刚刚被他人变更。"), advice=_("请刷新页面查看。")) from error
    was = {"subjects": last.subjects, "people": last.people} if last else None
    record("denominator.freeze", made, by=by, now=now, before=was, after={"subjects": made.subjects, "people": made.people})
    return made
