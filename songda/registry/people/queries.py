"""Reads of the room: posts, and the actor that a post makes of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from ipaddress import ip_address

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.errors import NotPermitted
from songda.kernel.paths import within
from songda.kernel.recall import recalled
from songda.registry.actors import Actor
from songda.registry.people.models import Absence, Account, Assignment, Contact, Person, Post, SecondFactor
from songda.registry.people.rules import ASSIGNED_ONLY, PERMISSIONS, holds_on
from songda.registry.people.rules.passwords import has_aged, has_ended, last_use
from songda.registry.people.rules.sessions import ADDRESS, DEVICE, device_of, digest_of_key
from songda.registry.people.states import ADMINISTRATORS, Role

SESSION_POST = "post_id"
SESSION_SECOND = "second_factor"  # "code" or "begin" while one is still to be shown or set up
SPOKEN = (Contact.Channel.SMS, Contact.Channel.WECOM, Contact.Channel.DINGTALK)
ADMINISTRATOR_IDLE = 15 * 60  # seconds; everybody else: settings.SESSION_COOKIE_AGE


def posts_of(person: Person | int, on: dt.date) -> QuerySet[Post]:
    """The posts a person holds on a day, newest first; `covering` says whether a post stands in for another."""
    holder = person if isinstance(person, int) else person.pk
    held = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), person_id=holder, starts_on__lte=on)
    covering = Exists(absences_on(on).filter(deputy=OuterRef("pk"), post__role=OuterRef("role")))
    held = held.annotate(covering=covering).select_related("person__account", "organisation", "subject")
    return held.order_by("-starts_on", "-id")


def actor_for(post: Post, *, on: dt.date) -> Actor:
    """The actor of a post on a day; NotPermitted when the post does not hold then.

    Scope: an organisation's territory (a department's and a task force's is that of the area they work for); a firm's post
    has no territory, only its firm.
    """
    if not holds_on(post.starts_on, post.ends_on, on):
        raise NotPermitted(_("该岗位当日不在任。"), advice=_("请联系安全管理员核对任职日期。"))
    role = Role(post.role)
    account = getattr(post.person, "account", None)  # a person may have posts and no account
    return Actor(
        account_id=account.pk if account else None,
        person_id=post.person_id,
        post_id=post.pk,
        name=post.person.name,
        role=role.value,
        permissions=PERMISSIONS[role],
        area_paths=(post.organisation.area_path,) if post.organisation else (),
        organisation_id=post.organisation_id,
        subject_id=post.subject_id,
        assigned_only=role in ASSIGNED_ONLY,
        covers=covered_by(post, on) if post.organisation_id else (),
    )


def account_of(request: HttpRequest) -> Account | None:
    """The account signed in, whether or not it may act yet."""
    return request.user if isinstance(request.user, Account) else None


def bearer_of(account: Account) -> Actor:
    """The account's owner before any post is chosen: a name for the trail, no right at all."""
    return Actor(account_id=account.pk, person_id=account.person_id, post_id=None, name=account.person.name, role="")


def spared(now: dt.datetime) -> frozenset[int]:
    """The accounts that are never stopped for want of use: of each of the three administrators 三员 the one used last."""
    on = clock.day_of(now)
    holds = Q(role__in=ADMINISTRATORS, starts_on__lte=on, person__account__is_active=True) & (Q(ends_on=None) | Q(ends_on__gt=on))
    latest: dict[str, Account] = {}
    for post in Post.objects.filter(holds).select_related("person__account").order_by("pk"):
        account = post.person.account
        if not has_ended(account.ends_on, on):
            latest[post.role] = max(latest.get(post.role, account), account, key=last_use)
    return frozenset(account.pk for account in latest.values())


def password_is_due(account: Account, now: dt.datetime) -> bool:
    """Whether the password must be changed before anything else: first sign-in, or three months old."""
    return account.must_change_password or has_aged(account.password_changed_at, now)


def second_factor_due(request: HttpRequest) -> str:
    """What the session still owes: "code", "begin", or nothing. Asked at each request, so it is kept in the session alone."""
    return str(request.session.get(SESSION_SECOND, ""))


def has_second_factor(account: Account) -> bool:
    """Whether one is in use."""
    return SecondFactor.objects.filter(account=account).exclude(confirmed_at=None).exists()


def second_factor_owed(account: Account, on: dt.date) -> str:
    """What a session that begins now owes: the code where a factor is in use, else setting one up for who must have it."""
    if has_second_factor(account):
        return "code"
    if settings.SECOND_FACTOR == "everyone":
        return "begin"
    held = posts_of(account.person_id, on).filter(role__in=ADMINISTRATORS)
    return "begin" if settings.SECOND_FACTOR == "administrators" and held.exists() else ""


def told_by(request: HttpRequest) -> dict[str, str]:
    """Where a request comes from and on what, as a session keeps it."""
    return {ADDRESS: request.META.get("REMOTE_ADDR", "")[:45], DEVICE: device_of(request.headers.get("User-Agent", ""))}


def actor_of_session(request: HttpRequest, *, now: dt.datetime) -> Actor | None:
    """The actor of a request: the chosen post, or the only one. None for a stranger, a due password, an unmade choice.

    A chosen post that has ended leaves the session here, at the next request; an account past its last day acts no more.
    """
    account = account_of(request)
    on = clock.day_of(now)
    if account is None or password_is_due(account, now) or second_factor_due(request) or has_ended(account.ends_on, on):
        return None
    held = posts_of(account.person_id, on)
    chosen = request.session.get(SESSION_POST)
    if chosen is None:
        only = list(held[:2])
        return take_post(request.session, only[0], on) if len(only) == 1 else None
    post = held.filter(pk=chosen).first()
    if post is None:
        del request.session[SESSION_POST]
        return None
    return actor_for(post, on=on) if settings.DEMONSTRATION or not post.person.demonstration else None


