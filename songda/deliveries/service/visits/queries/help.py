"""Supervision and service pushing the same way 监督与服务同向发力 (SVC-14): how many findings came with help."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from songda.deliveries.service.visits.access import stops_within
from songda.deliveries.service.visits.models import Finding
from songda.deliveries.service.visits.states import FindingKind
from songda.ledger.cases.access import visible_to as cases_visible_to
from songda.registry.actors import Actor

FINDING = "finding"  # the kind of case that a check's finding is


@dataclass(frozen=True, slots=True)
class Help:
    """Findings in all, those with guidance or a case, and those with a reason why no help is needed."""

    found: int
    helped: int
    explained: int

    @property
    def bare(self) -> int:
        """Findings with neither: none, as long as the controls hold."""
        return self.found - self.helped - self.explained


def help_given(actor: Actor) -> Help:
    """The breaches found on visits in sight, and the findings of the ledger. Two queries."""
    helps = ~Q(guidance="") | Q(case__isnull=False)
    breaches = Finding.objects.filter(kind=FindingKind.BREACH, stop__in=stops_within(actor).values("pk"))
    seen = breaches.aggregate(
        found=Count("pk"), helped=Count("pk", filter=helps), explained=Count("pk", filter=~helps & ~Q(no_help_reason=""))
    )
    filed = cases_visible_to(actor).filter(kind__kind__code=FINDING).order_by()
    words = [(one.get("help", ""), one.get("help_reason", "")) for one in filed.values_list("extra", flat=True)]
    return Help(
        found=seen["found"] + len(words),
        helped=seen["helped"] + sum(help_ not in ("", "none") for help_, _reason in words),
        explained=seen["explained"] + sum(help_ == "none" and bool(reason) for help_, reason in words),
    )
