"""Whom a unit has helped, at a moment: matters, firms, groups, each its own unit of count (Appendix G 3), all from the ledger's steps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from songda.deliveries.service.helping.queries.teams import teams_on
from songda.deliveries.service.helping.states import TeamKind
from songda.kernel import clock
from songda.ledger.cases.access import visible_to
from songda.ledger.cases.models import Case, CaseStep
from songda.ledger.cases.queries.figures import DONE, REST
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Helped:
    """The matters a unit led as they stood at a moment; the firms they were about; the guidance groups it had."""

    at: dt.datetime
    matters: int
    closed: int
    open: int
    firms: int
    groups: int

    @property
    def rate(self) -> str:
        """Closed out of all, to two places; '' where there is none to close."""
        return f"{self.closed * 100 / self.matters:.2f}%" if self.matters else ""


def helped_by(actor: Actor, lead_id: int, at: dt.datetime) -> Helped:
    """Counted from the steps up to the moment: the same whenever it is asked again. What is not accepted or withdrawn is no matter."""
    then = CaseStep.objects.filter(case=OuterRef("pk"), at__lte=at).order_by("-seq").values("after")[:1]
    led = visible_to(actor).filter(lead_id=lead_id, machine="demand", opened_at__lte=at).order_by()
    rows = list(led.annotate(then=Subquery(then)).values_list("then", "subject_id"))
    kept = [(state, subject) for state, subject in rows if state in DONE or state not in REST]
    closed = sum(state in DONE for state, _subject in kept)
    firms = len({subject for _state, subject in kept if subject is not None})
    groups = teams_on(lead_id, TeamKind.GROUP, clock.day_of(at)).count()
    return Helped(at, len(kept), closed, len(kept) - closed, firms, groups)


def matters_of(actor: Actor, lead_id: int, at: dt.datetime) -> list[Case]:
    """The rows behind the figures, the first few hundred."""
    led = visible_to(actor).filter(lead_id=lead_id, machine="demand", opened_at__lte=at)
    return list(led.exclude(state__in=REST.difference(DONE)).select_related("subject").order_by("pk")[:300])
