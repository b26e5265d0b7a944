"""Addresses of administration."""

from __future__ import annotations

from django.urls import path

from songda.portal.administration.pages import calendar, entries, sections

urlpatterns = [
    path("", sections.sections),
    path("confirm/", entries.confirm),
    path("calendar/", calendar.calendar),
    path("calendar/day/", calendar.add_day),
    path("calendar/notice/", calendar.read_text),
    path("calendar/file/", calendar.read_file),
    path("<slug:section>/", sections.entries),
    path("<slug:section>/new/", entries.new_entry),
    path("<slug:section>/entry/<path:entry>", entries.entry),
    path("<slug:section>/history/<path:entry>", entries.history),
    path("<slug:section>/remove/<path:entry>", entries.remove),
    path("<slug:section>/put-back/<int:change_id>/", entries.put_back),
]
