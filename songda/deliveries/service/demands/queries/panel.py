"""The panel of a firm: its open demands, and its list of problems with policies (POL-14)."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.service.demands.access import demands_visible_to
from songda.ledger.cases.models import Case
from songda.ledger.cases.queries import rows_of
from songda.ledger.cases.states import MACHINES
from songda.ledger.panels import Rendered
from songda.registry.actors import Actor

POLICY_PROBLEM = "policy-problem"
SHOWN = 8


def demands_panel(subject_id: int, actor: Actor, now: dt.datetime) -> Rendered | None:
    """Open demands of the firm in the actor's sight, what presses first. Nothing for who sees no demands at all."""
    if not any(actor.may(one) for one in ("cases.see", "cases.handle", "cases.file", "firm.read")):
        return None
    found = demands_visible_to(actor).filter(subject_id=subject_id, open=True).select_related("kind__kind", "lead", "subject")
    rows = rows_of(list(found.order_by("pressing_at", "id")[: SHOWN + 1]), now=now)
    given = {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "subject_id": subject_id, "states": MACHINES["demand"].states}
    return "service_demands/panel.html", given


def policy_problems(subject_id: int, actor: Actor) -> list[Case]:
    """The firm's list of problems with policies 企业落实问题清单, open ones first, then the latest."""
    found = demands_visible_to(actor).filter(subject_id=subject_id, kind__kind__code=POLICY_PROBLEM)
    return list(found.select_related("kind", "lead").order_by("-open", "-id"))
