"""Publish implementing rules 发布细则 by a second person, and end them 废止; the assignments they answer are closed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import rule_to_change
from songda.deliveries.policy.library.actions.confirm_implementing_rule import refuse_lacking
from songda.deliveries.policy.library.actions.confirm_measure import refuse_nobody, refuse_step, required_reason
from songda.deliveries.policy.library.actions.publish_measure import refuse_same_person
from songda.deliveries.policy.library.models import GapAssignment, ImplementingRuleVersion
from songda.deliveries.policy.library.states import MEASURE
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid
from songda.kernel.machines import move
from songda.kernel.screens.templatetags.screens import day
from songda.registry.actors import Actor

DAY = dt.timedelta(days=1)


@transaction.atomic
def publish_implementing_rule(version_id: int, *, by: Actor, now: dt.datetime) -> ImplementingRuleVersion:
    """Put a confirmed version in force from its day (without one: today). The version before it ends the day before."""
    version = rule_to_change(version_id, by, "policy.publish")
    refuse_nobody(by)
    refuse_step(version, "publish")
    refuse_same_person(version, by)
    refuse_lacking(version)
    begins = version.valid_from or clock.day_of(now)
    older = ImplementingRuleVersion.objects.filter(rule=version.rule, state="published").first()
    if older is not None:
        supersede(older, begins, by, now)
    move(MEASURE, version, "publish", published_by=by.account_id, published_at=now, valid_from=begins)
    after = {"state": "published", "valid_from": str(begins)}
    record("policy.publish_rule", version, by=by, now=now, before={"state": "reviewed"}, after=after)
    close_assignments(version, by, now)
    return version


@transaction.atomic
def end_implementing_rule(
    version_id: int, *, until: dt.date, reason: str, by: Actor, now: dt.datetime
) -> ImplementingRuleVersion:
    """Repeal published rules 废止 with no successor: in force until the given day, not longer."""
    version = rule_to_change(version_id, by, "policy.publish")
    refuse_nobody(by)
    refuse_step(version, "supersede")
    reason = required_reason(reason)
    if version.valid_from and until < version.valid_from:
        raise Invalid(_("失效日期早于施行日期。"), fields={"valid_until": _("请核对日期。")})
    move(MEASURE, version, "supersede", valid_until=until)
    after = {"state": "superseded", "valid_until": str(until), "reason": reason}
    record("policy.end_rule", version, by=by, now=now, before={"state": "published"}, after=after)
    return version


def supersede(older: ImplementingRuleVersion, begins: dt.date, by: Actor, now: dt.datetime) -> None:
    """End a version the day before the next one begins, unless it ended earlier. Both are then found for their own days."""
    if older.valid_from is None or begins <= older.valid_from:
        message = _("新版的施行日期应晚于现行版的施行日期（%(day)s）。") % {"day": day(older.valid_from)}
        raise Invalid(message, advice=_("请退回修改施行日期。"), fields={"valid_from": _("请核对日期。")}, code="not_later")
    until = min(begins - DAY, older.valid_until or dt.date.max)
    move(MEASURE, older, "supersede", valid_until=until)
    after = {"state": "superseded", "valid_until": str(until)}
    record("policy.supersede_rule", older, by=by, now=now, before={"state": "published"}, after=after)


def close_assignments(version: ImplementingRuleVersion, by: Actor, now: dt.datetime) -> None:
    """What was owed is delivered: assignments for its measures within its territory."""
    measures = version.coverages.values("measure_id")
    owed = GapAssignment.objects.filter(measure__in=measures, area_path__startswith=version.area_path, closed_at=None)
    for one in owed:
        one.closed_by, one.closed_at = version, now
        one.save(update_fields=["closed_by", "closed_at"])
        record("policy.close_gap", one, by=by, now=now, after={"closed_by": version.pk, "due_on": str(one.due_on)})
