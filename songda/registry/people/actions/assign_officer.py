"""The accountable officer 包联干部 of a firm: exactly one at a time."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.registry.actors import Actor
from songda.registry.people.access import post_for
from songda.registry.people.models import Assignment, Post
from songda.registry.people.rules import holds_on
from songda.registry.people.rules.posts import may_take_firms
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject


@transaction.atomic
def assign_officer(subject_id: int, post_id: int, *, by: Actor, now: dt.datetime) -> Assignment:
    """Make a post accountable for a firm from today; the officer before it is released in the same step.

    Refused: a post that has ended or takes no firms, one whose territory is another, the same officer again.
    """
    must_edit_subjects(by)
    subject, post = subject_for(subject_id, by), post_for(post_id, by)
    today = day_of(now)
    must_suit(post, subject, today)
    present = Assignment.objects.filter(subject=subject, ends_on=None).first()
    if present and present.post_id == post.pk:
        raise Conflict(_("该企业已由此岗位包联。"))
    Assignment.objects.filter(subject=subject, ends_on=None).update(ends_on=today)
    try:
        with transaction.atomic():
            made = Assignment.objects.create(subject=subject, post=post, starts_on=today)
    except IntegrityError as error:
        raise Conflict(_("该企业刚刚被指派给他人。"), advice=_("请刷新后再试。")) from error
    was = {"post": present.post_id if present else None}
    record("officer.assign", subject, by=by, now=now, before=was, after={"post": post.pk})
    return made


@transaction.atomic
def release_officer(subject_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Take a firm from its officer; Conflict when it has none."""
    must_edit_subjects(by)
    subject = subject_for(subject_id, by)
    present = Assignment.objects.filter(subject=subject, ends_on=None).first()
    if present is None or Assignment.objects.filter(pk=present.pk, ends_on=None).update(ends_on=day_of(now)) != 1:
        raise Conflict(_("该企业目前没有包联干部。"))
    record("officer.release", subject, by=by, now=now, before={"post": present.post_id}, after={"post": None})


def must_edit_subjects(by: Actor) -> None:
    """Officers are assigned by who keeps the register of firms."""
    if not (by.may("subjects.edit") or by.role == "system"):
        raise NotPermitted(_("您当前的岗位不能指派包联干部。"), advice=_("请联系统筹调度员。"))


def must_suit(post: Post, subject: Subject, on: dt.date) -> None:
    """Refuse a post that cannot be accountable for this firm."""
    if not holds_on(post.starts_on, post.ends_on, on):
        raise Invalid(_("该岗位当日不在任。"), fields={"post": _("请选择在任岗位。")})
    ruling = may_take_firms(post.role)
    if not ruling.allowed:
        raise Invalid(ruling.reason, fields={"post": ruling.reason})
    if post.organisation is None or not subject.area_path.startswith(post.organisation.area_path):
        raise Invalid(_("该岗位的辖区不含此企业。"), fields={"post": _("请选择企业所在辖区的岗位。")})
