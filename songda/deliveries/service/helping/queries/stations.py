"""Dispatch lists by role 选派名单, and what stationed officers did: counts are queries over posts, stations and records."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from songda.deliveries.service.helping.models import Guidance, Station
from songda.registry.actors import Actor
from songda.registry.people.access import posts_visible_to
from songda.registry.people.models import Post
from songda.registry.people.states import Role

SENT = (Role.TALENT_OFFICER, Role.PARTY_GUIDE, Role.EXPERT)


@dataclass(frozen=True, slots=True)
class Dispatched:
    """Posts of a role that hold on a day: how many, how many of them stationed, at how many firms, with how many records and cases."""

    role: str
    label: str
    posts: int
    stationed: int
    firms: int
    records: int
    cases: int


def posts_sent(actor: Actor, role: str, on: dt.date) -> QuerySet[Post]:
    """The dispatch list of a role on a day, with the number of firms each stays at."""
    held = posts_visible_to(actor).filter(Q(ends_on=None) | Q(ends_on__gt=on), role=role, starts_on__lte=on)
    return held.annotate(firms=Count("stations", filter=Q(stations__ends_on=None))).order_by("id")


def dispatched(actor: Actor, role: str, on: dt.date) -> Dispatched:
    """The dispatch list of a role in figures."""
    posts = posts_sent(actor, role, on)
    keys = posts.values("pk")
    stations = Station.objects.filter(post__in=keys, ends_on=None)
    records = Guidance.objects.filter(station__post__in=keys)
    return Dispatched(
        role=role,
        label=str(Role(role).label),
        posts=posts.count(),
        stationed=stations.values("post").distinct().count(),
        firms=stations.values("subject").distinct().count(),
        records=records.count(),
        cases=records.exclude(case=None).values("case").distinct().count(),
    )
