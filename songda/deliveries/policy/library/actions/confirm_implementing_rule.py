"""Confirm implementing rules 审核细则, send them back 退回, withdraw them 撤回: as for measures, by the same machine."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import rule_to_change
from songda.deliveries.policy.library.actions.confirm_measure import refuse_nobody, refuse_step, required_reason
from songda.deliveries.policy.library.models import ImplementingRuleVersion
from songda.deliveries.policy.library.queries import rule_lacks
from songda.deliveries.policy.library.states import MEASURE
from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid
from songda.kernel.machines import move
from songda.registry.actors import Actor


@transaction.atomic
def confirm_implementing_rule(version_id: int, *, by: Actor, now: dt.datetime) -> ImplementingRuleVersion:
    """An editor stands for a draft: nothing is missing that a firm would need."""
    version = rule_to_change(version_id, by, "policy.edit")
    refuse_nobody(by)
    refuse_step(version, "confirm")
    refuse_lacking(version)
    move(MEASURE, version, "confirm", confirmed_by=by.account_id, confirmed_at=now, edited_by=by.account_id, edited_at=now)
    record("policy.confirm_rule", version, by=by, now=now, before={"state": "draft"}, after={"state": "reviewed"})
    return version


@transaction.atomic
def return_implementing_rule(version_id: int, *, reason: str, by: Actor, now: dt.datetime) -> ImplementingRuleVersion:
    """The publisher sends a confirmed version back, and says why."""
    version = rule_to_change(version_id, by, "policy.publish")
    reason = required_reason(reason)
    move(MEASURE, version, "return", confirmed_by=None, confirmed_at=None)
    after = {"state": "draft", "reason": reason}
    record("policy.return_rule", version, by=by, now=now, before={"state": "reviewed"}, after=after)
    return version


@transaction.atomic
def withdraw_implementing_rule(version_id: int, *, reason: str, by: Actor, now: dt.datetime) -> ImplementingRuleVersion:
    """Take back a version that was not published."""
    version = rule_to_change(version_id, by, "policy.edit")
    reason, before = required_reason(reason), version.state
    move(MEASURE, version, "withdraw", edited_by=by.account_id, edited_at=now)
    after = {"state": "withdrawn", "reason": reason}
    record("policy.withdraw_rule", version, by=by, now=now, before={"state": before}, after=after)
    return version


def refuse_lacking(version: ImplementingRuleVersion) -> None:
    """Invalid with every lack by field."""
    missing = rule_lacks(version)
    if missing:
        message = _("“%(title)s”还不完整。") % {"title": version.title}
        raise Invalid(message, advice=_("请补齐后再办理。"), fields=missing, code="incomplete")
