"""What forms offer: categories, channels, reasons, kinds, units, posts with their load."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from songda.deliveries.service.demands.rules.routing import CATEGORIES, CHANNELS
from songda.kernel.errors import NotFound
from songda.kernel.paths import heads
from songda.ledger.cases.models import Case, KindVersion
from songda.ledger.cases.queries import spec_of
from songda.ledger.cases.rules.kinds import KindSpec
from songda.registry.actors import Actor
from songda.registry.codes import queries as codes
from songda.registry.organisations.access import visible_to as units_visible_to
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post
from songda.registry.people.states import Role

SIX = "six-difficulties"
HOLDERS = (
    Role.DEPARTMENT_DESK, Role.DEPARTMENT_LEAD, Role.SERVICE_OFFICER, Role.STREET_CLERK, Role.TALENT_OFFICER, Role.PARTY_GUIDE,
    Role.MARKET_TEAM,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Laden:
    """A post that may hold a case, and how many open ones it holds."""

    post: Post
    load: int


def choices(dictionary: str) -> dict[str, str]:
    """Code → label of a dictionary; nothing where it is not loaded."""
    try:
        return codes.labels(dictionary)
    except NotFound:
        return {}


def categories() -> dict[str, str]:
    """What demands are about: the kinds of difficulties, and those of the mayor's six that are not among them."""
    return {**choices(CATEGORIES), **{code: label for code, label in choices(SIX).items() if code not in choices(CATEGORIES)}}


def channels() -> dict[str, str]:
    """How a demand came in."""
    return choices(CHANNELS)


def kinds_filed_by(who: str) -> list[KindSpec]:
    """The kinds in force that a `firm` or an `office` files by hand."""
    versions = KindVersion.objects.filter(retired_at=None, machine="demand").order_by("kind__code")
    found = [spec for version in versions if who in (spec := spec_of(version)).filed_by]
    return sorted(found, key=lambda spec: (spec.code != "demand", spec.code))


def main_clock(case: Case) -> str:
    """The code of the clock that is the case's deadline."""
    clocks = spec_of(case.kind).clocks
    return next((one.definition.code for one in clocks if one.main), "resolve")


def units_for(actor: Actor) -> QuerySet[Organisation]:
    """Units that may be asked to lead or help: those in sight that still exist, departments before areas."""
    units = units_visible_to(actor).filter(ends_on=None).exclude(kind=Organisation.Kind.CITY)
    return units.order_by("kind", "area_path", "code")


def units_near(area_path: str) -> QuerySet[Organisation]:
    """Departments, task forces and streets that work for a place, or for an area above it, the nearest first."""
    found = Organisation.objects.filter(area_path__in=heads(area_path), ends_on=None).exclude(kind=Organisation.Kind.CITY)
    return found.order_by("-area_path", "kind", "code")


def posts_of(unit_id: int) -> list[Laden]:
    """The present posts of a unit that may hold cases, the least laden first. One query."""
    held = Count("held_cases", filter=Q(held_cases__open=True))
    there = Post.objects.filter(organisation_id=unit_id, ends_on=None, role__in=HOLDERS).select_related("person", "organisation")
    return [Laden(post, post.load) for post in there.annotate(load=held).order_by("load", "pk")]
