"""Service packages by grade 服务包: declared, used within their quota, queued beyond it and served when a new period begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.helping import queries
from songda.deliveries.service.helping.access import area_of, subject_of_own_or_scope
from songda.deliveries.service.helping.models import Entitlement, ServicePackage, Usage
from songda.deliveries.service.helping.rules.entitlements import free_slot, period_start
from songda.deliveries.service.helping.states import Period, UsageState
from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.registry.actors import Actor, require
from songda.registry.subjects.models import Subject

Right = tuple[str, int, str]  # service, quota, period
LEAST_ASPECTS = 3  # 从帮助招募员工、政策资金支持、量身定制方案等多方面


@transaction.atomic
def declare_package(grade: str, title: str, rights: Sequence[Right], *, by: Actor, now: dt.datetime) -> ServicePackage:
    """Declare what a grade is entitled to from today; the package before it ends. At least three services."""
    require(by, "teams.edit")
    if len({service for service, _quota, _period in rights}) < LEAST_ASPECTS or not grade.strip() or not title.strip():
        raise Invalid(_("服务包至少含三项不同的服务。"), fields={"rights": _("每行一项：服务，次数，周期。")})
    if any(quota < 1 or period not in Period.values for _service, quota, period in rights):
        raise Invalid(_("次数至少为 1，周期为每月、每季度或每年。"), fields={"rights": _("请核对。")})
    today, area = day_of(now), area_of(by)
    ServicePackage.objects.filter(area_path=area, grade=grade.strip(), ends_on=None).update(ends_on=today)
    made = ServicePackage.objects.create(grade=grade.strip(), title=title.strip()[:60], area_path=area, starts_on=today)
    Entitlement.objects.bulk_create(
        [Entitlement(package=made, service=service.strip()[:60], quota=quota, period=period) for service, quota, period in rights]
    )
    record("package.declare", made, by=by, now=now, after={"grade": made.grade, "rights": [list(right) for right in rights]})
    return made


@transaction.atomic
def request_service(entitlement_id: int, *, by: Actor, now: dt.datetime, subject_id: int | None = None, note: str = "") -> Usage:
    """Ask for a service of the firm's package: arranged while the quota lasts, queued beyond it. NotPermitted outside its package."""
    require(by, "firm.act", "cases.file")
    subject = Subject.objects.get(pk=subject_of_own_or_scope(subject_id, by))
    today = day_of(now)
    package = queries.package_of(subject, today).package
    right = Entitlement.objects.filter(pk=entitlement_id, package=package).first() if package else None
    if right is None:
        raise NotPermitted(_("这项服务不在企业现在的服务包内。"), advice=_("请从服务包页面选择。"))
    made = _placed(
        Usage(entitlement=right, subject=subject, asked_at=now, asked_name=by.name, note=note.strip()[:200]), right, today
    )
    record("package.request", made, by=by, now=now, after={"service": right.service, "state": made.state, "slot": made.slot})
    return made


def _placed(usage: Usage, right: Entitlement, today: dt.date) -> Usage:
    """Save a usage in the first free place of the period, or in the queue. Two at once: the index lets one have the place."""
    usage.period_on = period_start(right.period, today)
    for _try in range(right.quota + 1):
        taken = Usage.objects.filter(
            entitlement=right, subject_id=usage.subject_id, period_on=usage.period_on, slot__isnull=False
        )
        held = {slot for slot in taken.values_list("slot", flat=True) if slot is not None}
        usage.slot = free_slot(right.quota, held)
        set_place(usage, UsageState.USED if usage.slot else UsageState.QUEUED)
        try:
            with transaction.atomic():
                usage.save()
        except IntegrityError:  # somebody else took the place first
            continue
        return usage
    raise Conflict(_("名额刚刚被占用。"), advice=_("请再试一次。"))


def set_place(usage: Usage, place: UsageState) -> None:
    """Say whether a usage has a place or waits, before it is written together with its slot."""
    vars(usage)["state"] = place.value


def serve_queue(*, now: dt.datetime) -> int:
    """Give those who wait a place of the present period, the longest waiting first; how many. A firm whose grade changed is passed over."""
    today, served = day_of(now), 0
    waiting = (
        Usage.objects.filter(state=UsageState.QUEUED).select_related("entitlement__package", "subject").order_by("asked_at", "pk")
    )
    for usage in waiting[:1000]:
        package = queries.package_of(usage.subject, today).package
        if package is None or package.pk != usage.entitlement.package_id:
            continue
        with transaction.atomic():
            served += _placed(usage, usage.entitlement, today).slot is not None
    return served
