"""Addresses of the room, from the root."""

from __future__ import annotations

from django.urls import path

from songda.registry.organisations import pages

urlpatterns = [
    path("organisations/", pages.tree),
    path("organisations/new/", pages.new_unit),
    path("organisations/<int:organisation_id>/", pages.unit),
    path("organisations/<int:organisation_id>/grade/", pages.grade),
]