def may_act_from(actor: Actor, address: str) -> bool:
    """Whether a post may act from an address: an administrator's 三员 only from those listed, where any are (等保三级 8.1.4.4c)."""
    if not settings.ADMIN_ADDRESSES or actor.role not in ADMINISTRATORS:
        return True
    try:
        here = ip_address(address)
    except ValueError:
        return False
    return any(here in network for network in settings.ADMIN_ADDRESSES)


def take_post(session: SessionBase, post: Post, on: dt.date) -> Actor:
    """Let a session act through a post. An administrator's idle session ends sooner."""
    actor = actor_for(post, on=on)
    session[SESSION_POST] = post.pk
    session.set_expiry(ADMINISTRATOR_IDLE if post.role in ADMINISTRATORS else None)
    return actor


def posts_matching(posts: QuerySet[Post], given: Mapping[str, str], *, on: dt.date) -> QuerySet[Post]:
    """Posts by part of a name (`q`), by role, and by default those that hold on the day (`past=yes`: all), newest first."""
    if words := given.get("q", "").strip():
        posts = posts.filter(Q(person__name__contains=words) | Q(person__account__username__contains=words))
    if role := given.get("role"):
        posts = posts.filter(role=role)
    if given.get("past") != "yes":
        posts = posts.filter(Q(ends_on=None) | Q(ends_on__gt=on))
    return posts.order_by("-starts_on", "-id")


def accounts_without_post(actor: Actor) -> QuerySet[Account]:
    """Open accounts that wait for a post, for who appoints."""
    if not actor.may("people.edit"):
        return Account.objects.none()
    return Account.objects.filter(person__posts=None, is_active=True).select_related("person").order_by("created_at")[:50]


@recalled
def officer_of(subject_id: int) -> Post | None:
    """The post accountable for a firm now."""
    present = Assignment.objects.filter(subject_id=subject_id, ends_on=None).select_related("post__person", "post__organisation")
    assignment = present.first()
    return assignment.post if assignment else None


def firms_of_post(post: Post) -> int:
    """How many firms a post is the officer of now."""
    return Assignment.objects.filter(post=post, ends_on=None).count()


def absences_on(on: dt.date) -> QuerySet[Absence]:
    """Who is away on a day."""
    return Absence.objects.filter(starts_on__lte=on, ends_on__gte=on)


def covered_by(post: Post, on: dt.date) -> tuple[int, ...]:
    """The posts of its own role that a post stands in for on a day. Another role's rights are not lent.

    No query for a post read by `posts_of` that stands in for none: every request asks this.
    """
    if not getattr(post, "covering", True):
        return ()
    return tuple(absences_on(on).filter(deputy=post, post__role=post.role).values_list("post_id", flat=True))


@recalled
def stand_in(post: Post, on: dt.date) -> Post | None:
    """Who acts for a post on a day: itself, its deputy while it is away (and the deputy's while that one is), or nobody."""
    return stand_ins([post], on)[post.pk]


def stand_ins(posts: Iterable[Post], on: dt.date) -> dict[int, Post | None]:
    """The same for many posts, by id. One query."""
    away = {one.post_id: one.deputy for one in absences_on(on).select_related("deputy__person", "deputy__organisation")}
    return {post.pk: _present(post, away, on) for post in posts}


def _present(post: Post, away: Mapping[int, Post | None], on: dt.date) -> Post | None:
    at: Post | None = post
    seen: set[int] = set()
    while at is not None and at.pk in away:
        seen.add(at.pk)
        deputy = away[at.pk]
        at = None if deputy is None or deputy.pk in seen else deputy
    return at if at is None or holds_on(at.starts_on, at.ends_on, on) else None


def contacts_of(subject_id: int) -> QuerySet[Contact]:
    """The present ways to reach a firm. The caller has fetched the firm through access."""
    return Contact.objects.filter(subject_id=subject_id, ends_on=None).order_by("channel", "id")


@recalled
def numbers_of(post: Post) -> tuple[Contact, ...]:
    """Where a post can be called or written to in person."""
    return tuple(Contact.objects.filter(post=post, channel__in=SPOKEN, ends_on=None).order_by("channel", "pk"))


def deputies_for(post: Post) -> QuerySet[Post]:
    """Who may stand in for a post: present posts of the same role at a unit of its territory."""
    if post.organisation is None:
        return Post.objects.none()
    there = Post.objects.filter(within([post.organisation.area_path], "organisation__area_path"), role=post.role, ends_on=None)
    return there.exclude(pk=post.pk).select_related("person", "organisation").order_by("organisation__area_path", "pk")


def leave_of(post: Post, *, on: dt.date) -> dict[str, list[Absence]]:
    """The leave of a post that is not over, and that of others for whom it stands in."""
    left = Absence.objects.filter(ends_on__gte=on).select_related("post__person", "deputy__person").order_by("starts_on", "pk")
    return {"away": list(left.filter(post=post)), "covering": list(left.filter(deputy=post))}


def present_session(request: HttpRequest) -> str:
    """The session of a request, as it is kept; '' for none."""
    key = request.session.session_key
    return digest_of_key(key) if key else ""
