"""Confirm a draft 审核确认, send it back 退回, withdraw it 撤回."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import version_to_edit, version_to_publish
from songda.deliveries.policy.library.models import ImplementingRuleVersion, MeasureVersion
from songda.deliveries.policy.library.queries import lacks
from songda.deliveries.policy.library.states import MEASURE
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.machines import move
from songda.registry.actors import Actor
from songda.registry.rulebook import actions as rulebook


@transaction.atomic
def confirm_measure(version_id: int, *, by: Actor, now: dt.datetime) -> MeasureVersion:
    """An editor stands for a draft: nothing is missing (POL-02, POL-19), its rule passes its cases and is signed."""
    version = version_to_edit(version_id, by)
    refuse_nobody(by)
    refuse_step(version, "confirm")
    refuse_incomplete(version)
    rule = version.rule_version
    if rule is not None and rule.signed_at is None:
        rulebook.sign_rule(rule.pk, by=by, now=now)
    move(MEASURE, version, "confirm", confirmed_by=by.account_id, confirmed_at=now, edited_by=by.account_id, edited_at=now)
    record("policy.confirm", version, by=by, now=now, before={"state": "draft"}, after={"state": "reviewed"})
    return version


@transaction.atomic
def return_measure(version_id: int, *, reason: str, by: Actor, now: dt.datetime) -> MeasureVersion:
    """The publisher sends a confirmed version back to be mended, and says why."""
    version = version_to_publish(version_id, by)
    reason = required_reason(reason)
    move(MEASURE, version, "return", confirmed_by=None, confirmed_at=None)
    record("policy.return", version, by=by, now=now, before={"state": "reviewed"}, after={"state": "draft", "reason": reason})
    return version


@transaction.atomic
def withdraw_measure(version_id: int, *, reason: str, by: Actor, now: dt.datetime) -> MeasureVersion:
    """Take back a version that was not published: a promise that is none, or the same as another."""
    version = version_to_edit(version_id, by)
    reason, before = required_reason(reason), version.state
    move(MEASURE, version, "withdraw", edited_by=by.account_id, edited_at=now)
    record("policy.withdraw", version, by=by, now=now, before={"state": before}, after={"state": "withdrawn", "reason": reason})
    return version


def refuse_step(version: MeasureVersion | ImplementingRuleVersion, name: str) -> None:
    """Conflict where the state does not allow the step, before anything else is looked at (`move` decides in the end)."""
    if not MEASURE.allows(name, version.state):
        values = {"step": MEASURE.step(name).label, "state": MEASURE.states[version.state], "title": version.title}
        message = _("“%(title)s”当前为“%(state)s”，不能“%(step)s”。") % values
        raise Conflict(message, advice=_("请刷新页面，查看他人刚刚的办理结果。"))


def refuse_incomplete(version: MeasureVersion) -> None:
    """Invalid with every lack by field."""
    missing = lacks(version)
    if missing:
        message = _("“%(title)s”还不完整。") % {"title": version.title}
        raise Invalid(message, advice=_("请补齐后再办理。"), fields=missing, code="incomplete")


def refuse_nobody(by: Actor) -> None:
    """Standing for a measure takes a person with an account: otherwise two persons could not be told apart."""
    if by.account_id is None:
        raise NotPermitted(_("审核与发布须由本人登录办理，系统不能代办。"))


def required_reason(reason: str) -> str:
    """The reason, refused when empty."""
    if not reason.strip():
        raise Invalid(_("请写明理由。"), fields={"reason": _("理由不能为空。")})
    return reason.strip()[:200]
