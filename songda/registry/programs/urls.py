"""Addresses of the room, below `tokens/`."""

from __future__ import annotations

from django.urls import path

from songda.registry.programs import pages

urlpatterns = [
    path("", pages.tokens),
    path("new/", pages.new_token),
    path("all/", pages.everybodys),
    path("<int:token_id>/revoke/", pages.revoke),
]
