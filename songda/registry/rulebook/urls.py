"""Addresses of the rulebook, under /rules/."""

from __future__ import annotations

from django.urls import path

from songda.registry.rulebook import pages

app_name = "rulebook"
urlpatterns = [
    path("check/", pages.check, name="check"),
    path("build/", pages.build, name="build"),
    path("codes/", pages.codes, name="codes"),
    path("complete/", pages.complete, name="complete"),
    path("names/", pages.names, name="names"),
    path("suggest/", pages.suggest, name="suggest"),
    path("<slug:code>/", pages.rule, name="rule"),
]
