"""The panel of visits on a firm's page: its officer, the next visit, who came and comes, its plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from songda.deliveries.service.visits.access import plans_visible_to
from songda.deliveries.service.visits.models import Stop
from songda.deliveries.service.visits.queries.firms import next_visits
from songda.deliveries.service.visits.queries.light import disturbances
from songda.kernel import clock
from songda.registry.actors import Actor
from songda.registry.people.queries import numbers_of, officer_of, stand_in

LATEST = 5


def visits_panel(subject_id: int, actor: Actor, now: dt.datetime) -> tuple[str, Mapping[str, object]] | None:
    """What `ledger.panels` shows. A firm sees its officer with a number, and its own visits."""
    if not (actor.may("visits.see") or actor.subject_id == subject_id):
        return None
    today = clock.day_of(now)
    past = Stop.objects.filter(subject_id=subject_id, recorded_at__isnull=False).select_related("visit__unit")
    return "service_visits/panel.html", {
        **officer_card(subject_id, on=today),
        "coming": next_visits([subject_id]).get(subject_id),
        "past": past.order_by("-arrived_at", "-pk")[:LATEST],
        "disturbance": disturbances([subject_id], on=today)[subject_id],
        "plan": plans_visible_to(actor).filter(subject_id=subject_id, state="active").first(),
        "subject_id": subject_id,
    }


def officer_card(subject_id: int, *, on: dt.date) -> dict[str, object]:
    """Who looks after a firm: its officer, who acts today (nobody: away without a deputy), and a number to call (SVC-02)."""
    officer = officer_of(subject_id)
    acting = stand_in(officer, on) if officer else None
    numbers = numbers_of(acting) if acting else ()
    return {"officer": officer, "acting": acting, "number": next(iter(numbers), None)}
