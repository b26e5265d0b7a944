"""Addresses of the room, from the root."""

from __future__ import annotations

from django.urls import path

from songda.registry.places import pages

app_name = "places"
urlpatterns = [
    path("places/", pages.listed, name="listed"),
    path("places/near/", pages.near, name="near"),
    path("places/new/", pages.new, name="new"),
    path("places/<int:place_id>/", pages.place, name="place"),
    path("places/<int:place_id>/correct/", pages.correct, name="correct"),
    path("places/<int:place_id>/close/", pages.close, name="close"),
]
