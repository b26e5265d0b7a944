"""Who is looked after how (SVC-02): tiers, the share with an officer, the gaps, who should take them, who is away."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from songda.deliveries.service.visits.rules.tiers import proposals, spread, tier_of
from songda.deliveries.service.visits.states import Tier
from songda.kernel.paths import heads, within
from songda.ledger.cases.models import Case
from songda.registry.actors import Actor
from songda.registry.people.models import Absence, Assignment, Post
from songda.registry.people.queries import absences_on
from songda.registry.people.states import Role
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

GAPS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Gap:
    """A firm that should have a named officer and has none, and who should take it."""

    subject: Subject
    proposal: Post | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The tiers counted, firms of the first with an officer out of all of it, gaps (`missing` of them, the first are listed),
    the spread of loads, and officers away without anybody in their place.
    """

    tiers: tuple[tuple[Tier, int], ...]
    named: int
    assigned: int
    missing: int
    gaps: tuple[Gap, ...]
    spread: int
    uncovered: tuple[Absence, ...]


def coverage_of(actor: Actor, *, on: dt.date) -> Coverage:
    """How the firms in sight are looked after. A constant number of queries over columns only."""
    firms = visible_to(actor).filter(kind="enterprise", status="open")
    rows = list(firms.order_by("area_path", "pk").values_list("pk", "area_path", "above_scale", "size"))
    officers = dict(Assignment.objects.filter(ends_on=None, subject__in=firms.values("pk")).values_list("subject_id", "post_id"))
    matters = dict(open_matters(firms))
    tally: Counter[Tier] = Counter()
    gaps: list[tuple[int, str]] = []
    for pk, area, above, size in rows:
        tier = tier_of(above_scale=above, size=size, has_officer=pk in officers, open_cases=matters.get(pk, 0))
        tally[tier] += 1
        if tier is Tier.NAMED and pk not in officers:
            gaps.append((pk, area))
    loads = loads_of(actor)
    return Coverage(
        tiers=tuple((tier, tally[tier]) for tier in Tier),
        named=tally[Tier.NAMED],
        assigned=tally[Tier.NAMED] - len(gaps),
        missing=len(gaps),
        gaps=_shown(gaps[:GAPS_SHOWN], loads),
        spread=spread(loads.values()),
        uncovered=tuple(away_alone(actor, on)),
    )


def open_matters(firms: QuerySet[Subject]) -> QuerySet[Case, tuple[int, int]]:
    """How many open demands each of these firms has."""
    cases = Case.objects.filter(open=True, machine="demand", subject__in=firms.values("pk"))
    return cases.order_by().values_list("subject").annotate(n=Count("pk"))


def loads_of(actor: Actor) -> dict[int, int]:
    """How many firms each present officer of the territory carries."""
    posts = officers_of(actor)
    carried = (
        Assignment.objects.filter(ends_on=None, post__in=posts.values("pk"))
        .order_by()
        .values_list("post")
        .annotate(n=Count("pk"))
    )
    return dict.fromkeys(posts.values_list("pk", flat=True), 0) | dict(carried)


def officers_of(actor: Actor) -> QuerySet[Post]:
    """The present officers whose territory meets the actor's: below it, or above it."""
    above = [head for path in actor.area_paths for head in heads(path)]
    near = within(actor.area_paths, "organisation__area_path") | Q(organisation__area_path__in=above)
    return Post.objects.filter(near, role=Role.SERVICE_OFFICER, ends_on=None)


def away_alone(actor: Actor, on: dt.date) -> QuerySet[Absence]:
    """Officers of the territory away on a day with nobody in their place."""
    away = absences_on(on).filter(deputy=None, post__in=officers_of(actor).values("pk"))
    return away.select_related("post__person", "post__organisation").order_by("post_id")


def _shown(gaps: list[tuple[int, str]], loads: dict[int, int]) -> tuple[Gap, ...]:
    posts = Post.objects.in_bulk(loads.keys())
    reach = dict(Post.objects.filter(pk__in=posts).values_list("pk", "organisation__area_path"))
    proposed = proposals(gaps, loads, reach)
    named = {one.pk: one for one in Post.objects.filter(pk__in=set(proposed.values())).select_related("person", "organisation")}
    subjects = Subject.objects.select_related("home").in_bulk([pk for pk, _area in gaps])
    return tuple(Gap(subjects[pk], named.get(proposed.get(pk, 0))) for pk, _area in gaps)
