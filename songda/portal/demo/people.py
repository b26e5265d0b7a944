"""Demonstration posts and accounts: one account a role, officers with their firms. Names are posts, never people."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from songda.kernel import bulk
from songda.kernel.audit.actions import record
from songda.kernel.errors import NotFound, NotPermitted
from songda.kernel.paths import within
from songda.registry.actors import Actor
from songda.registry.facts.models import Fact
from songda.registry.organisations import queries as organisations
from songda.registry.people import queries as people
from songda.registry.people.actions import NewPost, appoint, open_account
from songda.registry.people.models import Account, Assignment, Person, Post
from songda.registry.people.states import Role
from songda.registry.subjects.models import Subject

ZONE = "410172"  # where the demonstration's firms with an account are


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account to sign in with."""

    account: str
    role: str
    label: str
    place: str


def password(secret: str) -> str:
    """The demonstration's password: its own for every installation, the same at every start, known to nobody elsewhere."""
    return f"Demo-{hmac.new(secret.encode(), b'songda demonstration', hashlib.sha256).hexdigest()[:10]}"


def appoint_everyone(*, demonstration: bool, secret: str, since: dt.date, by: Actor, now: dt.datetime) -> int:
    """Open the accounts, appoint the officers and give them their firms; returns how many posts. Demonstration mode only."""
    if not demonstration:
        raise NotPermitted(_("演示账号只能在演示环境中开立。"), advice=_("正式环境请用 songda init。"))
    data = declared()
    for one in data["accounts"]:
        _open(one, password(secret), since, by, now)
    for one in data["officers"]:
        _officers(one["area"], one["count"], since, by, now)
    return Post.objects.count()


def accounts() -> list[DemoAccount]:
    """The demonstration's accounts as declared, with their places."""
    return [
        DemoAccount(one["account"], one["role"], str(Role(one["role"]).label), one.get("organisation", one.get("firm", "")))
        for one in declared()["accounts"]
    ]


def actor(username: str, on: dt.date) -> Actor:
    """The acting post of a demonstration account on a day."""
    account = Account.objects.filter(username=username).first()
    posts = people.posts_of(account.person_id, on) if account else ()
    for post in posts:
        return people.actor_for(post, on=on)
    raise NotFound(_("没有演示账号“%(name)s”。") % {"name": username})


def declared() -> dict[str, Any]:
    """people.yaml."""
    found: dict[str, Any] = yaml.safe_load(files("songda.portal.demo").joinpath("people.yaml").read_text(encoding="utf-8"))
    return found


@transaction.atomic
def _open(one: Mapping[str, str], secret: str, since: dt.date, by: Actor, now: dt.datetime) -> None:
    name = _("演示%(role)s") % {"role": Role(one["role"]).label}
    opened = open_account(one["account"], name, password=secret, demonstration=True, by=by, now=now)
    Account.objects.filter(pk=opened.account.pk).update(must_change_password=False)
    unit = organisations.by_code(one["organisation"]).pk if "organisation" in one else None
    firm = _firm(one["firm"]) if "firm" in one else None
    appoint(NewPost(opened.account.person_id, one["role"], unit, firm, starts_on=since), by=by, now=now)


def _firm(fact: str) -> int:
    """The first firm of the zone of which a fact holds."""
    zone = organisations.by_code(ZONE).area_path
    rows = Fact.objects.filter(
        within([zone], "subject__area_path"), fact__code=fact, num=1, subject__kind=Subject.Kind.ENTERPRISE
    )
    found = rows.order_by("subject_id").values_list("subject_id", flat=True).first()
    if found is None:
        raise NotFound(_("演示城市里没有可用作示例的企业。"))
    return found


def _officers(area: str, count: int, since: dt.date, by: Actor, now: dt.datetime) -> None:
    """Officers of an area, and its larger firms, listed firms and projects shared out among them, one officer each."""
    unit = organisations.by_code(area)
    held = Post.objects.filter(within([unit.area_path], "organisation__area_path"), role=Role.SERVICE_OFFICER)
    posts = list(held.order_by("pk").values_list("pk", flat=True))
    for number in range(1, count + 1):
        person = Person.objects.create(name=_("演示包联干部%(n)02d") % {"n": number}, demonstration=True)
        posts.append(appoint(NewPost(person.pk, Role.SERVICE_OFFICER, unit.pk, starts_on=since), by=by, now=now).pk)
    with transaction.atomic():
        rows = list(_shared_out(unit.area_path, posts, since))
        bulk.insert(Assignment, ("subject_id", "post_id", "starts_on"), rows)
        record("demo.assign", unit, by=by, now=now, after={"officers": len(posts), "subjects": len(rows)})


def _shared_out(area_path: str, posts: list[int], since: dt.date) -> Iterator[tuple[int, int, dt.date]]:
    listed = Fact.objects.filter(within([area_path], "subject__area_path"), fact__code="guarantee_list", num=1)
    chosen = Q(above_scale=True) | Q(kind=Subject.Kind.PROJECT) | Q(pk__in=listed.values("subject_id"))
    subjects = Subject.objects.filter(within([area_path]) & chosen).order_by("pk").values_list("pk", flat=True)
    for turn, subject in enumerate(subjects):
        yield subject, posts[turn % len(posts)], since
