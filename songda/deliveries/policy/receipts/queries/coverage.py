"""Coverage 送达覆盖率 (POL-06): distinct firms with a receipt over the population as it was drawn, whole, by street, by officer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from songda.deliveries.policy.matching.rules.areas import cut, level_of
from songda.deliveries.policy.receipts.access import recipients_visible_to
from songda.deliveries.policy.receipts.models import Handout, Recipient
from songda.deliveries.policy.receipts.queries.lists import proven, receipts_at
from songda.deliveries.policy.receipts.rules.lists import digest_of_list
from songda.deliveries.policy.receipts.states import Method
from songda.kernel import clock
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Assignment, Post


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: an area's path or an officer's post (-1: nobody) as its key, and its two counts."""

    key: str
    name: str
    population: int
    received: int

    @property
    def missing(self) -> int:
        """Who has not signed."""
        return self.population - self.received

    @property
    def rate(self) -> str:
        """The rate in per cent, two places; — without a population."""
        return f"{self.received * 100 / self.population:.2f}%" if self.population else "—"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numerator and denominator of one delivery in a scope, by method too; `late` signed after the due day."""

    whole: Line
    methods: tuple[tuple[str, int], ...]
    late: int


def coverage_of(handout: Handout, actor: Actor, *, at: dt.datetime | None = None) -> Coverage:
    """The coverage in the actor's sight, now or as it stood at a moment. Three queries."""
    rows = recipients_visible_to(actor).filter(handout=handout)
    counted = rows.aggregate(population=Count("id"), received=Count("id", filter=Q(proven(at))))
    held = receipts_at(at).filter(recipient__in=rows)
    by_method = dict(held.order_by().values_list("method").annotate(n=Count("recipient", distinct=True)))
    methods = tuple((str(label), by_method.get(code, 0)) for code, label in Method.choices)
    late = 0
    if handout.due_on is not None:
        late = held.filter(received_at__gte=clock.start_of(handout.due_on + dt.timedelta(days=1))).count()
    return Coverage(Line("", handout.title, counted["population"], counted["received"]), methods, late)


def coverages_of(handouts: Sequence[Handout], actor: Actor) -> list[tuple[Handout, Line]]:
    """One page of deliveries with numerator and denominator. One query."""
    rows = recipients_visible_to(actor).filter(handout__in=handouts).annotate(got=proven())
    counts = rows.order_by().values_list("handout").annotate(all=Count("id"), got_n=Count("id", filter=Q(got=True)))
    found = {handout: (population, received) for handout, population, received in counts}
    return [(one, Line(str(one.pk), one.title, *found.get(one.pk, (0, 0)))) for one in handouts]


def by_street(handout: Handout, actor: Actor) -> list[Line]:
    """By the areas just below the actor's sight. Two queries."""
    paths = {str(path): (whole, got) for path, whole, got in _counted(_mine(handout, actor), "area_path")}
    level = level_of(set(paths))
    found: dict[str, tuple[int, int]] = {}
    for path, (population, received) in paths.items():
        one = found.get(cut(path, level), (0, 0))
        found[cut(path, level)] = (one[0] + population, one[1] + received)
    places = Organisation.objects.filter(area_path__in=found).exclude(kind__in=("department", "task_force"))
    names = dict(places.values_list("area_path", "short_name"))
    return [Line(path, names.get(path, path), *counts) for path, counts in sorted(found.items())]


def by_officer(handout: Handout, actor: Actor) -> list[Line]:
    """By who is accountable for the firms today, most missing first; firms without an officer stand under -1. Two queries."""
    present = Assignment.objects.filter(subject=OuterRef("subject"), ends_on=None).values("post")[:1]
    counts = _counted(_mine(handout, actor).annotate(officer=Subquery(present)), "officer")
    posts = Post.objects.filter(pk__in=[post for post, *_n in counts if post]).select_related("person", "organisation")
    names = {post.pk: f"{post.person.name}（{post.place}）" for post in posts}
    lines = [Line(str(post or -1), names.get(int(str(post or -1)), _("没有包联干部")), whole, got) for post, whole, got in counts]
    return sorted(lines, key=lambda line: (-line.missing, line.name))


def is_whole(handout: Handout) -> bool:
    """Whether the list is the one that was drawn."""
    return digest_of_list(Recipient.objects.filter(handout=handout).values_list("subject_id", flat=True)) == handout.digest


def _mine(handout: Handout, actor: Actor) -> QuerySet[Recipient]:
    return recipients_visible_to(actor).filter(handout=handout).annotate(got=proven())


def _counted(rows: QuerySet[Recipient], name: str) -> list[tuple[object, int, int]]:
    counts = rows.order_by().values_list(name).annotate(population=Count("id"), received=Count("id", filter=Q(got=True)))
    return list(counts)
