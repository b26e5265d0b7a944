"""Addresses of the rulebook, under /rules/."""

from __future__ import annotations

from django.urls import path

from songda.registry.rulebook import pages

app_name = "rulebook"
urlpatterns = [
    path("check/", pages.check, name="check"),
    path("suggest/", pages.suggest, name="suggest"),
    path("<slug:code>/", pages.rule, name="rule"),
]
