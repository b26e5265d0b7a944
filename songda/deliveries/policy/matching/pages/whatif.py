"""Live counts for the rule editor: how many firms a rule as typed would reach, and which condition costs whom."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from songda.deliveries.policy.matching import queries
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.whole import whole_number
from songda.registry.requests import ActingRequest


@require_POST
@door("policy.see")
def whatif(request: ActingRequest) -> HttpResponse:
    """The counts as a fragment; 204 while the text is no rule, so that the page keeps those it has. A refusal is said in place."""
    posted, version = request.POST, request.POST.get("version", "")
    version_id = whole_number(version)
    try:
        trial = queries.what_if(posted.get("text", ""), posted.get("amount_text", ""), version_id, request.actor, now=clock.now())
    except Refused as error:
        return render(request, "policy_matching/whatif.html", {"refusal": error})
    if trial is None:
        return HttpResponse(status=204)
    return render(request, "policy_matching/whatif.html", {"trial": trial})
