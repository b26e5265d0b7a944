"""Plans of firms with their lines as they stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from songda.deliveries.service.visits.models import Plan, PlanLine
from songda.deliveries.service.visits.rules.plans import is_done, uncovered
from songda.ledger.cases.models import Case


@dataclass(frozen=True, slots=True)
class LineStanding:
    """A line and whether it is done: by its difficulty's closing, or by hand where it has none."""

    line: PlanLine
    done: bool


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """A plan, its lines, and the open difficulties that it does not take up."""

    plan: Plan
    lines: tuple[LineStanding, ...]
    gaps: tuple[Case, ...]

    @property
    def done(self) -> int:
        """How many lines are done."""
        return sum(one.done for one in self.lines)


def open_difficulties(subject_id: int) -> QuerySet[Case]:
    """The open demands of a firm: what its plan must take up."""
    return Case.objects.filter(subject_id=subject_id, open=True, machine="demand").order_by("opened_at", "pk")


def standing_of(plan: Plan) -> PlanStanding:
    """A plan as it stands. Two queries."""
    lines = list(plan.lines.select_related("case", "owner").order_by("seq"))
    told = tuple(
        LineStanding(line, is_done(ticked=line.done_at is not None, case_open=line.case.open if line.case else None))
        for line in lines
    )
    still = {case.pk: case for case in open_difficulties(plan.subject_id)}
    gaps = tuple(still[one] for one in uncovered(still, [line.case_id for line in lines]))
    return PlanStanding(plan, told, gaps)
