"""What a visit still lacks, read from its rows."""

from __future__ import annotations

from songda.deliveries.service.visits.models import Finding, Stop, Visit
from songda.deliveries.service.visits.rules.answers import OUT
from songda.deliveries.service.visits.rules.closing import Found, Stopped, what_lacks
from songda.deliveries.service.visits.states import FindingKind


def lacks_of(visit: Visit) -> tuple[str, ...]:
    """The sentences of what stands in the way of closing. Two queries."""
    return what_lacks(
        [as_stopped(stop) for stop in visit.stops.select_related("subject").prefetch_related("findings").order_by("seq")]
    )


def as_stopped(stop: Stop) -> Stopped:
    """A stop as the rule takes it."""
    findings = [as_found(one) for one in stop.findings.all()]
    gone_through = bool(stop.missed) or stop.no_issue or any(one.kind == FindingKind.ISSUE for one in findings)
    return Stopped(str(stop), stop.recorded_at is not None, stop.reply in OUT, gone_through, findings)


def as_found(finding: Finding) -> Found:
    """A finding as the rule takes it."""
    return Found(finding.kind, finding.text, finding.case_id is not None, bool(finding.guidance or finding.no_help_reason))
