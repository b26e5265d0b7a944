"""Leave 请假: on which days a post is away, and who stands in for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.registry.actors import Actor
from songda.registry.people.access import post_for
from songda.registry.people.models import Absence, Post
from songda.registry.people.queries import deputies_for


@dataclass(frozen=True, slots=True)
class Leave:
    """From which day to which (included), who stands in (None: nobody yet), and why."""

    first: dt.date
    last: dt.date
    deputy_id: int | None = None
    reason: str = ""


@transaction.atomic
def note_absence(post_id: int, leave: Leave, *, by: Actor, now: dt.datetime) -> Absence:
    """Note that a post is away. One notes one's own leave; the dispatcher and who keeps the posts note anybody's in sight.

    Refused: days that run backwards or are over, a deputy of another role, one that is away itself, leave that overlaps.
    """
    post = post_to_cover(post_id, by)
    if leave.last < max(leave.first, day_of(now)):
        raise Invalid(_("请假的止期早于起期，或已经过去。"), fields={"last": _("请核对日期。")})
    between = Absence.objects.filter(starts_on__lte=leave.last, ends_on__gte=leave.first)
    if between.filter(post=post).exists():
        raise Conflict(_("这几天已登记过请假。"), advice=_("请先结束原来的登记。"))
    deputy = deputy_for(post, leave.deputy_id) if leave.deputy_id else None
    if deputy is not None and between.filter(post=deputy).exists():
        raise Invalid(_("所选代理人这几天也请假。"), fields={"deputy": _("请另选一人。")})
    made = Absence.objects.create(
        post=post, deputy=deputy, starts_on=leave.first, ends_on=leave.last, reason=leave.reason[:120], noted_at=now
    )
    after = {"post": post.pk, "deputy": leave.deputy_id, "from": leave.first, "until": leave.last}
    record("absence.note", made, by=by, now=now, after=after)
    return made


@transaction.atomic
def end_absence(absence_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Back before the last day 销假: the leave ends yesterday; one that has not begun is taken back whole."""
    absence = Absence.objects.filter(pk=absence_id).first()
    if absence is None:
        raise NotFound(_("没有这条请假登记。"))
    post_to_cover(absence.post_id, by)
    today = day_of(now)
    record("absence.end", absence, by=by, now=now, before={"until": absence.ends_on}, after={"until": today})
    if absence.starts_on >= today:
        absence.delete()
    elif Absence.objects.filter(pk=absence_id, ends_on__gte=today).update(ends_on=today - dt.timedelta(days=1)) != 1:
        raise Conflict(_("这次请假已经结束。"))


def post_to_cover(post_id: int, by: Actor) -> Post:
    """A post whose leave the actor may note."""
    if post_id == by.post_id:
        return Post.objects.get(pk=post_id)
    if not (by.may("people.edit") or by.may("cases.assign")):
        raise NotPermitted(_("只能登记本人的请假。"), advice=_("他人的请假请由统筹调度员登记。"))
    return post_for(post_id, by)


def deputy_for(post: Post, deputy_id: int) -> Post:
    """A deputy the post may have; Invalid for any other."""
    found = deputies_for(post).filter(pk=deputy_id).first()
    if found is None:
        raise Invalid(_("代理人须是同一辖区、同一角色的在任岗位。"), fields={"deputy": _("请从列表中选择。")})
    return found
