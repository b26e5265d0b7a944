"""Addresses of the room, from the root."""

from __future__ import annotations

from django.urls import path

from songda.registry.facts import pages

app_name = "facts"
urlpatterns = [
    path("subjects/<int:subject_id>/", pages.record, name="record"),
    path("subjects/<int:subject_id>/reveal/", pages.reveal, name="reveal"),
    path("subjects/<int:subject_id>/facts/<slug:code>/", pages.history, name="history"),
    path("facts/", pages.catalogue, name="catalogue"),
]
