"""The audience of a measure: a page of its own, and a card on the measure's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from songda.deliveries.policy.matching import queries
from songda.kernel.doors import door
from songda.registry.requests import ActingRequest


@door("push.see")
def audience(request: ActingRequest, version_id: int) -> HttpResponse:
    """Who fits, who might and why others do not, in the actor's scope."""
    found = queries.audience(version_id, request.actor)
    template = "policy_matching/audience_card.html" if request.htmx else "policy_matching/audience.html"
    return render(request, template, {"audience": found, "measure": found.version})
