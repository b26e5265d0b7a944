"""Letters with their cases, powers in force, a firm's package with what is left of it, days of delay."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from songda.deliveries.service.helping.access import feedback_visible_to
from songda.deliveries.service.helping.models import DelaySpan, Entitlement, Feedback, PowerOfAttorney, ServicePackage, Usage
from songda.deliveries.service.helping.rules.delays import Days, days_of, merged
from songda.deliveries.service.helping.rules.entitlements import period_start
from songda.deliveries.service.helping.rules.leading import Power, fault_of_power
from songda.deliveries.service.helping.states import FeedbackKind, UsageState
from songda.kernel.paths import heads
from songda.ledger.cases.access import visible_to as cases_visible_to
from songda.ledger.cases.models import Case, CaseStep
from songda.registry.actors import Actor
from songda.registry.facts.queries import facts_of
from songda.registry.people.models import Post
from songda.registry.people.queries import officer_of
from songda.registry.subjects.models import Subject

GRADE = "service_grade"


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of thanks (mentions are none), those whose case is known, those it is not."""

    count: int
    traced: int
    untraced: tuple[Feedback, ...]


@dataclass(frozen=True, slots=True)
class Allowance:
    """One service of a firm's package: used of its quota this period, and how many wait."""

    entitlement: Entitlement
    used: int
    queued: int


@dataclass(frozen=True, slots=True)
class FirmPackage:
    """Exactly what a firm is entitled to on a day: by its grade, with its account manager. `package` None: no grade, or none for it."""

    grade: str
    package: ServicePackage | None
    manager: Post | None
    allowances: tuple[Allowance, ...]


@dataclass(frozen=True, slots=True)
class Delay:
    """Days claimed and days accepted, each day once, and the accepted intervals."""

    claimed: int
    accepted: int
    intervals: tuple[Days, ...]
    undecided: int


def letters(actor: Actor, *, on: dt.date, unit_id: int | None = None) -> Letters:
    """Letters of thanks received until a day, of one unit or of all in sight."""
    rows = feedback_visible_to(actor).filter(kind=FeedbackKind.THANKS, mention_of=None, received_on__lte=on)
    rows = rows.filter(unit_id=unit_id) if unit_id else rows
    return Letters(rows.count(), rows.exclude(case=None).count(), tuple(rows.filter(case=None).order_by("pk")[:50]))


def feedback_listed(actor: Actor, kind: str = "") -> QuerySet[Feedback]:
    """Letters and remarks in sight, the latest first."""
    rows = feedback_visible_to(actor)
    return (rows.filter(kind=kind) if kind else rows).order_by("-received_on", "-id")


def fault_of_agent(subject_id: int | None, actor: Actor, on: dt.date) -> str:
    """Why this actor may not act for the firm on a day; nothing when a power of attorney holds."""
    given = PowerOfAttorney.objects.filter(subject_id=subject_id or 0, agent_id__in=actor.posts)
    return fault_of_power([Power(one.starts_on, one.ends_on, one.revoked_at is not None) for one in given], on)


def errands_of(actor: Actor) -> QuerySet[Case]:
    """The errands in sight, the open ones first."""
    rows = cases_visible_to(actor).filter(kind__kind__code="errand").select_related("subject", "holder__person", "kind")
    return rows.order_by("-open", "-opened_at", "-id")


def trips_of(case: Case) -> int:
    """How often the firm itself had to come for an errand: what its steps say. The promise is none."""
    said = CaseStep.objects.filter(case=case).values_list("used", flat=True)
    return sum(int(used.get("trips", 0)) for used in said if isinstance(used, dict))


def grade_of(subject_id: int, on: dt.date) -> str:
    """The firm's service grade on a day, as the facts have it."""
    found = facts_of(subject_id, on=on).get(GRADE)
    return str(found.value) if found is not None else ""


def package_of(subject: Subject, on: dt.date) -> FirmPackage:
    """What the firm is entitled to on a day. A changed grade is another package from that day on."""
    grade = grade_of(subject.pk, on)
    in_force = ServicePackage.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on, area_path__in=heads(subject.area_path), grade=grade
    )
    package = in_force.order_by("-area_path", "-pk").first() if grade else None
    rights = tuple(package.entitlements.order_by("pk")) if package else ()
    usages = list(Usage.objects.filter(entitlement__in=rights, subject=subject))
    found = []
    for right in rights:
        mine = [one for one in usages if one.entitlement_id == right.pk]
        used = [one for one in mine if one.state == UsageState.USED and one.period_on == period_start(right.period, on)]
        found.append(Allowance(right, len(used), sum(one.state == UsageState.QUEUED for one in mine)))
    return FirmPackage(grade, package, officer_of(subject.pk), tuple(found))


def delay_of(case: Case) -> Delay:
    """The days of a contract-delay case."""
    spans = list(DelaySpan.objects.filter(case=case).order_by("first_on", "pk"))
    yes = [(one.first_on, one.last_on) for one in spans if one.accepted]
    claimed = days_of((one.first_on, one.last_on) for one in spans)
    return Delay(claimed, days_of(yes), tuple(merged(yes)), sum(one.accepted is None for one in spans))
