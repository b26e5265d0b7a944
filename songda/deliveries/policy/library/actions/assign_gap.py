"""Hand out missing rules 交办缺口: to a department with a day; or say that a measure needs no rules, and why."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import require, version_for, version_to_publish
from songda.deliveries.policy.library.actions.changes import put
from songda.deliveries.policy.library.models import GapAssignment, Measure
from songda.deliveries.policy.library.queries import covered_by
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor, require_area
from songda.registry.organisations.models import Organisation


@transaction.atomic
def assign_gap(
    version_id: int, *, area_path: str, department: Organisation, due_on: dt.date, by: Actor, now: dt.datetime
) -> GapAssignment:
    """A department owes the rules of a published measure in a territory by a day. Said again, it moves to the new one and day."""
    require(by, "policy.edit")
    require_area(by, area_path)
    version, today = version_for(version_id, by), clock.day_of(now)
    if version.state != "published" or version.measure.no_rule or covered_by(version.measure, today, area_path):
        raise Conflict(_("“%(title)s”不缺实施细则，无须交办。") % {"title": version.title}, advice=_("请刷新页面。"))
    if due_on < today:
        raise Invalid(_("应交日期早于今天。"), fields={"due_on": _("请选今天或以后的日期。")})
    said = {"department": department.pk, "due_on": str(due_on)}
    open_one = GapAssignment.objects.filter(measure=version.measure, area_path=area_path, closed_at=None).first()
    if open_one is None:
        open_one = GapAssignment.objects.create(
            measure=version.measure, area_path=area_path, department=department, due_on=due_on, assigned_by=by.account_id,
            assigned_at=now,
        )  # fmt: skip
        record("policy.assign_gap", open_one, by=by, now=now, after={"measure": version.measure.code, **said})
        return open_one
    changes = {"department": department, "due_on": due_on, "assigned_by": by.account_id, "assigned_at": now}
    before, after = put(open_one, changes, changes, closed_at=None)
    record("policy.assign_gap", open_one, by=by, now=now, before=before, after=after)
    return open_one


@transaction.atomic
def waive_rule(version_id: int, *, reason: str, by: Actor, now: dt.datetime) -> Measure:
    """Say that nothing is applied for under a measure, so that it needs no implementing rules (免申即享, 普惠服务); an empty reason
    takes it back. A publisher's word, for it takes the measure off the list of what is missing."""
    measure = version_to_publish(version_id, by).measure
    before, after = put(measure, {"no_rule": reason.strip()[:200]}, {"no_rule"})
    if after:
        record("policy.waive_rule", measure, by=by, now=now, before=before, after=after)
    return measure
