"""The page at the root."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render

from songda.deliveries.policy.briefings import queries as briefings
from songda.deliveries.policy.library.access import measures_visible_to
from songda.deliveries.policy.watch import queries as watch
from songda.kernel import clock
from songda.kernel.doors import SIGNED_IN, door
from songda.ledger.cases.queries import duty_of
from songda.ledger.notices.queries import unread
from songda.office.returns import queries as returns
from songda.portal.home.figures import figures_for
from songda.portal.home.needs import calendar_owed
from songda.registry.people.states import ADMINISTRATORS
from songda.registry.requests import ActingRequest

LATEST = 8
ROOMS = (watch.needs, briefings.needs, returns.needs, calendar_owed)  # rooms with something to do besides the cases


@door(SIGNED_IN)
def home(request: ActingRequest) -> HttpResponse:
    """What needs me now, then what changed. A firm's person goes to the firm's own page."""
    if request.actor.may("firm.read") and request.actor.subject_id:
        return redirect("/firm/")
    now = clock.now()
    duty = duty_of(request.actor, now=now)
    latest = (
        measures_visible_to(request.actor).filter(state="published").select_related("department").order_by("-published_at", "-id")
    )
    context = {
        "figures": figures_for(request.actor, now),
        "duty": replace(duty, needs=(*duty.needs, *(one for room in ROOMS for one in room(request.actor, now)))),
        "unread": unread(request.actor),
        "latest": latest[:LATEST] if request.actor.may("policy.see") else (),
        "administrator": request.actor.role in ADMINISTRATORS,
    }
    return render(request, "home/home.html", context)
