"""Appointing to posts, and ending them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor
from songda.registry.organisations.access import organisation_for
from songda.registry.people.access import person_for, post_for
from songda.registry.people.actions.open_account import must_edit_people
from songda.registry.people.models import Assignment, Person, Post
from songda.registry.people.rules import may_hold, sits_at
from songda.registry.people.states import Role
from songda.registry.subjects.access import subject_for


@dataclass(frozen=True, slots=True)
class NewPost:
    """What must be said of a post: at one organisation or at one firm; from today when `starts_on` is None."""

    person_id: int
    role: str
    organisation_id: int | None = None
    subject_id: int | None = None
    title: str = ""
    starts_on: dt.date | None = None


@transaction.atomic
def appoint(new: NewPost, *, by: Actor, now: dt.datetime) -> Post:
    """Give a person a post. Refused: a role at the wrong place, a second post beside an administrator's 三员, the same post twice."""
    must_edit_people(by)
    person = person_for(new.person_id, by)
    must_sit_well(new)
    organisation = organisation_for(new.organisation_id, by) if new.organisation_id else None
    subject = subject_for(new.subject_id, by) if new.subject_id else None
    starts_on = new.starts_on or day_of(now)
    # Touching the row makes a second appointment of the same person wait, so that each sees the other's post.
    Person.objects.filter(pk=person.pk).update(name=F("name"))
    must_be_free(new, starts_on)
    try:
        with transaction.atomic():
            post = Post.objects.create(
                person=person, role=new.role, organisation=organisation, subject=subject, title=new.title, starts_on=starts_on
            )
    except IntegrityError as error:
        raise Conflict(_("一人只能任一个管理员岗位。")) from error
    told = {"person": person.pk, "role": new.role, "organisation": new.organisation_id, "subject": new.subject_id}
    record("post.appoint", post, by=by, now=now, after={**told, "starts_on": starts_on})
    return post


@transaction.atomic
def end_post(post_id: int, *, by: Actor, now: dt.datetime) -> Post:
    """End a post today: its access ends with the next request, its firms have no officer until another is assigned.

    Conflict when it has ended, or when nobody would be left to keep the accounts.
    """
    must_edit_people(by)
    post = post_for(post_id, by)
    today = day_of(now)
    others = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), role=post.role, starts_on__lte=today).exclude(pk=post.pk)
    if post.role == Role.SECURITY_ADMIN and not others.exists():
        raise Conflict(_("这是最后一位安全管理员。"), advice=_("请先任命另一位安全管理员。"))
    if Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), pk=post.pk).update(ends_on=today) != 1:
        raise Conflict(_("该岗位已结束。"))
    released = Assignment.objects.filter(post=post, ends_on=None).update(ends_on=today)
    post.refresh_from_db()
    record("post.end", post, by=by, now=now, after={"ends_on": today, "firms_released": released})
    return post


@transaction.atomic
def move_post(post_id: int, new: NewPost, *, by: Actor, now: dt.datetime) -> Post:
    """Move a person to another post 调岗: the old one ends and the new one begins in the same moment, or neither. Its firms stay behind."""
    old = end_post(post_id, by=by, now=now)
    made = appoint(replace(new, person_id=old.person_id), by=by, now=now)
    record("post.move", made, by=by, now=now, before={"post": old.pk}, after={"post": made.pk})
    return made


def must_sit_well(new: NewPost) -> None:
    """Refuse an unknown role or a place the role may not have."""
    if new.role not in Role.values:
        raise Invalid(_("没有“%(role)s”这一角色。") % {"role": new.role}, fields={"role": _("请从列表中选择。")})
    ruling = sits_at(new.role, organisation=bool(new.organisation_id), subject=bool(new.subject_id))
    if not ruling.allowed:
        raise Invalid(ruling.reason, fields={"role": ruling.reason})


def must_be_free(new: NewPost, on: dt.date) -> None:
    """Refuse a role beside those held on or after that day, and the same post again."""
    held = list(Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), person_id=new.person_id))
    ruling = may_hold([post.role for post in held], new.role)
    if not ruling.allowed:
        raise Conflict(ruling.reason, advice=_("请先结束原岗位。"))
    if (new.role, new.organisation_id, new.subject_id) in {(post.role, post.organisation_id, post.subject_id) for post in held}:
        raise Conflict(_("此人已任该岗位。"))
