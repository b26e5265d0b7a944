"""Teams as lists show them: members, loads, the cases they have; allocation before it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from songda.deliveries.service.helping.access import teams_visible_to
from songda.deliveries.service.helping.models import Charge, Team
from songda.deliveries.service.helping.queries.coverage import population
from songda.deliveries.service.helping.rules.allocation import balanced, by_area, spread
from songda.ledger.cases.models import Case
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Share:
    """A team with what it has and would have."""

    team: Team
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Plan:
    """An allocation that has not been made: shares by team, how many subjects move, the spread."""

    found: Mapping[int, int]
    shares: tuple[Share, ...]
    moves: int
    spread: int


def teams_listed(actor: Actor, *, kind: str = "", past: bool = False) -> QuerySet[Team]:
    """Teams in sight, with the numbers of their members and subjects."""
    rows = teams_visible_to(actor).annotate(
        people=Count("members", filter=Q(members__ends_on=None), distinct=True),
        firms=Count("charges", filter=Q(charges__ends_on=None), distinct=True),
    )
    rows = rows if past else rows.filter(ends_on=None)
    return (rows.filter(kind=kind) if kind else rows).order_by("kind", "id")


def open_cases_of(team: Team) -> QuerySet[Case]:
    """The open cases that are the team's: its task force leads them, or one of its people holds them for a subject in its care."""
    people = team.members.filter(ends_on=None).values("post_id")
    held = Q(holder__in=people) | Q(holder_id=team.leader_id, holder__isnull=False)
    theirs = Q(subject__in=team.charges.filter(ends_on=None).values("subject_id")) & held
    if team.organisation_id is not None:
        theirs |= Q(lead_id=team.organisation_id)
    return Case.objects.filter(theirs, open=True)


def plan_allocation(actor: Actor, teams: Sequence[Team], what: str, *, even: bool) -> Plan:
    """How the subjects of a population would be shared among the teams, evenly or by area."""
    items = list(population(actor, what).order_by("area_path", "pk").values_list("pk", "area_path"))
    keys = [team.pk for team in teams]
    kinds = {team.kind for team in teams}
    now = dict(Charge.objects.filter(kind__in=kinds, ends_on=None).values_list("subject_id", "team_id"))
    present = {pk: now[pk] for pk, _area in items if pk in now}
    found = balanced(items, keys, present) if even else by_area(items, keys)
    moves = sum(present.get(pk) != team for pk, team in found.items())
    shares = tuple(
        Share(team, sum(1 for one in present.values() if one == team.pk), sum(1 for one in found.values() if one == team.pk))
        for team in teams
    )
    return Plan(found, shares, moves, spread(found, keys))


def teams_on(lead_id: int, kind: str, on: dt.date) -> QuerySet[Team]:
    """The teams of a kind that a unit led on a day."""
    held = Team.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), lead_id=lead_id, kind=kind, starts_on__lte=on)
    return held.order_by("id")
