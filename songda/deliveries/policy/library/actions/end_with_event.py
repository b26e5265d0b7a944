"""Say that an event has happened on which documents end 登记终止事件 (疫情结束): told by one person, confirmed by another, once."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import require, require_whole_place
from songda.deliveries.policy.library.models import EndEvent
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.registry.actors import Actor


@transaction.atomic
def tell_event(code: str, *, on: dt.date, reason: str, by: Actor, now: dt.datetime) -> EndEvent:
    """Tell that the event happened on a day, with the document that says so. Nothing ends before another person confirms it."""
    require(by, "policy.edit")
    require_whole_place(by)
    if not reason.strip():
        raise Invalid(_("请写明依据。"), advice=_("写明宣布该事件的文件或公告。"), fields={"reason": _("依据不能为空。")})
    if by.account_id is None:
        raise NotPermitted(_("系统不能登记终止事件。"), advice=_("请由政策编辑登记。"))
    try:
        with transaction.atomic():
            event = EndEvent.objects.create(code=code, on=on, reason=reason.strip()[:300], told_by=by.account_id, told_at=now)
    except IntegrityError as error:
        raise Conflict(
            _("这一事件已经登记，不能再登记。"), advice=_("尚未确认的登记可以撤回后重新登记。"), code="told"
        ) from error
    record("policy.tell_event", event, by=by, now=now, after={"code": code, "on": str(on), "reason": event.reason})
    return event


@transaction.atomic
def confirm_event(event_id: int, *, by: Actor, now: dt.datetime) -> EndEvent:
    """Confirm it: from the day after, documents and measures that end with it are over. It cannot be undone or set again."""
    require(by, "policy.publish")
    require_whole_place(by)
    event = _told(event_id)
    if event.told_by == by.account_id or by.account_id is None:
        raise NotPermitted(_("登记人不能自己确认。"), advice=_("请交由另一位有发布权限的同事确认。"))
    changed = EndEvent.objects.filter(pk=event.pk, confirmed_at=None).update(confirmed_by=by.account_id, confirmed_at=now)
    if changed != 1:
        raise Conflict(_("这一事件已经确认，不能更改。"), code="confirmed")
    event.refresh_from_db()
    record("policy.confirm_event", event, by=by, now=now, after={"code": event.code, "on": str(event.on)})
    return event


@transaction.atomic
def take_back_event(event_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Take back what was told and not confirmed."""
    require(by, "policy.edit")
    require_whole_place(by)
    event = _told(event_id)
    record("policy.take_back_event", event, by=by, now=now, before={"code": event.code, "on": str(event.on)})
    if EndEvent.objects.filter(pk=event.pk, confirmed_at=None).delete()[0] != 1:
        raise Conflict(_("这一事件已经确认，不能更改。"), code="confirmed")


def _told(event_id: int) -> EndEvent:
    event = EndEvent.objects.filter(pk=event_id).first()
    if event is None:
        raise Conflict(_("这项登记已经撤回。"), advice=_("请刷新页面。"))
    return event
