"""Addresses of the room, from the root."""

from __future__ import annotations

from django.urls import path

from songda.registry.codes import pages

app_name = "codes"
urlpatterns = [
    path("codes/", pages.dictionaries, name="dictionaries"),
    path("codes/<int:dictionary_id>/", pages.dictionary, name="dictionary"),
]
