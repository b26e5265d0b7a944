"""Addresses of the room, from the root."""

from __future__ import annotations

from django.urls import path

from songda.registry.identities import pages

urlpatterns = [
    path("sign-in/with/<slug:provider>/", pages.go),
    path("sign-in/back/<slug:provider>/", pages.back),
    path("account/", pages.account),
    path("account/bind/<slug:provider>/", pages.bind),
    path("account/identities/<int:identity_id>/unbind/", pages.unbind),
]
