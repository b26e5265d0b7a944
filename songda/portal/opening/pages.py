"""The page 开业检查."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from songda.kernel import clock
from songda.kernel.doors import door
from songda.portal.context import here
from songda.portal.opening.checklist import checklist
from songda.portal.opening.lines import STATES, counted
from songda.portal.upkeep.doctor.findings import Level
from songda.registry.requests import ActingRequest


@door("system.configure")
def opening(request: ActingRequest) -> HttpResponse:
    """Every line, as it stands now."""
    now = clock.now()
    groups = checklist(now=now)
    open_links = {line.link for group in groups for line in group.lines if line.link and here(request.actor, line.link)}
    tallies = counted(groups)
    given = {
        "open_links": open_links,
        "groups": groups,
        "now": now,
        "tallies": list(tallies.items()),
        "ready": not tallies[STATES[Level.FAULT]],
    }
    return render(request, "opening/opening.html", given)
