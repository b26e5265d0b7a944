"""Whom an actor may see: posts of its territory, contacts of the firms in its sight."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.paths import within
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.people.models import Account, Contact, OpenSession, Person, Post
from songda.registry.subjects import access as subjects


def posts_visible_to(actor: Actor) -> QuerySet[Post]:
    """The posts at units and firms of the actor's territory, past ones too; for a firm's post, those of its firm."""
    posts = Post.objects.select_related("person__account", "organisation", "subject")
    if actor.subject_id is not None:
        return posts.filter(subject_id=actor.subject_id)
    at_unit, at_firm = (within(actor.area_paths, f"{place}__area_path") for place in ("organisation", "subject"))
    return posts.filter(at_unit | at_firm)


def accounts_visible_to(actor: Actor) -> QuerySet[Account]:
    """The accounts with a post in the actor's territory, and those without any post yet. None for a firm's post."""
    accounts = Account.objects.select_related("person")
    if actor.subject_id is not None:
        return accounts.none()
    posts = Post.objects.filter(person=OuterRef("person"))
    in_sight = posts_visible_to(actor).order_by().filter(person=OuterRef("person"))
    return accounts.filter(Exists(in_sight) | ~Exists(posts))


def post_for(post_id: int, actor: Actor) -> Post:
    """One post in sight, or NotFound."""
    return one_of(posts_visible_to(actor).filter(pk=post_id), _("没有找到该岗位。"), advice=_("它可能不在您的辖区内。"))


def person_for(person_id: int, actor: Actor) -> Person:
    """One person with a post in sight, or without any post yet; NotFound for any other."""
    in_sight = posts_visible_to(actor).order_by().filter(person=OuterRef("pk"))
    nowhere_yet = ~Exists(Post.objects.filter(person=OuterRef("pk")))
    wanted = Exists(in_sight) if actor.subject_id is not None else Exists(in_sight) | nowhere_yet
    return one_of(
        Person.objects.select_related("account").filter(wanted, pk=person_id),
        _("没有找到该人员。"),
        advice=_("请先开户，或核对其辖区。"),
    )


def account_for(account_id: int, actor: Actor) -> Account:
    """One account in sight, or NotFound."""
    return one_of(accounts_visible_to(actor).filter(pk=account_id), _("没有找到该账号。"))


def contacts_visible_to(actor: Actor) -> QuerySet[Contact]:
    """The present contacts of the firms in the actor's sight."""
    return Contact.objects.filter(subject__in=subjects.visible_to(actor).values("pk"), ends_on=None)


def sessions_visible_to(actor: Actor, now: dt.datetime) -> QuerySet[OpenSession]:
    """The open sessions of the actor's own account; for who keeps the accounts, those of the accounts in sight, too."""
    run_out_at = now - settings.CLOCK_SHIFT  # sessions run out by the machine's clock, not by a demonstration's
    sessions = OpenSession.objects.filter(expire_date__gt=run_out_at).select_related(
        "account", "post__organisation", "post__subject"
    )
    own = Q(account=actor.account_id)
    return sessions.filter(own | Q(account__in=accounts_visible_to(actor).values("pk")) if actor.may("people.edit") else own)


def session_for(digest: str, actor: Actor, now: dt.datetime) -> OpenSession:
    """One of them, or NotFound."""
    sessions = sessions_visible_to(actor, now).filter(pk=digest)
    return one_of(sessions, _("没有找到这次登录。"), advice=_("它可能已经退出或到时。"))
