"""Addresses of the room, below `notices/`."""

from __future__ import annotations

from django.urls import path

from songda.ledger.notices import pages

app_name = "notices"
urlpatterns = [
    path("", pages.own, name="own"),
    path("<int:delivery_id>/", pages.open_own, name="open_own"),
    path("queue/", pages.queue, name="queue"),
    path("queue/<int:delivery_id>/ask/", pages.ask, name="ask"),
    path("queue/<int:delivery_id>/requeue/", pages.requeue, name="requeue"),
    path("queue/<int:delivery_id>/settle/", pages.settle, name="settle"),
    path("groups/", pages.groups, name="groups"),
]
