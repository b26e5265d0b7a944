"""Keeping a hook: opened by a post for itself, paused, resumed, given another secret, closed; what failed is sent again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.machines import move
from songda.kernel.sealing import sealed
from songda.ledger.notices.access import hook_delivery_for, hook_for, own_hook
from songda.ledger.notices.actions.announce import tell
from songda.ledger.notices.actions.hook_letters import SALT
from songda.ledger.notices.models import Hook, NoticeDelivery
from songda.ledger.notices.rules import hooks
from songda.ledger.notices.rules.events import PING, Happened, heard_by
from songda.ledger.notices.rules.signing import new_secret
from songda.ledger.notices.states import DELIVERY
from songda.registry.actors import Actor

MOST = 10  # hooks of one post that are not closed


@dataclass(frozen=True, slots=True)
class OpenedHook:
    """A hook and its secret, shown this once."""

    hook: Hook
    secret: str


@transaction.atomic
def open_hook(label: str, url: str, events: Sequence[str], *, by: Actor, now: dt.datetime) -> OpenedHook:
    """Let a program be told of events that the post may see. Invalid for an address that is not allowed, or events that are not."""
    if by.post_id is None or not heard_by(by.permissions):
        raise NotPermitted(_("您的岗位没有可以推送的事件。"))
    faults = {}
    if fault := hooks.fault_of(url, settings.HOOK_HOSTS, loopback=settings.DEMONSTRATION):
        faults["url"] = _("%(fault)s。允许的主机由系统管理员在 SONGDA_HOOK_HOSTS 中设定。") % {"fault": fault}
    if not events or set(events) - set(heard_by(by.permissions)):
        faults["events"] = _("请选择本岗位可以看到的事件。")
    if not label.strip():
        faults["label"] = _("请填写名称。")
    if faults:
        raise Invalid(_("没有登记。"), fields=faults)
    if Hook.objects.filter(post_id=by.post_id, closed_at=None).count() >= MOST:
        raise Conflict(_("一个岗位最多 %(n)d 个推送。") % {"n": MOST}, advice=_("请先停用不再使用的。"))
    secret = new_secret()
    hook = Hook.objects.create(
        post_id=by.post_id,
        label=label.strip()[:80],
        url=url,
        events=sorted(set(events)),
        secret=sealed(secret, SALT),
        made_at=now,
    )
    record("hook.open", hook, by=by, now=now, after={"url": url, "events": hook.events})
    return OpenedHook(hook, secret)


@transaction.atomic
def rotate_secret(hook_id: int, *, by: Actor, now: dt.datetime) -> OpenedHook:
    """Give it another secret. For a day both sign, so that the program may change over in its own time."""
    hook, secret = own_hook(hook_id, by), new_secret()
    hook.old_secret, hook.old_until = hook.secret, now + hooks.OLD_SECRET_LIVES
    hook.secret = sealed(secret, SALT)
    hook.save(update_fields=["secret", "old_secret", "old_until"])
    record("hook.rotate", hook, by=by, now=now)
    return OpenedHook(hook, secret)


@transaction.atomic
def pause_hook(hook_id: int, *, by: Actor, now: dt.datetime) -> Hook:
    """Send nothing until it is resumed. What happens meanwhile is not kept for it."""
    hook = hook_for(hook_id, by)
    if not Hook.objects.filter(pk=hook.pk, paused_at=None, closed_at=None).update(
        paused_at=now, why=_("由%(name)s暂停") % {"name": by.name}
    ):
        raise Conflict(_("推送已经暂停或停用。"), advice=_("请刷新页面查看。"))
    record("hook.pause", hook, by=by, now=now)
    return hook


@transaction.atomic
def resume_hook(hook_id: int, *, by: Actor, now: dt.datetime) -> Hook:
    """Go on with it."""
    hook = own_hook(hook_id, by)
    changed = Hook.objects.filter(pk=hook.pk, closed_at=None).exclude(paused_at=None)
    if not changed.update(paused_at=None, failing_since=None, why=""):
        raise Conflict(_("推送没有暂停。"), advice=_("请刷新页面查看。"))
    record("hook.resume", hook, by=by, now=now)
    return hook


@transaction.atomic
def close_hook(hook_id: int, *, by: Actor, now: dt.datetime) -> Hook:
    """End it for good; its secrets are forgotten."""
    hook = hook_for(hook_id, by)
    told = {"closed_at": now, "why": _("由%(name)s停用") % {"name": by.name}, "secret": "", "old_secret": "", "old_until": None}
    if not Hook.objects.filter(pk=hook.pk, closed_at=None).update(**told):
        raise Conflict(_("推送已经停用。"), advice=_("请刷新页面查看。"))
    record("hook.close", hook, by=by, now=now)
    return hook


@transaction.atomic
def ping(hook_id: int, *, by: Actor, now: dt.datetime) -> Hook:
    """Send a test event to one hook."""
    hook = own_hook(hook_id, by)
    if hook.state not in ("live", "failing"):
        raise Conflict(_("推送已经暂停或停用。"))
    tell([hook], Happened(PING, {"hook": hook.pk}), now=now)
    record("hook.ping", hook, by=by, now=now)
    return hook


@transaction.atomic
def send_again(delivery_id: int, *, by: Actor, now: dt.datetime) -> NoticeDelivery:
    """Send once more what failed, or whose fate is unknown: the same number, so that the program tells it apart."""
    delivery = hook_delivery_for(delivery_id, by)
    before = delivery.state
    move(DELIVERY, delivery, "requeue", attempts=0, asks=0, next_at=now, failure="", held="")
    record("hook.again", delivery, by=by, now=now, before={"state": before}, after={"state": delivery.state})
    return delivery
