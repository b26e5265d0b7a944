"""The board of six stabilities."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.recall import recalling
from songda.office.economy import access, queries
from songda.registry.requests import ActingRequest


@door("figures.see")
@recalling()
def six(request: ActingRequest) -> HttpResponse:
    """Six panels for a territory in sight."""
    now, code = clock.now(), request.GET.get("unit", "")
    unit = access.unit_shown(request.actor, code) or access.unit_shown(request.actor)
    panels = queries.board(unit, as_of=now) if unit else []
    given = {"panels": panels, "unit": unit, "units": access.districts(request.actor), "at": now}
    return render(request, "economy/six.html", given)
