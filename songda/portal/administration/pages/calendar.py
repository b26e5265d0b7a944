"""The calendar: a year as people know it, and its days entered one by one, from a notice's text or from a file."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.portal.administration.forms.calendar import DayForm, NoticeForm, TableForm
from songda.portal.administration.months import day_entry, edits_of, months_of
from songda.portal.administration.viewing import sheet_for
from songda.portal.administration.weighing import weighing
from songda.portal.packs.editing import section_for
from songda.portal.packs.entries import Entry, by_name
from songda.registry.calendars.queries import days_of_year, lacking_of, owed_year
from songda.registry.calendars.rules import Announced
from songda.registry.requests import ActingRequest

FIRST, LAST = 2000, 2100


@door("system.configure")
def calendar(request: ActingRequest) -> HttpResponse:
    """A year of days."""
    return shown(request, year_of(request), DayForm(), NoticeForm(initial={"year": year_of(request)}), TableForm())


@require_POST
@door("system.configure")
def add_day(request: ActingRequest) -> HttpResponse:
    """What one day in other words comes to."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return shown(request, year_of(request), form, NoticeForm(), TableForm())
    given = form.cleaned_data
    edits = edits_of([Announced(given["day"], given["working"] == "true", given["name"])], standing(request))
    return weighing(request, "calendar", edits)


@require_POST
@door("system.configure")
def read_text(request: ActingRequest) -> HttpResponse:
    """What a notice's text comes to."""
    form = NoticeForm(request.POST)
    return read(request, form, (DayForm(), form, TableForm()), "text")


@require_POST
@door("system.configure")
def read_file(request: ActingRequest) -> HttpResponse:
    """What a file of days comes to."""
    form = TableForm(request.POST, request.FILES)
    return read(request, form, (DayForm(), NoticeForm(), form), "file")


def read(
    request: ActingRequest, form: NoticeForm | TableForm, forms: tuple[DayForm, NoticeForm, TableForm], field: str
) -> HttpResponse:
    """The days that a form reads, weighed; what does not fit stands beside its field."""
    if form.is_valid():
        reading = form.reading()
        edits = edits_of(reading.days, standing(request))
        if not reading.faults and edits:
            return weighing(request, "calendar", edits, reading.unused)
        for fault in reading.faults or (_("这些日子都已登记，没有变化。"),):
            form.add_error(field, fault)
    return shown(request, year_of(request), *forms)


def shown(request: ActingRequest, year: int, day: DayForm, notice: NoticeForm, table: TableForm) -> HttpResponse:
    """The page of a year with its three forms."""
    today, days = clock.day_of(clock.now()), days_of_year(year)
    context = {
        "year": year, "before": year - 1, "after": year + 1, "months": months_of(year, days, today), "days": days.values(),
        "day": day, "notice": notice, "table": table, "owed": owed_year(today), "missing": lacking_of(year),
    }  # fmt: skip
    return render(request, "administration/calendar.html", context)


def standing(request: ActingRequest) -> dict[str, Entry]:
    """The days that the pack holds, by their names."""
    sheet = sheet_for(section_for("calendar", request.actor), day_entry(""))
    return by_name(sheet) if sheet else {}


def year_of(request: ActingRequest) -> int:
    """The year asked for, this one where none or nonsense is."""
    asked = request.GET.get("year", "") or request.POST.get("year", "")
    year = int(asked) if re.fullmatch(r"\d{4}", asked) else clock.day_of(clock.now()).year
    return min(max(year, FIRST), LAST)
