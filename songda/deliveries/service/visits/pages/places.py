"""Markets with their four items, and who is looked after how."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render

from songda.deliveries.service.visits import queries
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of
from songda.registry.requests import ActingRequest

WINDOW = dt.timedelta(days=30)


@door("visits.see")
def markets(request: ActingRequest) -> HttpResponse:
    """四到位 of the markets in sight over the last thirty days, each item with its evidence."""
    since = clock.day_of(clock.now()) - WINDOW
    page = page_of(queries.markets(request.actor), request)
    return render(
        request, "service_visits/markets.html", {"page": page, "rows": queries.four_of(page.rows, since=since), "since": since}
    )


@door("visits.see")
def coverage(request: ActingRequest) -> HttpResponse:
    """Tiers, the share with an officer, gaps with who should take them, officers away with nobody in their place."""
    now = clock.now()
    found = queries.coverage_of(request.actor, on=clock.day_of(now))
    given = {"coverage": found, "help": queries.help_given(request.actor), "now": now, "may": request.actor.may("subjects.edit")}
    return render(request, "service_visits/coverage.html", given)
