"""What is on whom 在办: the load of posts, what waits for this actor now, and the matters that nobody has taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.ledger.cases.access import visible_to, working_on
from songda.ledger.cases.models import Alert, Case, CaseClock, Party
from songda.ledger.cases.queries.listing import Row, rows_of, stale_now
from songda.registry.actors import Actor
from songda.registry.people.models import Post

UNTAKEN = ("filed", "assigned", "issued")
PRESSING = 8


@dataclass(frozen=True, slots=True)
class Load:
    """What a post holds: open, overdue, due by the end of the day."""

    post: Post
    open: int
    overdue: int
    today: int


@dataclass(frozen=True, slots=True)
class Need:
    """One line of what needs somebody now: how many, and the address of the rows behind it."""

    label: str
    count: int
    address: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """What needs this actor now: the lines, and the cases that press most."""

    needs: tuple[Need, ...]
    rows: tuple[Row, ...]


def load_of_posts(actor: Actor, *, now: dt.datetime) -> list[Load]:
    """The load of every post that holds an open case in sight, the heaviest first."""
    today_ends = clock.start_of(clock.day_of(now) + dt.timedelta(days=1))
    held = visible_to(actor).filter(open=True, holder__isnull=False).order_by().values_list("holder")
    counted = held.annotate(
        open=Count("pk"),
        overdue=Count("pk", filter=Q(pressing_at__lt=now)),
        today=Count("pk", filter=Q(pressing_at__gte=now, pressing_at__lt=today_ends)),
    )
    rows = {holder: tuple(numbers) for holder, *numbers in counted}
    posts = Post.objects.filter(pk__in=rows).select_related("person", "organisation")
    return sorted((Load(post, *rows[post.pk]) for post in posts), key=lambda one: (-one.overdue, -one.open, one.post.pk))


def unanswered(actor: Actor, *, now: dt.datetime) -> QuerySet[Case]:
    """Open cases in sight that nobody has taken although a clock for it has run out, the longest first."""
    late = CaseClock.objects.filter(main=False, standing="running", due_at__lt=now).values("case_id")
    return visible_to(actor).filter(open=True, state__in=UNTAKEN, pk__in=late).order_by("opened_at", "id")


def alerts_for(actor: Actor) -> QuerySet[Alert]:
    """What the ladder told this post, or its unit where no post was named, and nobody has acknowledged."""
    told = Q(post_id__in=actor.posts)
    if actor.organisation_id is not None and not actor.assigned_only:
        told |= Q(post=None, organisation_id=actor.organisation_id)
    return Alert.objects.filter(told, seen_at=None).select_related("case").order_by("-id")


def asked_of(actor: Actor) -> QuerySet[Party]:
    """What this actor's unit has been asked and has not answered."""
    if actor.organisation_id is None or actor.assigned_only or not actor.may("cases.handle"):
        return Party.objects.none()
    mine = Q(post=None) | Q(post_id__in=actor.posts)
    waiting = Party.objects.filter(mine, organisation_id=actor.organisation_id, answer=Party.Answer.ASKED, ended_at=None)
    return waiting.filter(case__open=True).select_related("case").order_by("asked_at", "id")


def duty_of(actor: Actor, *, now: dt.datetime) -> Duty:
    """What needs this actor now, for the home; lines of nothing are left out."""
    if actor.subject_id is not None:
        return _of_firm(actor, now)
    lines = [
        Need(_("未签收的催办"), alerts_for(actor).count(), "/cases/alerts/", urgent=True),
        Need(_("等本单位答复的交办"), asked_of(actor).count(), "/cases/asked/"),
        *_of_the_own(actor, now),
        *_of_the_place(actor, now),
    ]
    pressing = Case.objects.filter(_own(actor), open=True, pressing_at__lt=now + dt.timedelta(days=2))
    rows = rows_of(
        list(pressing.select_related("kind", "subject", "lead").order_by("rank", "pressing_at", "id")[:PRESSING]), now=now
    )
    return Duty(tuple(one for one in lines if one.count), tuple(rows))


def _own(actor: Actor) -> Q:
    found = Q(pk__in=())
    for way in working_on(actor):
        found |= way
    return found


def _of_the_own(actor: Actor, now: dt.datetime) -> list[Need]:
    if not actor.may("cases.handle"):
        return []
    today = clock.day_of(now)
    ends = clock.start_of(today + dt.timedelta(days=1))
    counted = Case.objects.filter(_own(actor), open=True).aggregate(
        overdue=Count("pk", filter=Q(pressing_at__lt=now)),
        today=Count("pk", filter=Q(pressing_at__gte=now, pressing_at__lt=ends)),
        stale=Count("pk", filter=stale_now(now)),
        open=Count("pk"),
    )
    due = {"mine": "1", "due_from": today.isoformat(), "due_to": today.isoformat()}
    return [
        Need(_("我在办的，已超期"), counted["overdue"], _list(mine="1", lamp="red"), urgent=True),
        Need(_("我在办的，今日到期"), counted["today"], _list(**due)),
        Need(_("我在办的，停滞"), counted["stale"], _list(mine="1", stale="1")),
        Need(_("我在办的"), counted["open"], _list(mine="1")),
    ]


def _of_the_place(actor: Actor, now: dt.datetime) -> list[Need]:
    """What waits for who hands out, decides, asks back or closes, by what this actor may do."""
    waiting = (
        ("cases.assign", "filed", _("待分办")),
        ("cases.decide", "disputed", _("权属待裁定")),
        ("cases.revisit", "proposed", _("待企业确认或回访")),
        ("cases.close", "confirmed", _("待销号")),
    )
    asked = [one for one in waiting if actor.may(one[0])]
    if not asked:
        return []
    found = visible_to(actor).filter(open=True, state__in=[state for _permission, state, _label in asked]).order_by()
    counted = dict(found.values_list("state").annotate(Count("pk")))
    lines = [Need(label, counted.get(state, 0), _list(state=state)) for _permission, state, label in asked]
    if actor.may("cases.assign"):
        lines.append(Need(_("超时无人接单"), unanswered(actor, now=now).count(), "/cases/untaken/", urgent=True))
    return lines


def _of_firm(actor: Actor, now: dt.datetime) -> Duty:
    if not actor.may("firm.read"):
        return Duty((), ())
    found = visible_to(actor).filter(open=True)
    asked = found.filter(state="proposed").count()
    rows = rows_of(
        list(found.select_related("kind", "subject", "lead").order_by("rank", "pressing_at", "id")[:PRESSING]), now=now
    )
    lines = (
        Need(_("等您确认的办理结果"), asked, _list(state="proposed"), urgent=True),
        Need(_("正在办理"), found.count(), "/cases/"),
    )
    return Duty(tuple(one for one in lines if one.count), tuple(rows))


def _list(**filters: str) -> str:
    return f"/cases/?{urlencode(filters)}"
