"""Lists: every guide with whether it is current, a firm's own, contacts, red lines by industry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from songda.deliveries.policy.guides.access import visible_to
from songda.deliveries.policy.guides.models import Guide, GuideVersion, IndustryGroup, Subscription
from songda.deliveries.policy.guides.queries.contents import Ground, ground_of, industries, is_current
from songda.deliveries.policy.guides.rules.openness import INDUSTRY, Industry, groups_of
from songda.deliveries.policy.library.access import measures_visible_to
from songda.deliveries.policy.library.models import Annotation, ContactCard, MeasureSource, MeasureVersion
from songda.deliveries.policy.library.queries import contacts_for, red_lines
from songda.registry.actors import Actor
from songda.registry.facts import queries as facts
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Subject


@dataclass(frozen=True, slots=True)
class Listed:
    """A guide in a list: the version issued last, how many measures it has, how many it would have today, and whether it is current."""

    guide: Guide
    version: GuideVersion | None
    count: int
    today: int
    current: bool
    place: str = ""
    own: bool = False
    subscribed: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure with whom to ask about it."""

    measure: MeasureVersion
    card: ContactCard


@dataclass(frozen=True, slots=True)
class RedLine:
    """A red line that holds for an industry, and the measures on whose words it lies (none: it holds for every industry)."""

    mark: Annotation
    measures: tuple[MeasureVersion, ...]


def guides_listed(actor: Actor, on: dt.date) -> list[Listed]:
    """Every guide that reaches the actor; a firm's own industries first. A fixed number of queries for each territory."""
    guides = list(visible_to(actor).order_by("area_path", "group__ordinal", "pk"))
    held = GuideVersion.objects.filter(guide__in=guides, superseded_at=None).annotate(count=Count("lines"))
    versions = {one.guide_id: (one, one.count) for one in held}
    grounds = {area: ground_of(area, on) for area in {one.area_path for one in guides}}
    own, subscribed = _own_groups(actor), _subscribed(actor)
    units = Organisation.objects.filter(area_path__in=grounds, kind__in=("city", "district", "zone", "street"))
    places = dict(units.values_list("area_path", "short_name"))
    found = [_listed(one, versions.get(one.pk), grounds[one.area_path], own, subscribed, places) for one in guides]
    return sorted(found, key=lambda one: not one.own)


def groups_of_firm(subject: Subject) -> list[str]:
    """The groups that a firm's registered industry belongs to."""
    catalogue = facts.catalogue()
    if INDUSTRY not in catalogue.by_code or not subject.industry:
        return []
    return groups_of(subject.industry, industries(), catalogue.code_lists[catalogue.by_code[INDUSTRY].code_list])


def contacts_listed(actor: Actor, area_path: str, on: dt.date, unit: str = "") -> list[Asked]:
    """Published measures open on a day with whom to ask about each in a territory, by unit (its id, where asked)."""
    rows = measures_visible_to(actor).filter(state="published").select_related("measure", "department")
    versions = [one for one in rows.order_by("department__code", "pk") if not (one.closes_on and one.closes_on < on)]
    cards = contacts_for([one.measure_id for one in versions], area_path, on)
    found = [Asked(one, cards[one.measure_id]) for one in versions if one.measure_id in cards]
    return [one for one in found if not unit or str(one.measure.department_id) == unit]


def red_lines_for(area_path: str, industry: Industry | None, *, on: dt.date) -> list[RedLine]:
    """The red lines that hold in a territory on a day for an industry (None: for any), for a list of what to inspect (POL-30).

    A line on the words of measures holds where one of these is open to the industry; a line on other words holds for all.
    """
    marks = list(red_lines(area_path, on=on).order_by("document_id", "start", "pk"))
    ground = ground_of(area_path, on)
    standing = _measures_under(marks, [one.measure for one in ground.items])
    found = []
    for mark in marks:
        under = standing.get(mark.pk, ())
        if industry is None or not under or any(ground.admits(one, industry) for one in under):
            found.append(RedLine(mark, tuple(under)))
    return found


def group_named(code: str) -> IndustryGroup | None:
    """The group with this code."""
    return IndustryGroup.objects.filter(code=code).first()


def is_subscribed(guide: Guide, actor: Actor) -> bool:
    """Whether the actor's firm is told of changes of a guide."""
    return guide.pk in _subscribed(actor)


def _listed(
    guide: Guide,
    held: tuple[GuideVersion, int] | None,
    ground: Ground,
    own: set[str],
    subscribed: set[int],
    places: Mapping[str, str],
) -> Listed:
    today, (version, count) = ground.of(guide.group.as_industry()), held or (None, 0)
    current = version is not None and is_current(version, today)
    place = places.get(guide.area_path, "")
    return Listed(guide, version, count, len(today.items), current, place, guide.group.code in own, guide.pk in subscribed)


def _own_groups(actor: Actor) -> set[str]:
    subject = Subject.objects.filter(pk=actor.subject_id).first() if actor.subject_id else None
    return set(groups_of_firm(subject)) if subject else set()


def _subscribed(actor: Actor) -> set[int]:
    if actor.subject_id is None:
        return set()
    return set(Subscription.objects.filter(subject=actor.subject_id, ended_at=None).values_list("guide_id", flat=True))


def _measures_under(marks: Sequence[Annotation], versions: Iterable[MeasureVersion]) -> dict[int, list[MeasureVersion]]:
    """Mark → the measures on whose words it lies. One query."""
    known = {one.pk: one for one in versions}
    documents = {one.document_id for one in marks}
    sources = MeasureSource.objects.filter(version__in=known, article__document__in=documents)
    places = list(sources.values_list("version_id", "article__document_id", "start", "end"))
    found: dict[int, list[MeasureVersion]] = {}
    for mark in marks:
        over = {
            version
            for version, document, start, end in places
            if document == mark.document_id and start < mark.end and end > mark.start
        }
        found[mark.pk] = [known[one] for one in sorted(over)]
    return found
