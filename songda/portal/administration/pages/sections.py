"""The sections, and the entries of one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.screens.paging import page_of_rows
from songda.portal.administration import viewing
from songda.portal.packs.editing import section_for
from songda.portal.packs.standing import campaign_in_force
from songda.registry.calendars.queries import owed_year
from songda.registry.requests import ActingRequest


@door("system.configure")
def sections(request: ActingRequest) -> HttpResponse:
    """Everything the pack declares and pages change, with who changed it last."""
    context = {"sections": viewing.sections_for(request.actor), "campaign": campaign_in_force()}
    context["owed"] = owed_year(clock.day_of(clock.now()))
    return render(request, "administration/sections.html", context)


@door("system.configure")
def entries(request: ActingRequest, section: str) -> HttpResponse:
    """The entries of a section; the calendar has a page of its own."""
    found = section_for(section, request.actor)
    asked, stem = request.GET.get("q", "").strip(), request.GET.get("file", "").strip()
    if section == "calendar" and not (asked or stem):
        return redirect("/administration/calendar/")
    lines = viewing.lines_of(found, stem, asked)
    context = {"section": found, "page": page_of_rows(lines, request), "asked": asked, "stem": stem}
    context["lists"] = viewing.titles_of(found)
    return render(request, "administration/entries.html", context)
