"""Telling programs that something has happened 发布事件, in the transaction in which it happens."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.ledger.notices.access import link_digest
from songda.ledger.notices.models import Event, Hook, Notice, NoticeDelivery
from songda.ledger.notices.queries.channels import site
from songda.ledger.notices.rules.events import KINDS, VERSION, Happened
from songda.ledger.notices.states import WEBHOOK, Lane
from songda.registry.actors import Actor
from songda.registry.people.models import Post
from songda.registry.people.queries import actor_for
from songda.registry.people.rules import holds_on

Sight = Callable[[Actor], QuerySet[Any]]


def announce(what: Happened, sees: Sight, *, now: dt.datetime) -> int:
    """Tell the hooks that asked for it and whose post may see it; how many. They are sent within a minute (job
    `notices.hooks`).

    `sees` is the thing as the room's own access finds it, asked for each such post: a program learns of nothing that its owner could not open.
    """
    if not settings.HOOK_HOSTS:
        return 0
    live = Hook.objects.filter(paused_at=None, closed_at=None)
    hooks = live.select_related("post__person__account", "post__organisation", "post__subject").order_by("pk")
    on = clock.day_of(now)
    told = [one for one in hooks if what.type in one.events and may_hear(one.post, what.type, sees, on)]
    return tell(told, what, now=now)


def tell(hooks: Iterable[Hook], what: Happened, *, now: dt.datetime) -> int:
    """Write the event, and one delivery for each hook; how many."""
    told = list(hooks)
    if not told:
        return 0
    link = {"link": f"{site()}{what.page}"} if what.page else {}
    event = Event.objects.create(
        number=f"evt_{uuid.uuid4().hex}", type=what.type, version=VERSION, at=now, data={**what.data, **link}
    )
    for hook in told:
        _queue(hook, event, now)
    return len(told)


def may_hear(post: Post, type_: str, sees: Sight, on: dt.date) -> bool:
    """Whether a post may see today what an event of a type speaks of."""
    if not is_present(post, on):
        return False
    actor = actor_for(post, on=on)
    return bool(KINDS[type_].permissions & actor.permissions) and sees(actor).exists()


def is_present(post: Post, on: dt.date) -> bool:
    """Whether a post holds on a day, and its account is open."""
    account = getattr(post.person, "account", None)
    return holds_on(post.starts_on, post.ends_on, on) and account is not None and account.is_active


def _queue(hook: Hook, event: Event, now: dt.datetime) -> None:
    seat = hook.post.organisation or hook.post.subject
    area_path, key = seat.area_path if seat else "", f"{event.number}.{hook.pk}"
    digest = hashlib.sha256(event.number.encode()).hexdigest()
    notice = Notice.objects.create(
        post=hook.post,
        area_path=area_path,
        cause=key,
        title=str(KINDS[event.type].label) or _("事件"),
        body_digest=digest,
        created_at=now,
    )
    NoticeDelivery.objects.create(
        notice=notice, post_id=hook.post_id, hook=hook, event=event, channel=WEBHOOK, lane=int(Lane.REPLY), members=1,
        area_path=area_path, key=key, next_at=now, link_digest=link_digest(key),
    )  # fmt: skip
