"""Sources over visits 走访: stops made, firms visited, what was found."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from songda.deliveries.service.visits.access import stops_within
from songda.deliveries.service.visits.models import Finding, Stop
from songda.office.indicators.queries.logs import Log, Told
from songda.office.indicators.queries.source_cases import moment
from songda.office.indicators.rules.sources import Line
from songda.registry.actors import Actor
from songda.registry.subjects.access import visible_to as subjects_visible_to
from songda.registry.subjects.models import Subject

PLACE, DONE = _("走访点位"), _("记录时间")
FIRM = Subject.Kind.ENTERPRISE


def made() -> QuerySet[Stop]:
    """Stops that were made and recorded; those where nobody was met are not among them."""
    return Stop.objects.filter(recorded_at__isnull=False, missed="")


def findings() -> QuerySet[Finding]:
    """What was found at them."""
    return Finding.objects.filter(stop__recorded_at__isnull=False, stop__missed="")


def visited() -> QuerySet[Subject]:
    """Firms with the moment of their first visit."""
    first = made().filter(subject=OuterRef("pk")).order_by("recorded_at").values("recorded_at")[:1]
    firms = Subject.objects.filter(merged_into=None, kind=FIRM)
    return firms.annotate(begun_at=Subquery(first)).filter(begun_at__isnull=False)


def stop_line(stop: Stop) -> Line:
    """A stop: its visit's page, where, when, why."""
    return reverse("visits:visit", args=[stop.visit_id]), str(stop), _moment(stop.recorded_at), stop.visit.purpose


def finding_line(finding: Finding) -> Line:
    """A finding: its visit's page, where, when, what."""
    stop = finding.stop
    return reverse("visits:visit", args=[stop.visit_id]), str(stop), _moment(stop.recorded_at), finding.text


def subject_line(subject: Any) -> Line:
    """A subject with the moment something first happened to it."""
    return reverse("firm:firm", args=[subject.pk]), subject.name, subject.home.short_name, _moment(subject.begun_at)


def in_territory(actor: Actor) -> Q:
    """Stops in the actor's territory."""
    return Q(pk__in=stops_within(actor).values("pk"))


def found_in_territory(actor: Actor) -> Q:
    """Findings at them."""
    return Q(stop__in=stops_within(actor).values("pk"))


def subject_in_sight(actor: Actor) -> Q:
    """Subjects the actor sees."""
    return Q(pk__in=subjects_visible_to(actor).values("pk"))


def _moment(at: Any) -> str:
    return moment(at) if at else ""


SUBJECTS = Told((_("主体"), _("所在辖区"), _("首次时间")), subject_line, subject_in_sight, order="begun_at", along=("home",))
STOPS = Log(
    made,
    "recorded_at",
    Told((PLACE, DONE, _("目的")), stop_line, in_territory, along=("visit", "subject")),
    dims={"kind": "visit__kind"},
)
VISITED = Log(visited, "begun_at", SUBJECTS)
FOUND = Log(
    findings, "stop__recorded_at", Told((PLACE, DONE, _("发现")), finding_line, found_in_territory, along=("stop__subject",)),
    path="stop__area_path", dims={"kind": F("kind")},
)  # fmt: skip
