"""Plan and actual output by the week (SVC-56), kept by the firm or its officer; a bottleneck becomes a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.demands.actions import NewDemand, file_demand
from songda.deliveries.service.visits.access import must_keep_production, production_for
from songda.deliveries.service.visits.models import Production, ProductionWeek
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.states import Origin
from songda.registry.actors import Actor
from songda.registry.subjects.access import subject_for


@dataclass(frozen=True, slots=True)
class Made:
    """A week as told: planned and actual output in whole units of the plan (None: not known yet), what stood in the way."""

    monday: dt.date
    planned: int
    actual: int | None = None
    bottleneck: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan stands on: the product, its unit, the week's output before the epidemic (`normal`), the designed capacity."""

    product: str
    unit: str
    normal: int
    capacity: int


@transaction.atomic
def begin_production(subject_id: int, basis: Basis, *, by: Actor, now: dt.datetime) -> Production:
    """Begin a plan for a product of a firm."""
    must_keep_production(by)
    subject = subject_for(subject_id, by)
    if not basis.product.strip() or not basis.unit.strip() or basis.normal <= 0 or basis.capacity <= 0:
        raise Invalid(_("请填写产品、单位、疫前周产量和设计周产能。"), fields={"product": _("四项都须填写。")})
    try:
        with transaction.atomic():
            made = Production.objects.create(
                subject=subject,
                product=basis.product.strip()[:80],
                unit=basis.unit.strip()[:16],
                normal=basis.normal,
                capacity=basis.capacity,
                demonstration=subject.demonstration,
            )
    except IntegrityError as error:
        raise Conflict(_("该产品已有生产计划。"), advice=_("请在原计划中填写。")) from error
    record(
        "production.begin",
        made,
        by=by,
        now=now,
        after={"product": made.product, "normal": basis.normal, "capacity": basis.capacity},
    )
    return made


@transaction.atomic
def report_week(production_id: int, made: Made, *, by: Actor, now: dt.datetime) -> ProductionWeek:
    """Write a week, again if need be: figures are as last told, each telling is in the trail. A bottleneck is filed once a week."""
    must_keep_production(by)
    production = production_for(production_id, by)
    if made.monday.weekday() != 0 or made.planned < 0 or (made.actual or 0) < 0:
        raise Invalid(_("请选择周一，产量不能为负。"), fields={"monday": _("每周从周一起。")})
    told = {"planned": made.planned, "actual": made.actual, "bottleneck": made.bottleneck.strip()[:200]}
    week, _made = ProductionWeek.objects.update_or_create(production=production, monday=made.monday, defaults=told)
    if week.bottleneck and week.case_id is None:
        new = NewDemand(
            title=_("%(product)s生产瓶颈：%(what)s") % {"product": production.product, "what": week.bottleneck[:100]},
            text=week.bottleneck,
            origin=Origin.OFFICER.value,
            channel="visit",
        )
        messenger = by if by.subject_id is not None else replace(by, permissions=by.permissions | {"cases.file"})
        key = f"bottleneck-{week.pk}"
        case = file_demand(production.subject_id, new, by=messenger, now=now, request_key=key)
        ProductionWeek.objects.filter(pk=week.pk).update(case=case)
    record("production.week", production, by=by, now=now, after={"monday": made.monday.isoformat(), **told})
    week.refresh_from_db()
    return week
