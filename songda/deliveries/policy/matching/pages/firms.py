"""The officer's list of firms with what fits them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from songda.deliveries.policy.matching import queries
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of
from songda.registry.requests import ActingRequest
from songda.registry.subjects import queries as subjects


@door("push.see")
def firms(request: ActingRequest) -> HttpResponse:
    """Firms assigned to the post, or in its area, by name: how many measures fit, might fit, and were told."""
    asked = request.GET.get("q", "").strip()
    page = page_of(subjects.listed(request.actor, subjects.Wanted(text=asked)), request)
    rows = queries.rows_about(page.rows, on=clock.day_of(clock.now()))
    return render(request, "policy_matching/firms.html", {"page": page, "firms": rows, "asked": asked})
