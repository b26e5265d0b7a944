"""The audit administrator's pages: the trail, and the proof that it was not changed. Reading the trail leaves a row in it."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.audit import actions, queries
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of
from songda.kernel.who import Who


@door("audit.see")
def trail(request: HttpRequest) -> HttpResponse:
    """The trail, newest first, by who, what and about what."""
    given = {name: request.GET.get(name, "").strip() for name in queries.FILTERS}
    actions.note_reading(given, by=acting(request), now=clock.now())
    page = page_of(queries.entries(given), request)
    return render(request, "audit/trail.html", {"page": page, "given": given, "end": queries.last_seal()})


@require_POST
@door("audit.verify")
def verify(request: HttpRequest) -> HttpResponse:
    """Recompute the whole chain now."""
    report = queries.verify(request.POST.get("head", "").strip())
    actions.note_verification(report, by=acting(request), now=clock.now())
    return render(request, "audit/report.html", {"report": report})


def acting(request: HttpRequest) -> Who:
    """The acting post; the door has seen to it that there is one."""
    return cast("Who", vars(request)["actor"])
