"""The letter of a delivery to a program, and what its answers mean for the hook."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.sealing import opened
from songda.ledger.notices.actions.announce import is_present
from songda.ledger.notices.actions.channel_webhook import GONE
from songda.ledger.notices.actions.notify_posts import notify_posts
from songda.ledger.notices.models import Hook, NoticeDelivery
from songda.ledger.notices.rules.events import body_of
from songda.ledger.notices.rules.hooks import FAILS_FOR
from songda.ledger.notices.rules.letters import Letter, Word
from songda.ledger.notices.rules.outcomes import FIRST_WAIT, Fate, Outcome
from songda.registry.actors import system

SALT = "songda.notices.hook"


def hook_letter(delivery: NoticeDelivery, hook: Hook, *, now: dt.datetime) -> Letter:
    """The letter; without an address, and with the reason as its title, where the hook may not be called any more."""
    event = delivery.event
    why = fault_of_hook(hook, now)
    if event is None or why:
        return Letter("", delivery.key, why or _("没有事件"), "", "")
    text = body_of(event.number, event.type, event.version, event.at, event.data)
    return Letter(hook.url, event.number, event.type, text, "", secrets_of(hook, now))


def fault_of_hook(hook: Hook, now: dt.datetime) -> str:
    """Why a hook is not called: paused, closed, or its post has ended meanwhile."""
    if hook.closed_at is not None or hook.paused_at is not None:
        return _("推送已停用") if hook.closed_at else _("推送已暂停")
    return "" if is_present(hook.post, clock.day_of(now)) else _("登记推送的岗位已结束")


def secrets_of(hook: Hook, now: dt.datetime) -> tuple[str, ...]:
    """The secrets that sign now: the present one, and for a day the one before."""
    old = (hook.old_secret,) if hook.old_secret and hook.old_until is not None and hook.old_until > now else ()
    return tuple(opened(one, SALT) for one in (hook.secret, *old))


def note_answers(batch: Sequence[NoticeDelivery], outcomes: Sequence[Outcome], *, now: dt.datetime) -> None:
    """What a batch's answers mean for its hooks: one that takes something works; one that takes nothing is failing, rests until its
    own next try, and after days is paused; one that says 410 is closed."""
    by_hook: defaultdict[int, list[tuple[NoticeDelivery, Outcome]]] = defaultdict(list)
    for delivery, outcome in zip(batch, outcomes, strict=True):
        if delivery.hook_id is not None:
            by_hook[delivery.hook_id].append((delivery, outcome))
    for hook in Hook.objects.filter(pk__in=by_hook, closed_at=None, paused_at=None).select_related("post__person__account"):
        _note(hook, by_hook[hook.pk], now)


@transaction.atomic
def _note(hook: Hook, calls: Sequence[tuple[NoticeDelivery, Outcome]], now: dt.datetime) -> None:
    rows = Hook.objects.filter(pk=hook.pk)
    if not is_present(hook.post, clock.day_of(now)):
        stop(hook, "closed", _("登记推送的岗位已结束"), now)
    elif any(outcome.provider_id == GONE for _delivery, outcome in calls):
        stop(hook, "closed", _("对方答复不再接收（HTTP 410）"), now)
    elif any(outcome.fate is Fate.TAKEN for _delivery, outcome in calls):
        rows.update(taken_at=now, failing_since=None)
        return
    else:
        rows.update(failing_since=Coalesce("failing_since", Value(now)))
        rest(hook, calls, now)
        if hook.failing_since is not None and now - hook.failing_since >= FAILS_FOR:
            stop(hook, "paused", _("连续 %(n)d 天没有一次成功") % {"n": FAILS_FOR.days}, now)
    hook.refresh_from_db()
    if hook.state in ("paused", "closed"):
        _tell_owner(hook, calls[-1][0].pk, now)


def rest(hook: Hook, calls: Sequence[tuple[NoticeDelivery, Outcome]], now: dt.datetime) -> None:
    """Put off whatever else waits for a hook that took nothing: one call at a time finds out whether it is back."""
    tries = [delivery.next_at for delivery, _outcome in calls if delivery.state == "queued"]
    until = min(tries, default=now + FIRST_WAIT)
    NoticeDelivery.objects.filter(hook=hook, state="queued", next_at__lt=until).update(next_at=until)


def stop(hook: Hook, how: str, why: str, now: dt.datetime) -> None:
    """Pause or close a hook of the house's own accord."""
    Hook.objects.filter(pk=hook.pk).update(**{f"{how}_at": now}, why=why)
    record(f"hook.{'pause' if how == 'paused' else 'close'}", hook, by=system(), now=now, after={"why": why})


def _tell_owner(hook: Hook, cause: int, now: dt.datetime) -> None:
    title = _("事件推送“%(label)s”已停：%(why)s") % {"label": hook.label, "why": hook.why}
    notify_posts([hook.post_id], Word(title, title, "hook_stopped", cause, f"/hooks/{hook.pk}/"), now=now)
